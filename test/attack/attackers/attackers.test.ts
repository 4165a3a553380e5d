// Goal: each attacker works, and none of them works on Fineline beyond what docs/threat-model.md admits.
// Method: each attack on an unguarded variant first, then on Fineline as it is, with few people; with many:
// npm run bench -- attackers.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Trial, toldApart, verdictOf } from './attacker.ts';
import { ATTACKERS } from './attackers.ts';
import { allWell, reportOf } from './report.ts';

const FULL = process.env['FINELINE_FULL'] === '1';
const OPTIONS = FULL ? { seed: 1, people: 60 } : { seed: 1, people: 20, isQuick: true };

describe('an attacker', () => {
  it.each(ATTACKERS.map((one) => [one.name, one] as const))(
    '%s succeeds on an unguarded variant, and not on Fineline',
    async (_, { attack }) => {
      const trials = await attack(OPTIONS);
      expect(allWell(trials), reportOf(trials)).toBe(true);
    },
  );

  it('that does not exist ends the command with 2', () => {
    const script = join(import.meta.dirname, 'main.ts');
    const { status, stderr } = spawnSync(process.execPath, [script, 'burglar'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([2, expect.stringContaining('There is no attacker burglar')]);
  });
});

const TRIAL: Trial = {
  attacker: 'somebody',
  tried: 'something',
  success: 'any',
  without: 'a lock',
  unguarded: { tries: 100, won: 100 },
  guarded: { tries: 100, won: 0 },
  chance: 0,
};

describe('the verdict', () => {
  it.each<[string, Partial<Trial>, string]>([
    ['nothing got through', {}, 'held'],
    ['one got through', { guarded: { tries: 100, won: 1 } }, 'BROKEN'],
    ['one got through where that is known', { guarded: { tries: 100, won: 1 }, gap: 6 }, 'known gap'],
    ['nothing got through where something should', { gap: 6 }, 'GAP CLOSED'],
    ['the attack never worked', { unguarded: { tries: 100, won: 0 } }, 'PROVES NOTHING'],
    ['the attack hardly worked', { unguarded: { tries: 100, won: 40 } }, 'PROVES NOTHING'],
    ['nothing was tried', { guarded: { tries: 0, won: 0 } }, 'PROVES NOTHING'],
    ['guesses are right half of the time', { chance: 0.5, guarded: { tries: 100, won: 55 } }, 'held'],
    ['guesses are right too often', { chance: 0.5, guarded: { tries: 100, won: 75 } }, 'BROKEN'],
    ['guesses are always wrong, which tells as much', { chance: 0.5 }, 'BROKEN'],
    ['too few guesses to say', { chance: 0.5, unguarded: { tries: 9, won: 9 } }, 'PROVES NOTHING'],
  ])('when %s', (_, more, verdict) => {
    const trial = { ...TRIAL, ...more };
    expect(verdictOf(trial)).toBe(verdict);
    expect(allWell([trial])).toBe(verdict === 'held' || verdict === 'known gap');
    expect(reportOf([trial])).toContain(verdict);
  });

  it('of no trials is no good one', () => {
    expect(allWell([])).toBe(false);
  });

  it('takes the best rule there is for telling two kinds apart', () => {
    const answers = (text: (n: number) => string) =>
      Array.from({ length: 20 }, (_, n) => ({ isOne: n % 2 === 0, answer: text(n) }));
    expect(toldApart(answers(() => 'x')).won).toBe(10);
    expect(toldApart(answers((n) => String(n % 2))).won).toBe(20);
    expect(toldApart(answers((n) => (n === 0 ? 'y' : 'x'))).won).toBe(11);
  });
});
