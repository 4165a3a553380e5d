// What an import did, counted. Nothing in it is about one person.

import type { Collected } from '../../../engine/collecting.ts';

export interface BadLine {
  readonly line: number;
  readonly problem: string;
}

/** Bad lines listed; whoever sees a hundred knows enough. */
const BAD_LISTED_MAX = 100;

export interface Tally {
  lines: number;
  events: number;
  admitted: number;
  repeated: number;
  /** Events and answers that an earlier run of the same import had taken in. */
  passedOver: number;
  readonly refused: Record<string, number>;
  /** Lines that name no person: they go into nobody's profile. */
  anonymous: number;
  /** Postage, fees and the like; messages without anything for us. */
  leftOut: number;
  /** Consent records written. */
  consents: number;
  /** People whose own answer was there before, and stands. */
  ownAnswers: number;
  items: number;
  sensitiveItems: number;
  /** In the whole catalogue afterwards: things that nobody can tell, and nobody has looked at. */
  unmappedItems: number;
  /** Fields that are not on any list, dropped: path → how often. */
  readonly dropped: Record<string, number>;
  readonly bad: BadLine[];
  badTotal: number;
}

export function createTally(): Tally {
  return {
    lines: 0,
    events: 0,
    admitted: 0,
    repeated: 0,
    passedOver: 0,
    refused: {},
    anonymous: 0,
    leftOut: 0,
    consents: 0,
    ownAnswers: 0,
    items: 0,
    sensitiveItems: 0,
    unmappedItems: 0,
    dropped: {},
    bad: [],
    badTotal: 0,
  };
}

export function addCollected(tally: Tally, collected: Collected): void {
  tally.admitted += collected.admitted;
  tally.repeated += collected.repeated;
  for (const [reason, count] of Object.entries(collected.refused)) addRefused(tally, reason, count);
}

export function addRefused(tally: Tally, reason: string, count: number): void {
  tally.refused[reason] = (tally.refused[reason] ?? 0) + count;
}

export function addDropped(tally: Tally, dropped: Readonly<Record<string, number>>): void {
  for (const [path, count] of Object.entries(dropped))
    tally.dropped[path] = (tally.dropped[path] ?? 0) + count;
}

export function addBad(tally: Tally, line: number, problem: string): void {
  tally.badTotal += 1;
  if (tally.bad.length < BAD_LISTED_MAX) tally.bad.push({ line, problem });
}
