// Goal: a line of the guards, the door or of what may be kept cannot be changed unnoticed. Method: deliberate
// one-line faults in copies of the code, attacked by random decisions until the rule that the list names is
// broken (bench/attack/). Here the first for each rule; all of them, with those that a unit test notices:
// FINELINE_FULL=1 or `npm run bench -- sabotage`.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULE_NAMES } from '../../bench/attack/rules.ts';
import { ROOT } from '../../bench/attack/stages.ts';
import { changed } from './sabotaged.ts';
import { SABOTAGES } from './sabotages.ts';

const FORM = process.env['FINELINE_FULL'] === '1' ? [] : ['--quick'];

describe('the list of sabotages', () => {
  it('follows the code: each old text stands in one line of its file, once, and the new one differs', () => {
    expect(SABOTAGES.length).toBeGreaterThanOrEqual(20);
    for (const sabotage of SABOTAGES) {
      const text = readFileSync(join(ROOT, sabotage.file), 'utf8');
      const lines = changed(text, sabotage).split('\n');
      const before = text.split('\n');
      expect(lines).toHaveLength(before.length);
      const differing = lines.filter((line, at) => line !== before[at]);
      expect(differing, `${sabotage.file}: ${sabotage.old}`).toHaveLength(1);
    }
  });

  it('says so when it does not', () => {
    const one = { file: 'a.ts', old: 'x > 0', now: 'x >= 0', caughtBy: 'twice' } as const;
    expect(changed('if (x > 0) stop();', one)).toBe('if (x >= 0) stop();');
    expect(() => changed('if (x < 0) stop();', one)).toThrow(/does not stand there; .* follow the code/);
    expect(() => changed('x > 0 && x > 0', one)).toThrow(/stands 2 times/);
  });

  it('breaks every rule of the attack', () => {
    const caught = new Set(SABOTAGES.map(({ caughtBy }) => caughtBy));
    expect(RULE_NAMES.filter((rule) => !caught.has(rule))).toEqual([]);
  });
});

describe('a sabotage', () => {
  it('of each rule is caught by that rule, and unchanged code by none', () => {
    const script = join(import.meta.dirname, 'main.ts');
    const { status, stdout } = spawnSync(process.execPath, [script, ...FORM], { encoding: 'utf8' });
    expect(stdout).toContain('nothing changed: nothing noticed');
    expect(stdout).not.toContain('NOT CAUGHT');
    expect(stdout).toMatch(/\d+ sabotages, 0 not caught/);
    expect(status).toBe(0);
  });
});
