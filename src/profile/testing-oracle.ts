// What may be read, told naively: DESIGN.md's sentence in plain loops over what a person did and what their
// facts say. It knows nothing of chains, packs, permissions and views, and repeats the tables it needs, so
// that it can be wrong only by itself.

import { DATA_CATEGORIES, type DataCategory } from '../facts/category.ts';
import type { Fact } from '../facts/fact.ts';
import type { Purpose } from '../facts/purpose.ts';
import { BOUGHT_LIST, FOREIGN, GONE, type Household, type Life, SENSITIVE, YEAR } from './testing-lives.ts';
import { NOW, SHOP } from './testing.ts';

/** One rule that the oracle leaves out, to see that the comparison would notice. */
export const FLAWS = [
  'forgets withdrawals',
  'forgets that grants end',
  'forgets grants of the future',
  'forgets the backup count',
  'forgets torn journals',
  'forgets the signal',
  'forgets consent strings',
  'forgets objections to silence',
  'takes an objection to silence for a no',
  'forgets opt-outs of sale',
  'takes an opt-out of sale for the signal',
  'forgets minors',
  'forgets the adverts age',
  'takes California for everywhere',
  'takes the EU for everywhere',
  'forgets bought lists',
  'forgets sources that are gone',
  'forgets other controllers',
  'forgets expiry',
  'forgets the year a profile may live',
  'forgets sensitive things',
  'forgets volunteers',
  'forgets Saudi Arabia',
  'lets one declare for another',
  'forgets the grants of the joined',
  'forgets categories',
  'forgets what was set aside',
  'sets aside for the contract',
  'shuts too much',
] as const;
export type Flaw = (typeof FLAWS)[number] | 'none';

interface Law {
  readonly optOut: boolean;
  readonly age: number;
  readonly sensitiveMayBeDeclared: boolean;
  readonly gpcEndsWriting: boolean;
}

/**
 * Of all places that are known the law that is hardest in each point; unknown places and places without a
 * law of their own: all laws.
 */
function lawOf({ places }: Life, flaw: Flaw): Law {
  const known = places.filter((place) => place !== undefined);
  if (flaw === 'takes California for everywhere') known.splice(0, 9, { country: 'US', region: 'CA' });
  if (flaw === 'takes the EU for everywhere') known.splice(0, 9, { country: 'DE' });
  const names = known.map(({ country, region }) => (country === 'US' && region === 'CA' ? 'CA' : country));
  const lawless = names.length === 0 || names.some((name) => !['DE', 'BE', 'CA'].includes(name));
  const european = lawless || names.includes('DE') || names.includes('BE');
  const ages = names.map((name) => (name === 'BE' ? 13 : 16));
  return {
    optOut: !european,
    age: lawless ? 18 : Math.max(...ages),
    sensitiveMayBeDeclared: flaw === 'forgets Saudi Arabia' || !lawless,
    gpcEndsWriting: european,
  };
}

function mayUse(life: Life, category: DataCategory, purpose: Purpose, flaw: Flaw): boolean {
  if (flaw === 'forgets categories') return DATA_CATEGORIES.some((one) => mayUse(life, one, purpose, 'none'));
  if (purpose === 'serve') return ['purchases', 'basket', 'declared'].includes(category);
  const law = lawOf(life, flaw);
  let given: boolean | undefined;
  let from = 0;
  let takenBack = 0;
  for (const { changes, timeMs } of life.said) {
    if (changes.some(({ state }) => state !== 'given')) takenBack += 1;
    for (const one of changes) {
      if (one.category !== category || one.purpose !== purpose) continue;
      if (flaw === 'forgets withdrawals' && one.state === 'withdrawn') continue;
      given = one.state === 'given';
      from = timeMs;
    }
  }
  if (life.journalTorn && flaw !== 'forgets torn journals') return false;
  if (flaw !== 'forgets the backup count') {
    if (life.remembered === undefined && life.said.length > 0) return false;
    if (life.remembered !== undefined && life.remembered > takenBack) return false;
  }
  const advert = purpose === 'advertise' || purpose === 'contact';
  const adult = advert && flaw !== 'forgets the adverts age' ? 18 : law.age;
  if (life.age !== undefined && !(life.age >= adult) && flaw !== 'forgets minors') return false;
  const gpc = life.gpc && flaw !== 'forgets the signal';
  const optedOut = life.optedOut && flaw !== 'forgets opt-outs of sale';
  if ((gpc || optedOut) && (purpose === 'advertise' || (purpose === 'contact' && law.gpcEndsWriting)))
    return false;
  if (life.toldNo.includes(purpose) && flaw !== 'forgets consent strings') return false;
  const notSilently = life.toldNoToSilence.includes(purpose) && flaw !== 'forgets objections to silence';
  if (notSilently && flaw === 'takes an objection to silence for a no') return false;
  const silenced = gpc || notSilently || (optedOut && flaw === 'takes an opt-out of sale for the signal');
  // No notice here names anybody to learn together with.
  if (purpose === 'pool') return false;
  if (given === undefined) return law.optOut && purpose !== 'guard' && !silenced;
  const begun = from <= NOW + 600_000 || flaw === 'forgets grants of the future';
  const lasts = NOW < from + 5 * YEAR || flaw === 'forgets that grants end';
  return given && begun && lasts;
}

