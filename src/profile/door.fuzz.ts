// Goal: what passes the door is what DESIGN.md says in one sentence, and nothing else: "A fact passes when:
// a grant covers (data category × purpose) or the pack's lawful default does; origin is first-party and
// known; not expired; controller matches; age and sensitivity allow; no signal forbids." Method: random
// people with random histories (testing-lives.ts) against a naive oracle (testing-oracle.ts). Then the
// oracle is made wrong in one place after the other, and the comparison must notice.

import { describe, expect, test } from 'vitest';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from '../consent/chain.ts';
import { EU, resolvePack } from '../consent/packs.ts';
import { permit } from '../consent/permit.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { isRefusal } from '../facts/refusal.ts';
import { seededRandom } from '../kernel/random.ts';
import { type Identity, open } from './door.ts';
import { type Household, LIFE_SOURCES, type Life, SENSITIVE, drawHousehold } from './testing-lives.ts';
import { FLAWS, oracle } from './testing-oracle.ts';
import { NOW, SHOP } from './testing.ts';
import { BEFORE_NOTICES } from '../consent/testing.ts';

const SEED = Number(process.env['FINELINE_SEED'] ?? 20_260_725);
const PEOPLE = process.env['FINELINE_FULL'] === '1' ? 50_000 : 2000;

function identityOf(life: Life): Identity {
  let chain = EMPTY_CHAIN;
  for (const { changes, timeMs } of life.said) {
    const words = {
      controller: SHOP,
      notice: { id: 'n', language: 'en' },
      method: 'centre',
      pack: EU,
    } as const;
    chain = foldConsent(chain, nextConsentRecord(chain, { ...words, changes, timeMs }));
  }
  return {
    profile: { facts: new Map(life.facts.map((one) => [one.key, one])), seen: new Set() },
    permissions: permit({
      notices: BEFORE_NOTICES,
      chain: life.journalTorn ? { ...chain, broken: true } : chain,
      revocations: life.remembered,
      pack: resolvePack(life.places),
      place: life.places[0],
      signals: {
        gpc: life.gpc,
        ends: life.toldNo,
        endsSilence: life.toldNoToSilence,
        optsOut: life.optedOut,
      },
      ageYears: life.age,
      nowMs: NOW,
    }),
    restricted: new Set(life.setAside),
  };
}

type Tally = Map<string, number>;

function count(tally: Tally, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

/** Keys that pass, or `shut`. */
function passed({ lives, declared }: Household, purpose: Purpose, tally: Tally): readonly string[] | 'shut' {
  const [first, ...others] = lives;
  const view = open({
    identities: [identityOf(first), ...others.map(identityOf)],
    purpose,
    controller: SHOP,
    sources: LIFE_SOURCES,
    sensitiveOf: (item) => SENSITIVE.get(item),
    declaredClasses: new Set(declared),
  });
  if (isRefusal(view)) {
    count(tally, `shut: ${view.refused}`);
    return 'shut';
  }
  const keys = DATA_CATEGORIES.flatMap((category) => view.read(category).map(({ key }) => key)).toSorted();
  expect(view.reads()).toEqual(keys);
  for (const { refusal } of view.held()) count(tally, `held: ${refusal.refused}`);
  for (const key of keys) count(tally, key.startsWith('joined') ? 'passed: joined' : 'passed: own');
  return keys;
}

function householdOf(person: number): Household {
  return drawHousehold(seededRandom(SEED * 1_000_000 + person));
}

describe(`the door and a naive oracle, seed ${SEED}`, () => {
  test(`[P1] agree on ${PEOPLE} people and every purpose`, () => {
    const tally: Tally = new Map();
    for (let person = 0; person < PEOPLE; person += 1) {
      const household = householdOf(person);
      for (const purpose of PURPOSES) {
        const expected = oracle(household, purpose);
        expect(
          passed(household, purpose, tally),
          `FINELINE_SEED=${SEED}, person ${person}, ${purpose}`,
        ).toEqual(expected);
      }
    }
    // Every way to say no, and every way to say yes, was taken: agreement on nothing would be worth nothing.
    const words = [
      'passed: own',
      'passed: joined',
      ...[
        'no-grant',
        'grant-unreadable',
        'grant-expired',
        'consent-state-stale',
        'signal-objects',
        'minor',
      ].map((word) => `shut: ${word}`),
      ...['no-grant', 'grant-unreadable', 'grant-expired', 'signal-objects'].map((word) => `held: ${word}`),
      ...['source-unregistered', 'source-not-first-party', 'source-other-controller'].map(
        (word) => `held: ${word}`,
      ),
      ...['other-controller', 'expired', 'sensitive', 'data-unreadable'].map((word) => `held: ${word}`),
    ];
    for (const word of words) expect(tally.get(word) ?? 0, word).toBeGreaterThan(3);
  });

  test.each(FLAWS)('[P1] disagree when the oracle %s', (flaw) => {
    let differences = 0;
    for (let person = 0; person < 1000 && differences === 0; person += 1) {
      const household = householdOf(person);
      for (const purpose of PURPOSES) {
        const seen = passed(household, purpose, new Map());
        if (JSON.stringify(seen) !== JSON.stringify(oracle(household, purpose, flaw))) differences += 1;
      }
    }
    expect(differences).toBeGreaterThan(0);
  });
});
