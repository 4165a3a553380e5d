// A townsperson, drawn from the town's seed and their number alone: the same person whoever asks, in whatever
// order.

import { concatBytes, u32, u64, utf8 } from '../../src/kernel/bytes.ts';
import { exp } from '../../src/kernel/maths.ts';
import { seededRandom, type Random } from '../../src/kernel/random.ts';
import { utcDay } from '../../src/kernel/time.ts';
import { drawConsent, drawOpened, withGuard } from './consent-choices.ts';
import { drawAppliances } from './appliances.ts';
import { householdOf } from './households.ts';
import { drawErrands, drawStaples, type PlanInput } from './errands.ts';
import { pickWeighted } from './pick.ts';
import { TASTES } from './tastes.ts';
import { PLANTED } from './truth.ts';
import type { ConsentChoice, Guest, TownClass, TownLanguage, TownPerson } from './types.ts';

/** When and how large a town is. */
export interface TownFrame {
  readonly seed: number;
  readonly people: number;
  readonly days: number;
  /** Midnight UTC of day 0. */
  readonly startMs: number;
}

/** Share of people who looked around as a guest first, of those who came after the first day. */
const GUEST_RATE = 0.16;
/** So long before they come with an account, at most. */
const GUEST_DAYS = 7;

interface Home {
  readonly country: string;
  readonly region?: string;
  readonly language: TownLanguage;
  readonly weight: number;
}

const HOMES: readonly Home[] = [
  { country: 'DE', language: 'de', weight: 28 },
  { country: 'DE', language: 'tr', weight: 4 },
  { country: 'DE', language: 'ar', weight: 4 },
  { country: 'AT', language: 'de', weight: 10 },
  { country: 'IT', language: 'it', weight: 14 },
  { country: 'TR', language: 'tr', weight: 12 },
  { country: 'GB', language: 'en', weight: 12 },
  { country: 'US', region: 'CA', language: 'en', weight: 9 },
  { country: 'IL', language: 'he', weight: 3 },
  { country: 'TW', language: 'zh-Hant', weight: 2 },
  { country: 'AE', language: 'ar', weight: 2 },
];

/** A stream of its own for one use of one person, so that a new use never changes the others. */
export function streamOf(seed: number, use: string, index: number, day = 0): Random {
  return seededRandom(concatBytes(utf8(`town/${use}\0`), u64(seed), u32(index), u32(day)));
}

function personId(index: number): string {
  return `p${String(index).padStart(7, '0')}`;
}

/** Person `index` of the town, `0 ≤ index < frame.people`. */
export function drawPerson(frame: TownFrame, index: number): TownPerson {
  const random = streamOf(frame.seed, 'person', index);
  const under = householdOf(index, (block) => streamOf(frame.seed, 'household', block));
  const { home, pets, babies, children } = drawHome(streamOf(frame.seed, 'home', under.first));
  const age =
    random.unit() < 0.02 ? 13 + random.below(5) : 18 + Math.min(random.below(63), random.below(63) + 10);
  // Whoever lives with small children is of an age for it, or lives with somebody who is.
  const household = { adults: under.members, babies, children };
  const has = { baby: household.babies > 0, children: household.children > 0, ...pets };
  const tastes = drawTastes(random, has);
  const classes = age < 18 ? [] : drawClasses(random);
  const musts = (['baby', 'dog', 'cat'] as const).filter((need) => has[need]);
  const plan: PlanInput = {
    tastes,
    children: has.children || has.baby,
    days: frame.days,
    startMs: frame.startMs,
    musts,
  };
  const staples = drawStaples(random, plan);
  const errands = drawErrands(random, plan);
  const rhythm = drawRhythm(random, classes, frame.days);
  const channels = drawChannels(random);
  const { choice, grants } = drawConsent(random);
  const changeDay = Math.min(
    rhythm.joinDay + 20 + random.below(Math.max(1, frame.days - 40)),
    frame.days - 1,
  );
  // Whoever comes on one of the last days has no time left to change their mind.
  const changes = choice === 'changed' && changeDay > rhythm.joinDay;
  const regrantDay = changeDay + 10 + random.below(30);
  const regrants = random.unit() < 1 / 3 && regrantDay < frame.days;
  // Nobody is asked twice who said no to the shop, and nobody alone who is too young to say yes.
  const isAsked = age >= 18 && (choice === 'full' || choice === 'late' || choice === 'partial');
  const appliances = drawAppliances(() => streamOf(frame.seed, 'appliances', index), {
    ...{ errands, joinDay: rhythm.joinDay, days: frame.days, isAsked },
  });
  const guest = drawGuest(streamOf(frame.seed, 'guest', index), {
    joinDay: rhythm.joinDay,
    channels,
    choice,
  });
  return {
    id: personId(index),
    index,
    country: home.country,
    ...(home.region === undefined ? {} : { region: home.region }),
    language: home.language,
    birthYear: Number(utcDay(frame.startMs).slice(0, 4)) - age,
    home: { id: under.id, sharedDevice: under.sharedDevice },
    household,
    pets,
    tastes,
    staples,
    errands,
    appliances,
    rhythm,
    ...(guest === undefined ? {} : { guest }),
    channels,
    fatigue: pickWeighted(random, ['none', 'mild', 'strong'] as const, (kind) => (kind === 'mild' ? 2 : 1)),
    consent: choice,
    grants: age < 18 ? grants : withGuard(streamOf(frame.seed, 'guard', index), { choice, grants }),
    ...(changes ? { changeDay } : {}),
    ...(changes && regrants ? { regrantDay } : {}),
    gpc: random.unit() < (home.country === 'US' ? 0.25 : 0.04),
    classes,
    opens: age < 18 ? [] : drawOpened(streamOf(frame.seed, 'opened', index), { choice, classes }),
  };
}

