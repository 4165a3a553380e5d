// The bytes of a decision: what is sealed, committed to the log and compared at replay. Names are written in
// sorted order, so that the text is exactly the canonical form of RFC 8785 (a test holds the two together) at
// a fifth of the cost. What repeats is written once: a record of thirty facts has 2 KB instead of 8, and
// sealing, hashing and writing cost by the byte.

import type { AudienceSeen } from '../facts/audience.ts';
import type { Pressure } from '../facts/contact.ts';
import type {
  Barred,
  ContextItem,
  DecisionInput,
  DecisionRecord,
  GuardName,
  ScoredItem,
  WeighedFact,
} from '../facts/decision.ts';
import type { ItemId } from '../facts/ids.ts';

/** Tuples under what they have in common: `[thing, number]`. */
type Grouped = Record<string, [ItemId, number][]>;
/** Of a fact that stands in orders, their numbers behind its weight. */
type GroupedFacts = Record<string, [item: ItemId, weight: number, orders?: readonly number[]][]>;

interface Written {
  readonly consentSeq: number;
  readonly decision: DecisionRecord['decision'];
  readonly input: Omit<DecisionInput, 'barred' | 'context' | 'facts'> & {
    readonly barred: Grouped;
    readonly context: [ItemId, number][];
    readonly facts: GroupedFacts;
  };
  /** Facts that were read but do not score. */
  readonly readToo: readonly string[];
  readonly result: {
    readonly items: [ItemId, number][];
    readonly nothing?: NonNullable<DecisionRecord['result']['nothing']>;
    readonly propensity: number;
    readonly subject?: string;
  };
}

export function decisionRecordText({ consentSeq, decision, input, reads, result }: DecisionRecord): string {
  const q = quoted;
  const refused = input.refused === undefined ? '' : `,"refused":${q(input.refused)}`;
  const complements = input.complements === undefined ? '' : `,"complements":${q(input.complements)}`;
  const campaign = input.campaign === undefined ? '' : `"campaign":${q(input.campaign)},`;
  const pressure = input.pressure === undefined ? '' : `,"pressure":${pressureText(input.pressure)}`;
  const rules = input.rules === undefined ? '' : `,"rules":${input.rules}`;
  const shadow = input.shadow === undefined ? '' : `,"shadow":${q(input.shadow)}`;
  const declared = input.declared === undefined ? '' : `"declared":${JSON.stringify(input.declared)},`;
  const fatigue = input.fatigue === undefined ? '' : `"fatigue":${JSON.stringify(input.fatigue)},`;
  const figures = input.figures === undefined ? '' : `"figures":${JSON.stringify(input.figures)},`;
  const joint = input.joint === undefined ? '' : `"joint":${q(input.joint)},`;
  const stops = input.stops === undefined ? '' : `"stops":${q(input.stops)},`;
  const next = input.nextBasket === undefined ? '' : `"nextBasket":${q(input.nextBasket)},`;
  const clicks = input.nextClick === undefined ? '' : `"nextClick":${q(input.nextClick)},`;
  const audience = input.audience === undefined ? '' : `"audience":${audienceText(input.audience)},`;
  const language = input.language === undefined ? '' : `"language":${q(input.language)},`;
  const within = input.within === undefined ? '' : `,"within":${JSON.stringify(input.within)}`;
  const subject = result.subject === undefined ? '' : `,"subject":${JSON.stringify(result.subject)}`;
  const nothing = result.nothing === undefined ? '' : `"nothing":${q(result.nothing)},`;
  // Names in sorted order, level by level.
  const inputText =
    `{${audience}"barred":${barredText(input.barred)},${campaign}"catalogue":${input.catalogue}` +
    `,"channel":${q(input.channel)}${complements}` +
    `,"context":${contextText(input.context)},${declared}"facts":${factsText(input.facts)}` +
    `,${fatigue}${figures}${joint}${language}"limit":${input.limit}` +
    `,"model":${q(input.model)},${next}${clicks}"pack":${q(input.pack)},"placement":${q(input.placement)}` +
    `,"policy":${q(input.policy)}${pressure}` +
    `,"purpose":${q(input.purpose)}${refused}${rules},"seed":${JSON.stringify(input.seed)}${shadow}` +
    `,"shown":${input.shown},${stops}"timeMs":${input.timeMs},"v":${input.v}${within}}`;
  const { items, propensity } = result;
  const resultText = `{"items":${itemsText(items)},${nothing}"propensity":${propensity}${subject}}`;
  return (
    `{"consentSeq":${consentSeq},"decision":${JSON.stringify(decision)},"input":${inputText}` +
    `,"readToo":${readTooText(reads, input.facts)},"result":${resultText}}`
  );
}