/** Categories spelled out once more, so that a change of the tables in facts/ is seen here. */
function trueCategory({ kind, name }: Fact): string {
  if (kind === 'trait') return name === 'country' || name === 'region' ? 'location' : 'demographics';
  const table = {
    bought: 'purchases',
    viewed: 'browsing',
    'in-basket': 'basket',
    likes: 'declared',
    dislikes: 'declared',
  };
  return Object.entries(table).find(([word]) => word === kind)?.[1] ?? 'interactions';
}

function mayPass(one: Fact, life: Life, purpose: Purpose, flaw: Flaw): boolean {
  if (one.category !== trueCategory(one) || !mayUse(life, one.category, purpose, flaw)) return false;
  if (one.controller !== SHOP && flaw !== 'forgets other controllers') return false;
  if (one.source === FOREIGN) return false;
  if (one.source === BOUGHT_LIST && flaw !== 'forgets bought lists') return false;
  if (one.source === GONE && flaw !== 'forgets sources that are gone') return false;
  if (!Number.isFinite(one.lastMs) || !Number.isFinite(one.expiresMs)) return false;
  if (NOW >= one.expiresMs && flaw !== 'forgets expiry') return false;
  return purpose === 'serve' || NOW < one.lastMs + YEAR || flaw === 'forgets the year a profile may live';
}

function isAside({ key }: Fact, life: Life, purpose: Purpose, flaw: Flaw): boolean {
  if (flaw === 'forgets what was set aside') return false;
  const contract = purpose === 'serve' && flaw !== 'sets aside for the contract';
  return !contract && life.setAside.includes(key);
}

/** Keys that may be read, sorted, or `shut`. */
export function oracle(
  { lives, declared }: Household,
  purpose: Purpose,
  flaw: Flaw = 'none',
): readonly string[] | 'shut' {
  const [first, ...others] = lives;
  if (!DATA_CATEGORIES.some((category) => mayUse(first, category, purpose, flaw))) return 'shut';
  const keys = new Set<string>();
  for (const one of lastOfEachKey(first)) {
    const sensitive = one.item === undefined ? undefined : SENSITIVE.get(one.item);
    const volunteers = purpose === 'guard' && flaw !== 'forgets volunteers';
    const opened =
      sensitive !== undefined &&
      (volunteers || declared.includes(sensitive)) &&
      lawOf(first, flaw).sensitiveMayBeDeclared;
    const veiled =
      sensitive !== undefined && purpose !== 'serve' && !opened && flaw !== 'forgets sensitive things';
    const aside = isAside(one, first, purpose, flaw);
    if (!veiled && !aside && mayPass(one, first, purpose, flaw) && flaw !== 'shuts too much')
      keys.add(one.key);
  }
  for (const [index, other] of others.entries()) {
    for (const one of lastOfEachKey(other)) {
      const declaredForThem = flaw === 'lets one declare for another' && declared.length > 0;
      if (one.item !== undefined && SENSITIVE.has(one.item) && !declaredForThem) continue;
      if (isAside(one, other, purpose, flaw)) continue;
      const theirs = flaw === 'forgets the grants of the joined' || mayPass(one, other, purpose, flaw);
      if (theirs && mayPass(one, first, purpose, flaw)) keys.add(`joined ${index + 1}|${one.key}`);
    }
  }
  return [...keys].sort();
}

/** A profile holds one fact of a key. */
function lastOfEachKey({ facts }: Life): readonly Fact[] {
  return facts.filter((one, at) => !facts.slice(at + 1).some((later) => later.key === one.key));
}