/** What everybody behind one door shares. */
function drawHome(random: Random) {
  const home = pickWeighted(random, HOMES, (one) => one.weight);
  const pets = { dog: random.unit() < 0.18, cat: random.unit() < 0.24 };
  const babies = random.unit() < 0.12 ? 1 : 0;
  const children = random.unit() < 0.2 ? 1 + random.below(2) : 0;
  return { home, pets, babies, children };
}

/** Two to five tastes: those the household brings with it, and free ones, the first liked most. */
function drawTastes(
  random: Random,
  has: Readonly<Record<'baby' | 'children' | 'dog' | 'cat', boolean>>,
): Readonly<Record<string, number>> {
  const chosen = TASTES.filter((taste) => taste.needs !== undefined && has[taste.needs]).slice(0, 3);
  const free = TASTES.filter((taste) => taste.needs === undefined);
  for (let count = 0; count < 2; count += 1) {
    const left = free.filter((taste) => !chosen.includes(taste));
    chosen.push(pickWeighted(random, left, (taste) => taste.weight));
  }
  random.shuffle(chosen);
  const shares = chosen.map((_, place) => 1 / (1 + place));
  const sum = shares.reduce((total, share) => total + share, 0);
  return Object.fromEntries(chosen.map((taste, place) => [taste.name, (shares[place] ?? 0) / sum]));
}

function drawClasses(random: Random): readonly TownClass[] {
  return PLANTED.filter((one) => random.unit() < one.share).map((one) => one.name);
}

/** Log-normal gaps: most come every week or two, a few nearly never; 85 % are there from the start. */
function drawRhythm(random: Random, classes: readonly TownClass[], days: number): TownPerson['rhythm'] {
  let gapDays = 13 * exp(0.45 * random.normal());
  for (const one of PLANTED) if (classes.includes(one.name)) gapDays /= one.activity;
  const joinDay = random.unit() < 0.85 ? random.below(Math.min(14, days)) : random.below(days);
  const hour = pickWeighted(random, [8, 12, 17, 19], (one) => (one < 13 ? 2 : 3));
  return { joinDay, gapDays: Math.min(60, Math.max(3, gapDays)), hour };
}

function drawChannels(random: Random): TownPerson['channels'] {
  const web = 0.1 + random.unit();
  const app = random.unit();
  const till = 0.1 + random.unit();
  const sum = web + app + till;
  return { web: web / sum, app: app / sum, till: till / sum };
}

/** One or two visits without a name. Whoever refuses or never sees the notice later did not agree before. */
function drawGuest(
  random: Random,
  { joinDay, channels, choice }: Pick<TownPerson, 'channels'> & { joinDay: number; choice: ConsentChoice },
): Guest | undefined {
  if (random.unit() >= GUEST_RATE || joinDay === 0) return undefined;
  const first = Math.max(0, joinDay - 1 - random.below(GUEST_DAYS));
  const second = first + 1 + random.below(2);
  const draw = random.unit();
  const yes = choice === 'refused' || choice === 'unseen' ? 0 : 0.65;
  return {
    visitor: `${random.below(1_000_000_000)}.${random.below(1_000_000_000)}`,
    source: channels.web >= channels.app ? 'town-web' : 'town-app',
    days: second < joinDay && random.unit() < 0.5 ? [first, second] : [first],
    answer: choice === 'unseen' ? 'none' : draw < yes ? 'given' : draw < 0.8 ? 'refused' : 'none',
  };
}
