// Whom a slot is for, by what people did and said themselves. An audience stands in the policy, is the same
// for everybody, and nobody is written down as belonging to it: whether somebody does is found in each
// decision, from what the door lets be read there and then.

import type { DataCategory } from './category.ts';
import type { AudienceName } from './ids.ts';
import type { Goods } from './merchandising.ts';

/** What somebody did with a thing, as far as an audience may ask. */
export const DEEDS = ['bought', 'viewed', 'liked'] as const;
export type Deed = (typeof DEEDS)[number];

/** Bought, viewed or liked one of these things at least so many times, lately or ever. */
export interface DidCondition {
  readonly by: Deed;
  readonly goods: Goods;
  /** Within so many days; absent: ever, as far as it is known. */
  readonly days?: number;
  /** All these things together. Counted is what surely lies within the days. */
  readonly times: number;
}

/** Bought none of these things within so many days. Who hides what they bought is not counted among them. */
export interface NotBoughtCondition {
  readonly by: 'not-bought';
  readonly goods: Goods;
  readonly days: number;
}

/** Declared one of these countries (ISO 3166-1 alpha-2) or languages (ISO 639-1). */
export interface DeclaredCondition {
  readonly by: 'country' | 'language';
  readonly oneOf: readonly string[];
}

/** Bought something so many days ago or earlier. */
export interface CustomerCondition {
  readonly by: 'customer';
  readonly days: number;
}

/** A closed list: age, name and anything else that singles out a person is no condition. */
export type Condition = DidCondition | NotBoughtCondition | DeclaredCondition | CustomerCondition;

export interface Audience {
  readonly name: AudienceName;
  /** All of them hold for whoever is in it. */
  readonly all: readonly Condition[];
}

/** Times that a condition can ask for at most. */
export const TIMES_MAX = 12;

/** Which category the door has to let be read. */
export const READ_FOR: Readonly<Record<Condition['by'], DataCategory>> = {
  bought: 'purchases',
  viewed: 'browsing',
  liked: 'declared',
  'not-bought': 'purchases',
  customer: 'purchases',
  country: 'location',
  language: 'demographics',
};

/** Why nobody is in an audience for now: few people in it, or nobody has counted them yet. */
export const AUDIENCE_SIZES = ['enough', 'few', 'uncounted'] as const;
export type AudienceSize = (typeof AUDIENCE_SIZES)[number];

/** What of one person speaks for a condition, or against `not-bought`. */
export interface Grounds {
  /** Fact keys with how many times each counts; the first by key, more than any condition asks for. */
  readonly facts: readonly (readonly [key: string, times: number])[];
  /** Something that could speak against it may not be read. */
  readonly unknown?: true;
}

/** What a decision is told about the audience of its slot. Kept in its record, so a replay judges alike. */
export interface AudienceSeen {
  readonly name: AudienceName;
  readonly size: AudienceSize;
  /** For each condition, in the order of the policy. */
  readonly grounds: readonly Grounds[];
}

/** Whether what is known meets a condition. */
export function meets(condition: Condition, { facts, unknown }: Grounds): boolean {
  if (condition.by === 'not-bought') return unknown !== true && facts.length === 0;
  const times = facts.reduce((sum, [, each]) => sum + each, 0);
  return times >= ('times' in condition ? condition.times : 1);
}

/** Things that a condition names, if it names any. */
export function goodsIn(condition: Condition): Goods | undefined {
  return 'goods' in condition ? condition.goods : undefined;
}
