// What a test knows of one person from what the server acknowledged, and nothing else: the naive model that
// every export is held against.

import { expect } from 'vitest';
import { z } from 'zod';
import { decisionRecordOf } from '../../src/decide/record.ts';
import type { DecisionRecord } from '../../src/facts/decision.ts';
import { FACT_CATEGORY, FACT_KINDS, type FactKind } from '../../src/facts/fact.ts';
import { factName } from '../../src/facts/fact-key.ts';
import type { VerifiedPromise } from '../../src/facts/receipt.ts';
import { canonicalJson, type JsonObject } from '../../src/kernel/canonical.ts';
import { CATEGORIES, PURPOSES, type Said } from './e2e-shop.ts';

export interface MadeDecision {
  readonly promise: VerifiedPromise;
  /** Consent records that were acknowledged before it was asked for: all of them rule it. */
  readonly consentsBefore: number;
  proven: boolean;
}

export interface Message {
  readonly kind: 'view' | 'click' | 'purchase';
  readonly id: string;
  readonly person: string;
  readonly source: string;
  readonly time: string;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
}

export interface Life {
  readonly name: string;
  state: 'new' | 'here' | 'erased';
  /** `category purpose` that stand as given. */
  given: Set<string>;
  /** Canonical text of every consent record, by number; `undefined` where the answer did not tell it. */
  consents: (string | undefined)[];
  readonly decisions: Map<string, MadeDecision>;
  /** Decisions that were asked for and never answered: they may be there. */
  maybeDecisions: number;
  /** `viewed coat-1` → times. */
  counts: Map<string, number>;
  /** Acknowledged events that were kept, the newest last. */
  kept: Message[];
  token: string | undefined;
  /** What was done, for whoever reads a failure. */
  readonly story: string[];
}

export function newLife(name: string): Life {
  return {
    name,
    state: 'new',
    given: new Set(),
    consents: [],
    decisions: new Map(),
    maybeDecisions: 0,
    counts: new Map(),
    kept: [],
    token: undefined,
    story: [],
  };
}

export const exportSchema = z.looseObject({
  person: z.string(),
  records: z.int().optional(),
  facts: z.array(
    z.looseObject({
      kind: z.enum(FACT_KINDS),
      category: z.string(),
      item: z.string().optional(),
      count: z.int(),
      quantity: z.number(),
      first: z.string(),
      last: z.string(),
      /** Of things bought: when. */
      times: z.array(z.string()).optional(),
      source: z.string(),
      purposes: z.array(z.string()),
    }),
  ),
  journal: z.array(z.looseObject({ seq: z.int(), kind: z.string(), record: z.record(z.string(), z.json()) })),
});
export type Exported = z.infer<typeof exportSchema>;

const EFFECT = { view: 'viewed', click: 'clicked', purchase: 'bought' } as const;
const NEEDS = { view: 'browsing', click: 'interactions' } as const;

/** Orders rest on the contract; everything else needs a yes for anything. */
export function admits(life: Life, { kind }: Message): boolean {
  return kind === 'purchase' || PURPOSES.some((purpose) => life.given.has(`${NEEDS[kind]} ${purpose}`));
}

/** What an acknowledged batch of events changes. */
export function applyEvents(life: Life, kept: readonly Message[]): void {
  life.story.push(`${kept.length} events`);
  for (const message of kept) {
    for (const item of new Set(message.lines.map((line) => line.item))) {
      const key = `${EFFECT[message.kind]} ${item}`;
      life.counts.set(key, (life.counts.get(key) ?? 0) + 1);
    }
    life.kept.push(message);
  }
  if (kept.length > 0) life.state = 'here';
}

/** What an acknowledged choice changes. Facts that nothing allows any more are gone with it. */
export function applyConsent(life: Life, said: readonly Said[], record: JsonObject | undefined): void {
  for (const { category, purpose, state } of said) {
    if (state === 'given') life.given.add(`${category} ${purpose}`);
    else life.given.delete(`${category} ${purpose}`);
  }
  if (record !== undefined)
    expect(record['seq'], `next choice of ${life.name}: ${life.story.join(', ')}`).toBe(life.consents.length);
  life.story.push(`choice ${life.consents.length}`);
  life.consents.push(record === undefined ? undefined : canonicalJson(record));
  life.state = 'here';
  if (said.some(({ state }) => state !== 'given')) dropUnneeded(life);
}

