// Goal: nothing that the documents say must never be true of a decision is true of any. Method: random shops,
// policies, people and questions, each answer judged by a naive oracle (oracle.ts). 20,000 decisions; a
// million with FINELINE_FULL=1 or `npm run bench -- policy`. ATTACK_SEED chooses others.

import { beforeAll, describe, expect, it } from 'vitest';
import { type Tally, attackWorld, newTally, untried } from './attack.ts';
import { minimise } from './minimise.ts';
import { violationText } from './report.ts';
import { ROOT, type Stages, loadStages } from './stages.ts';
import { RULE_NAMES } from './rules.ts';
import { type Subject, createSubject } from './subject.ts';

const DECISIONS = process.env['FINELINE_FULL'] === '1' ? 1_000_000 : 20_000;
const SEED = Number(process.env['ATTACK_SEED'] ?? 3);

let stages: Stages;

beforeAll(async () => {
  stages = await loadStages(ROOT);
});

/** Worlds from a seed on, until so many decisions were made or a rule was broken (one of these, if named). */
function attack(subject: Subject, decisions: number, rules = RULE_NAMES): Tally {
  const tally = newTally();
  const isBroken = (): boolean => rules.some((rule) => tally.broken.has(rule));
  for (let world = SEED * 1_000_000; tally.decisions < decisions && !isBroken(); world += 1)
    attackWorld(subject, world, tally);
  return tally;
}

describe('the policy under attack', () => {
  it(`no rule is broken in ${DECISIONS} decisions, and each was at stake; seed ${SEED}`, () => {
    const subject = createSubject(stages);
    const tally = attack(subject, DECISIONS);
    const found = [...tally.violations.values()].map((violation) => violationText(subject, violation));
    expect(found).toEqual([]);
    expect(untried(tally)).toEqual([]);
    expect(tally.shown).toBeGreaterThan(DECISIONS / 5);
  });

  it('a door that stands open is noticed, and the case that is shown for it is small', () => {
    const broken = createSubject({
      ...stages,
      permit: { permit: (input) => stages.permit.permit({ ...input, purposes: undefined }) },
    } as Stages);
    const tally = attack(broken, DECISIONS, ['purpose-out', 'category-out']);
    const violation = tally.violations.get('purpose-out') ?? tally.violations.get('category-out');
    expect(violation).toBeDefined();
    if (violation === undefined) return;
    const least = minimise(broken, violation.one, violation.rule);
    expect(least.lives[0].facts.length + least.lives.length).toBeLessThanOrEqual(3);
    expect(violationText(broken, violation)).toContain(`world ${violation.seed}`);
  });
});
