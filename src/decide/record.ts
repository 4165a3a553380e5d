// The bytes of a decision: what is sealed, committed to the log and compared at replay. Names are written in sorted order, so that
// plain JSON.stringify gives exactly the canonical form of RFC 8785 (a test holds the two together) at a fifth of the cost. What
// repeats is written once: a record of thirty facts has 2 KB instead of 8, and sealing, hashing and writing cost by the byte.

import type { Barred, DecisionInput, DecisionRecord, GuardName, WeighedFact } from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';

/** Tuples under what they have in common: `[thing, number]`. */
type Grouped = Record<string, [ItemId, number][]>;

interface Written {
  readonly consentSeq: number;
  readonly decision: DecisionRecord['decision'];
  readonly input: Omit<DecisionInput, 'barred' | 'context' | 'facts'> & {
    readonly barred: Grouped;
    readonly context: [ItemId, number][];
    readonly facts: Grouped;
  };
  /** Facts that were read but do not score. */
  readonly readToo: readonly string[];
  readonly result: { readonly items: [ItemId, number][]; readonly nothing?: NonNullable<DecisionRecord['result']['nothing']>; readonly propensity: number };
}

export function decisionRecordText(record: DecisionRecord): string {
  const { input, result } = record;
  const scored = new Set(input.facts.map(({ key }) => key));
  const written: Written = {
    consentSeq: record.consentSeq,
    decision: record.decision,
    input: {
      barred: groupBarred(input.barred),
      catalogue: input.catalogue,
      channel: input.channel,
      context: input.context.map(({ item, weight }) => [item, weight]),
      facts: groupFacts(input.facts),
      limit: input.limit,
      model: input.model,
      pack: input.pack,
      placement: input.placement,
      policy: input.policy,
      purpose: input.purpose,
      ...(input.refused === undefined ? {} : { refused: input.refused }),
      seed: input.seed,
      shown: input.shown,
      timeMs: input.timeMs,
      v: input.v,
    },
    readToo: record.reads.filter((key) => !scored.has(key)),
    result: {
      items: result.items.map(({ item, score }) => [item, score]),
      ...(result.nothing === undefined ? {} : { nothing: result.nothing }),
      propensity: result.propensity,
    },
  };
  return JSON.stringify(written);
}

/** The record behind such a text. The text is our own, and authenticated by its seal. */
export function decisionRecordOf(text: string): DecisionRecord {
  const written = JSON.parse(text) as Written;
  const { barred, context, facts, ...rest } = written.input;
  const weighed = ungroupFacts(facts);
  return {
    decision: written.decision,
    input: {
      ...rest,
      facts: weighed,
      context: context.map(([item, weight]) => ({ item, weight })),
      barred: ungroupBarred(barred),
    },
    result: { ...written.result, items: written.result.items.map(([item, score]) => ({ item, score })) },
    reads: [...written.readToo, ...weighed.map(({ key }) => key)].sort(),
    consentSeq: written.consentSeq,
  };
}

/** A fact's key ends in its thing (profile/merge.ts); what stands before it is shared by many. */
function groupFacts(facts: readonly WeighedFact[]): Grouped {
  const groups = new Map<string, [ItemId, number][]>();
  for (const { key, item, weight } of facts) push(groups, key.slice(0, key.length - item.length), [item, weight]);
  return sorted(groups);
}

function ungroupFacts(groups: Grouped): readonly WeighedFact[] {
  const facts = Object.entries(groups).flatMap(([before, list]) =>
    list.map(([item, weight]) => ({ key: `${before}${item}`, item, weight })),
  );
  return facts.sort((a, b) => compare(a.item, b.item) || compare(a.key, b.key));
}

function groupBarred(barred: readonly Barred[]): Grouped {
  const groups = new Map<string, [ItemId, number][]>();
  for (const { item, guard, number } of barred) push(groups, guard, [item, number]);
  return sorted(groups);
}

function ungroupBarred(groups: Grouped): readonly Barred[] {
  const barred = Object.entries(groups).flatMap(([guard, list]) =>
    // Written by `groupBarred` from a guard's name.
    list.map(([item, number]) => ({ item, guard: guard as GuardName, number })),
  );
  return barred.sort((a, b) => compare(a.item, b.item));
}

function push(groups: Map<string, [ItemId, number][]>, name: string, entry: [ItemId, number]): void {
  const list = groups.get(name);
  if (list === undefined) groups.set(name, [entry]);
  else list.push(entry);
}

/** Names in the order of RFC 8785: by UTF-16 units. None looks like an array index, which JSON.stringify would put first. */
function sorted(groups: ReadonlyMap<string, [ItemId, number][]>): Grouped {
  const out: Grouped = {};
  for (const name of [...groups.keys()].sort()) out[name] = groups.get(name) ?? [];
  return out;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
