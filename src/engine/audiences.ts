// How many people are in each audience: counted over everybody, once a day and when the policy names another
// one, and kept in memory as nothing but “enough” or “few” and a rough size. Nobody is written down as
// belonging to one. Where nobody has counted yet, nobody is written to.

import type { AudienceName } from '../facts/ids.ts';
import type { Audience, AudienceSize } from '../facts/audience.ts';
import type { Policy } from '../facts/policy.ts';
import type { Purpose } from '../facts/purpose.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { Random } from '../kernel/random.ts';
import { type GroupTold, createSteadyGroups } from './groups.ts';

/** An audience counts for each purpose by itself: other people allow it. */
export interface Use {
  readonly name: AudienceName;
  readonly purpose: Purpose;
}

/** What was counted, for the other engines over the same store. */
export const AUDIENCES_POINTER = 'audiences/current';

export interface Audiences {
  /** What a decision is told: `uncounted` is a no. */
  sizeOf(policy: Policy, use: Use): AudienceSize;
  /** `undefined` where nobody has counted yet. */
  toldOf(policy: Policy, use: Use): GroupTold | undefined;
  /** Takes what was counted of one audience. */
  take(policy: Policy, counted: Counted): void;
  countedMs: number;
  /** Everything that may be told, as text: sizes, no names. */
  told(): string;
  /** Takes what another engine told in place of what is known here. */
  use(text: string): void;
  /** The count that is under way. */
  running: Promise<void> | undefined;
}

/** One audience for one purpose, with how many are in it and how many one condition alone keeps out. */
export interface Counted {
  readonly audience: Audience;
  readonly purpose: Purpose;
  inside: number;
  readonly keptOut: number[];
}

export function createAudiences(random: Random): Audiences {
  const group = createSteadyGroups(random);
  const told = new Map<string, GroupTold>();
  const toldOf = (policy: Policy, { name, purpose }: Use): GroupTold | undefined => {
    const audience = policy.audiences?.find((one) => one.name === name);
    return audience === undefined ? undefined : told.get(`${kOf(policy)} ${meaningOf(audience, purpose)}`);
  };
  return {
    toldOf,
    sizeOf: (policy, use) => {
      const size = toldOf(policy, use);
      return size === undefined ? 'uncounted' : size === 'few' ? 'few' : 'enough';
    },
    take: (policy, { audience, purpose, inside, keptOut }) => {
      const k = kOf(policy);
      const meaning = meaningOf(audience, purpose);
      const size = group(meaning, inside, k);
      // With and without a condition it is never about a few people only: who compares two audiences, or asks
      // who is left out, meets a crowd as well.
      const isFew = keptOut.some((count, at) => group(`${meaning} without ${at}`, count, k) === 'few');
      told.set(`${k} ${meaning}`, isFew ? 'few' : size);
    },
    told: () => JSON.stringify([...told]),
    use: (text) => {
      told.clear();
      for (const [meaning, size] of JSON.parse(text) as readonly [string, GroupTold][])
        told.set(meaning, size);
    },
    countedMs: Number.NEGATIVE_INFINITY,
    running: undefined,
  };
}

/** People who have to be in an audience, and outside of it. */
function kOf({ minPeople }: Policy): number {
  return Math.max(LIMITS.peopleOutsideMin, minPeople);
}

/** By what it asks, not by its name: another name would be another draw. */
function meaningOf({ all }: Audience, purpose: Purpose): string {
  return `${purpose} ${JSON.stringify(all)}`;
}

/** Audiences that placements name, each once for a purpose. */
export function usesOf({ audiences = [], placements }: Policy): readonly Counted[] {
  const uses = new Map<string, Counted>();
  for (const { audience: name, purpose } of placements) {
    const audience = audiences.find((one) => one.name === name);
    if (audience === undefined) continue;
    const keptOut = audience.all.map(() => 0);
    uses.set(`${purpose} ${name}`, { audience, purpose, inside: 0, keptOut });
  }
  return [...uses.values()];
}