/** Names as JSON. A shop says the same ones in every record. */
const quotedNames = new Map<string, string>();
const NAMES_KEPT_MAX = 100_000;

function quoted(name: string): string {
  let text = quotedNames.get(name);
  if (text !== undefined) return text;
  text = JSON.stringify(name);
  if (quotedNames.size >= NAMES_KEPT_MAX) quotedNames.clear();
  quotedNames.set(name, text);
  return text;
}

function contextText(context: readonly ContextItem[]): string {
  return JSON.stringify(context.map(({ item, weight }) => [item, weight]));
}

/** As JSON.stringify writes pairs of thing and score; both are finite. */
function itemsText(items: readonly ScoredItem[]): string {
  let text = '[';
  let comma = '';
  for (const { item, score } of items) {
    text += `${comma}[${quoted(item)},${score}]`;
    comma = ',';
  }
  return `${text}]`;
}

/** Names in sorted order, as everywhere. */
function audienceText({ name, size, grounds }: AudienceSeen): string {
  const listed = grounds.map(({ facts, unknown }) => (unknown === true ? { facts, unknown } : { facts }));
  return `{"grounds":${JSON.stringify(listed)},"name":${JSON.stringify(name)},"size":"${size}"}`;
}

/** Names in sorted order, as everywhere. */
function pressureText({ leaves, stop }: Pressure): string {
  const listed = leaves.map(({ item, number }) => ({ item, number }));
  const stopped = stop === undefined ? '' : `,"stop":{"by":"${stop.by}","number":${stop.number}}`;
  return `{"leaves":${JSON.stringify(listed)}${stopped}}`;
}

// A person's facts stay the same objects between decisions (engine/seen.ts), so their text is made once for
// as long as they live.
const factTexts = new WeakMap<readonly WeighedFact[], string>();
const barredTexts = new WeakMap<readonly Barred[], string>();
const readTooTexts = new WeakMap<
  readonly string[],
  { readonly facts: readonly WeighedFact[]; readonly text: string }
>();

function factsText(facts: readonly WeighedFact[]): string {
  let text = factTexts.get(facts);
  if (text === undefined) factTexts.set(facts, (text = JSON.stringify(groupFacts(facts))));
  return text;
}

function barredText(barred: readonly Barred[]): string {
  let text = barredTexts.get(barred);
  if (text === undefined) barredTexts.set(barred, (text = JSON.stringify(groupBarred(barred))));
  return text;
}

function readTooText(reads: readonly string[], facts: readonly WeighedFact[]): string {
  const kept = readTooTexts.get(reads);
  if (kept?.facts === facts) return kept.text;
  const scored = new Set(facts.map(({ key }) => key));
  const text = JSON.stringify(reads.filter((key) => !scored.has(key)));
  readTooTexts.set(reads, { facts, text });
  return text;
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
function groupFacts(facts: readonly WeighedFact[]): GroupedFacts {
  const groups = new Map<string, [ItemId, number, (readonly number[])?][]>();
  for (const { key, item, weight, orders } of facts) {
    const before = key.slice(0, key.length - item.length);
    push(groups, before, orders === undefined ? [item, weight] : [item, weight, orders]);
  }
  return sorted(groups);
}

function ungroupFacts(groups: GroupedFacts): readonly WeighedFact[] {
  const facts = Object.entries(groups).flatMap(([before, list]) =>
    list.map(([item, weight, orders]) => ({
      ...{ key: `${before}${item}`, item, weight },
      ...(orders === undefined ? {} : { orders }),
    })),
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

function push<T>(groups: Map<string, T[]>, name: string, entry: T): void {
  const list = groups.get(name);
  if (list === undefined) groups.set(name, [entry]);
  else list.push(entry);
}

/**
 * Names in the order of RFC 8785: by UTF-16 units. None looks like an array index, which JSON.stringify would
 * put first.
 */
function sorted<T>(groups: ReadonlyMap<string, T[]>): Record<string, T[]> {
  const out: Record<string, T[]> = {};
  for (const name of [...groups.keys()].sort()) out[name] = groups.get(name) ?? [];
  return out;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