function dropUnneeded(life: Life): void {
  for (const [kind, effect] of [
    ['view', 'viewed '],
    ['click', 'clicked '],
  ] as const) {
    if (PURPOSES.some((purpose) => life.given.has(`${NEEDS[kind]} ${purpose}`))) continue;
    for (const key of life.counts.keys()) if (key.startsWith(effect)) life.counts.delete(key);
  }
}

/** Counts as the export tells them, in the form of the model. */
export function countsOf({ facts }: Exported): Map<string, number> {
  return new Map(facts.map(({ kind, item, count }) => [`${kind} ${item ?? ''}`, count]));
}

export interface JournalDecision {
  readonly seq: number;
  readonly json: JsonObject;
  readonly record: DecisionRecord;
}

export function decisionsOf({ journal }: Exported): readonly JournalDecision[] {
  return journal.flatMap(({ seq, kind, record }) =>
    kind === 'decision' ? [{ seq, json: record, record: decisionRecordOf(JSON.stringify(record)) }] : [],
  );
}

const consentSchema = z.looseObject({
  seq: z.int(),
  withdrawals: z.int(),
  changes: z.array(z.object({ category: z.string(), purpose: z.string(), state: z.string() })),
});

export function consentsOf({ journal }: Exported): readonly JsonObject[] {
  return journal.filter(({ kind }) => kind === 'consent').map(({ record }) => record);
}

/** Categories that may be read for recommendations after each record of the chain; a fold of its own. */
function allowedAfterEach(records: readonly JsonObject[]): readonly ReadonlySet<string>[] {
  let given = new Set<string>();
  let withdrawals = 0;
  return records.map((json) => {
    const record = consentSchema.parse(json);
    const expected = withdrawals + (record.changes.some(({ state }) => state !== 'given') ? 1 : 0);
    if (record.withdrawals > expected) given = new Set();
    withdrawals = Math.max(expected, record.withdrawals);
    for (const { category, purpose, state } of record.changes) {
      if (purpose !== 'recommend') continue;
      given = new Set(given);
      if (state === 'given') given.add(category);
      else given.delete(category);
    }
    return given;
  });
}

const BARRED_BY: Readonly<Partial<Record<string, string>>> = { bought: 'purchases', returned: 'purchases' };

/** Every category that a decision has looked at. */
export function categoriesOf({ input, reads }: DecisionRecord): ReadonlySet<string> {
  const kinds = [...reads, ...input.facts.map(({ key }) => key)].map((key) => factName(key).kind);
  // Our own keys: their first word is a kind.
  const read = kinds.map((kind) => FACT_CATEGORY[kind as FactKind]);
  const barred = input.barred.flatMap(({ guard }) => BARRED_BY[guard] ?? []);
  return new Set([...read, ...barred]);
}

/**
 * Holds an export against the model: nothing lost, nothing twice, nothing invented, nothing used against a
 * no.
 */
export function checkLife(life: Life, exported: Exported): void {
  const name = `${life.name} (${life.story.join(', ')})`;
  const consents = consentsOf(exported);
  expect(consents.length, `consent records of ${name}`).toBe(life.consents.length);
  for (const [seq, text] of life.consents.entries()) {
    if (text !== undefined) expect(canonicalJson(consents[seq]!), `consent ${seq} of ${name}`).toBe(text);
  }
  expect(sorted(countsOf(exported)), `facts of ${name}`).toEqual(sorted(life.counts));
  const made = decisionsOf(exported);
  const names = new Set(made.map(({ record }) => record.decision as string));
  const lost = [...life.decisions.keys()].filter((decision) => !names.has(decision));
  expect(lost, `lost decisions of ${name}`).toEqual([]);
  expect(made.length, `decisions of ${name}`).toBeLessThanOrEqual(life.decisions.size + life.maybeDecisions);
  const allowed = allowedAfterEach(consents);
  for (const { record } of made) {
    const before = life.decisions.get(record.decision)?.consentsBefore ?? 0;
    expect(record.consentSeq, `${name}: the decision knows what was said before`).toBeGreaterThanOrEqual(
      before - 1,
    );
    const ruling = allowed[record.consentSeq] ?? new Set<string>();
    const against = [...categoriesOf(record)].filter((category) => !ruling.has(category));
    expect(against, `${name}: read against a no`).toEqual([]);
  }
}

function sorted(counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** All that can stand as given here. */
export const EVERYTHING: readonly string[] = CATEGORIES.flatMap((category) =>
  PURPOSES.map((purpose) => `${category} ${purpose}`),
);
