/*
 * Where the search for the settings of a sequence model begins, and which values it tries.
 */
import {
  likenessParts,
  type ScoringSetting,
  type SequenceSettings,
  type SequenceTask,
  type ShapingSettings,
} from './sequence.ts';
import type { BlendSearch } from '../tune.ts';

export type Setting = keyof SequenceSettings;
export type Candidates = readonly (readonly [Setting, readonly number[]])[];

export const COUNT_CANDIDATES: Candidates = [
  ['scoreDecay', [0.3, 0.5, 0.65, 0.8, 0.9, 1]],
  ['learnDecay', [0.3, 0.5, 0.65, 0.8, 0.9, 0.95, 1]],
  ['targetPower', [0, 0.2, 0.35, 0.5]],
  ['sourcePower', [0.1, 0.3, 0.5, 0.7, 0.9]],
  ['backward', [0.1, 0.3, 0.6, 1]],
  ['supportPeople', [2, 3, 5]],
];
export const BASKET_CANDIDATES: Candidates = [
  ['ownDecay', [0.8, 0.9, 0.95, 1]],
  ['sharePower', [0, 0.5, 1]],
  ['outcomePower', [0, 0.5, 1]],
];
/** How fast it is forgotten that a thing was looked at. */
export const SESSION_CANDIDATES: Candidates = [['ownDecay', [0.3, 0.5, 0.65, 0.8, 0.9, 0.95, 1]]];
export const RIDGE_PEOPLE = [30, 10, 100, 300];
/** Beside that of the start. */
export const RIDGE_TARGET_POWERS = [0.2];

/** What the examples are made with. */
export const SHAPING: readonly Setting[] = [
  'learnDecay',
  'sharePower',
  'outcomePower',
  'inputPower',
] satisfies (keyof ShapingSettings)[];
/** What the counts know nothing of: it is about the person who is asked. */
export const SCORING: readonly Setting[] = ['scoreDecay', 'ownDecay'] satisfies ScoringSetting[];

/** Settings to start from: the middle of what research/perf.md found on four data sets. */
const SEQUENCE_START: SequenceSettings = {
  learnDecay: 0.8,
  scoreDecay: 0.8,
  sharePower: 0.5,
  outcomePower: 0,
  inputPower: 0.5,
  backward: 0.3,
  sourcePower: 0.5,
  targetPower: 0.2,
  ownDecay: 0.95,
  supportPeople: 2,
  ridgePeople: 30,
  ridgeTargetPower: 0,
};

// Where people come back for the same, pairs of one person look better while settings are searched than they
// are later. Where they do not, or click once more, such pairs help: on the last but one thing of Toys,
// counts from one person have recall plus NDCG of .191, from two .181.
export function startOf({ repeats, walk, peopleMin }: SequenceTask): SequenceSettings {
  const start = walk ? { ...SEQUENCE_START, supportPeople: 1 } : SEQUENCE_START;
  const settings = repeats ? start : { ...start, ...ONCE };
  return { ...settings, supportPeople: Math.max(settings.supportPeople, peopleMin) };
}

/**
 * Where nothing comes again pasts are long and far ones still speak. Dividing them by their sum, as is right
 * for sessions and baskets, finds 2 to 6 % less (Toys, Video, Yelp, Sports and Last.fm, last but one thing).
 */
const ONCE = { inputPower: 0, learnDecay: 0.9, targetPower: 0.1 } satisfies Partial<SequenceSettings>;

/** The place of ways of two steps among the parts of a blend that has them: after the counts. */
export const WAYS = 1;

/** That of likeness, in a blend that has it as well. */
export const LIKENESS = 2;

/**
 * What the counts and the parts beside them weigh at first, what comes again and what is popular; and which
 * of it moves.
 */
export function searchFrom(task: SequenceTask): Pick<BlendSearch, 'start' | 'free'> {
  const { repeats, walk } = task;
  const parts = [1, ...(walk ? [1] : []), ...likenessParts(task).map(() => LIKENESS_START)];
  const beside = [...parts.keys()].slice(1);
  const [own, popular] = [parts.length, parts.length + 1];
  // Of a shop with hardly a session nothing is learned: then nobody is led back to what they just saw.
  const ownStart = walk ? 0 : 0.2;
  return { start: [...parts, ownStart, 0.001], free: [...beside, ...(repeats ? [own] : []), popular] };
}

/** What likeness weighs at first, in scaled units. */
const LIKENESS_START = 0.35;
