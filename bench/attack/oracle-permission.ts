// What one person allows, told from docs and consent/SPEC.md in plain loops over what they said. All reasons
// against a use are listed, so that one can see which rule stands alone between a fact and its use.

import type { DataCategory } from '../../src/facts/category.ts';
import type { Place } from '../../src/facts/place.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { type Ask, type DrawnPolicy, type Life, YEAR } from './case.ts';
import type { RuleName } from './rules.ts';

/** The law of a place in the four points that matter here, as data/packs/jurisdiction-packs.json has them. */
interface Law {
  readonly optOut: boolean;
  readonly age: number;
  readonly declaringOpens: boolean;
  readonly gpcForbids: readonly string[];
}

const AGES: Readonly<Record<string, number>> = { DE: 16, BE: 13, AT: 14, FR: 15 };

function lawOfPlace({ country, region }: Place): Law {
  const age = AGES[country];
  if (age !== undefined)
    return { optOut: false, age, declaringOpens: true, gpcForbids: ['advertise', 'contact'] };
  if (country === 'US' && region === 'CA')
    return { optOut: true, age: 16, declaringOpens: true, gpcForbids: ['advertise'] };
  return ALL_LAWS;
}

const ALL_LAWS: Law = {
  optOut: false,
  age: 18,
  declaringOpens: false,
  gpcForbids: ['advertise', 'contact'],
};

/** Of all places that are known the hardest law in each point; no place: all laws. */
export function lawOf(places: readonly Place[]): Law {
  const laws = places.map(lawOfPlace);
  if (laws.length === 0) return ALL_LAWS;
  return {
    optOut: laws.every(({ optOut }) => optOut),
    age: Math.max(...laws.map(({ age }) => age)),
    declaringOpens: laws.every(({ declaringOpens }) => declaringOpens),
    gpcForbids: laws.flatMap(({ gpcForbids }) => gpcForbids),
  };
}

interface Word {
  readonly said: 'nothing' | 'yes' | 'no' | 'lost';
  readonly timeMs: number;
}

/** The last word on this use; what was said before a loss is a no. */
function lastWord({ said }: Life, category: DataCategory, purpose: Purpose): Word {
  let word: Word = { said: 'nothing', timeMs: 0 };
  for (const { changes, timeMs, afterLoss } of said) {
    if (afterLoss) word = { said: 'lost', timeMs };
    for (const one of changes) {
      if (one.category === category && one.purpose === purpose)
        word = { said: one.state === 'given' ? 'yes' : 'no', timeMs };
    }
  }
  return word;
}

const CONTRACT: readonly string[] = ['purchases', 'basket', 'declared'];

export interface Use {
  readonly life: Life;
  readonly ask: Pick<Ask, 'gpc' | 'nowMs' | 'place'>;
  readonly category: DataCategory;
  readonly purpose: Purpose;
  readonly policy: DrawnPolicy;
}

/** Every rule against this use under the law of these places; none: it is allowed. */
export function against(use: Use, places: readonly Place[]): readonly RuleName[] {
  const { life, ask, category, purpose, policy } = use;
  if (purpose === 'serve') return CONTRACT.includes(category) ? [] : ['kept-useless'];
  const law = lawOf(places);
  const rules: RuleName[] = [];
  if (life.torn !== 'whole') rules.push('torn');
  if (life.forgotten === 'unknown' ? life.said.length > 0 : life.forgotten > 0) rules.push('restored');
  const { age } = life;
  if (age !== undefined && !(age >= law.age)) rules.push('minor');
  const writes = purpose === 'advertise' || purpose === 'contact';
  if (age !== undefined && writes && !(age >= 18)) rules.push('ads-minor');
  const word = lastWord(life, category, purpose);
  const silenceIsYes = law.optOut && purpose !== 'guard' && purpose !== 'pool';
  const restsOnSilence = word.said === 'nothing' && silenceIsYes;
  if (ask.gpc && (law.gpcForbids.includes(purpose) || restsOnSilence)) rules.push('signal');
  if (word.said === 'nothing' && !silenceIsYes) rules.push('silence');
  if (word.said === 'no') rules.push('refused');
  if (word.said === 'lost') rules.push('lost');
  if (word.said === 'yes' && ask.nowMs >= word.timeMs + 5 * YEAR) rules.push('run-out');
  if (word.said === 'yes' && word.timeMs > ask.nowMs + 600_000) rules.push('not-begun');
  const named = policy.purposes?.[purpose];
  if (policy.purposes !== undefined && named === undefined) rules.push('purpose-out');
  if (named !== undefined && !named.includes(category)) rules.push('category-out');
  // Below eighteen and below the age of consent: one rule speaks.
  return rules.includes('minor') ? rules.filter((rule) => rule !== 'ads-minor') : rules;
}

/** A single law of several would allow what all of them together do not. */
export function oneLawAllows(use: Use, places: readonly Place[]): boolean {
  return places.length > 1 && places.some((place) => against(use, [place]).length === 0);
}
