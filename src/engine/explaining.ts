// Why: the facts that made a decision, their share, what would change without each, and what was held back.
// Computed again from the record, the model and the catalogue of then; that this gives the very same bytes is
// the replay.

import { utf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/canonical.ts';
import { decide } from '../decide/decide.ts';
import { withoutFact, withoutThing } from '../decide/explain.ts';
import { decisionRecordText } from '../decide/record.ts';
import {
  type DecisionInput,
  type DecisionRecord,
  type DecisionResult,
  type Held,
  RULES_NEWEST,
  keptOf,
} from '../facts/decision.ts';
import type { ControllerId, DecisionId } from '../facts/ids.ts';
import { Fault } from '../kernel/fault.ts';
import { decisionDigest } from '../prove/chain.ts';
import { decisionSalt, personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import { decisionReceiptText } from '../prove/receipt.ts';
import type { Core } from './core.ts';
import { openEntry } from './journal.ts';
import { commitmentOf } from './replaying.ts';
import { type Person, dayKeyOf } from './person.ts';

export interface Found {
  readonly person: Person;
  readonly seq: number;
  readonly record: DecisionRecord;
}

/** The record behind a decision's name; `undefined` when there is none (any more). */
export async function findDecision(core: Core, name: DecisionId): Promise<Found | undefined> {
  const place = core.names.place(name);
  if (place === undefined) return undefined;
  const person = await core.people.byKey(place.person);
  if (person === undefined || person === 'erased') return undefined;
  await core.witness.flush();
  const sealed = await core.world.people.entry(place.person, place.seq);
  const entry =
    sealed === undefined ? undefined : openEntry(core.world.crypto, person.keys, person.key, sealed);
  if (entry?.kind !== 'decision' || entry.record.decision !== name) return undefined;
  return { person, seq: place.seq, record: entry.record };
}

/** Decides again from the record. Fault `not-kept` when model, catalogue or policy of then are gone. */
async function decideAgain(
  core: Core,
  record: DecisionRecord,
  input = record.input,
): Promise<DecisionResult> {
  if ((record.input.rules ?? 0) > RULES_NEWEST)
    throw new Fault('not-kept', 'A newer version of Fineline made that decision; ask a node that has it.', {
      retry: 'never',
    });
  const policy = await core.shelves.pastPolicy(record.input.policy);
  const placement = policy.placements.find(({ id }) => id === record.input.placement);
  if (placement === undefined)
    throw new Fault('not-kept', 'The placement of that decision is no longer known.', { retry: 'never' });
  const { shelf, scratch } = await core.shelves.past(record.input, policy);
  return decide({ input, placement, line: policy, shelf, scratch });
}

export interface Replayed {
  readonly same: boolean;
  readonly recorded: string;
  readonly replayed: string;
}

/** Byte for byte. */
export async function replayDecision(core: Core, { record }: Found): Promise<Replayed> {
  const again = await decideAgain(core, record);
  const recorded = decisionRecordText(record);
  const replayed = decisionRecordText({ ...record, result: keptOf(again) });
  return { same: recorded === replayed, recorded, replayed };
}

export interface WithoutFact {
  readonly fact: string;
  /** Items that would not have been in the list. */
  readonly gone: readonly string[];
  /** Items that would have taken their place. */
  readonly instead: readonly string[];
}

export interface WithoutThing extends Omit<WithoutFact, 'fact'> {
  readonly item: string;
}

export interface Why {
  readonly record: DecisionRecord;
  readonly result: DecisionResult;
  readonly without: readonly WithoutFact[];
  /** The same of each thing that was in front of the person; of a next click alone, where these lead. */
  readonly withoutThing?: readonly WithoutThing[];
  readonly held: readonly Held[];
  /** With whom the joint model was learned that spoke beside the shop’s own; absent where none did. */
  readonly learnedWith?: readonly ControllerId[];
}

/** `held` is told to the person alone: the surface decides who asks. */
export async function explainDecision(core: Core, { record }: Found): Promise<Why> {
  const result = await decideAgain(core, record);
  const chosen = result.items.map(({ item }) => item);
  const change = async (input: DecisionInput): Promise<Omit<WithoutFact, 'fact'>> => {
    const other = await decideAgain(core, record, input);
    const items = other.items.map(({ item }) => item);
    const gone = chosen.filter((item) => !items.includes(item));
    return { gone, instead: items.filter((item) => !chosen.includes(item)) };
  };
  const without: WithoutFact[] = [];
  for (const key of factsBehind(record.input))
    without.push({ fact: key, ...(await change(withoutFact(record.input, key))) });
  const withoutThings: WithoutThing[] = [];
  for (const item of thingsBehind(record.input))
    withoutThings.push({ item, ...(await change(withoutThing(record.input, item))) });
  const things = withoutThings.length === 0 ? {} : { withoutThing: withoutThings };
  const why = { record, result, without, ...things, held: result.held };
  if (record.input.joint === undefined) return why;
  const { joint } = await core.shelves.pastPolicy(record.input.policy);
  return { ...why, learnedWith: joint?.with ?? [] };
}

/** Of a next click what it was led by; of other strategies a thing is what the answer is about. */
function thingsBehind({ nextClick, context }: DecisionInput): ReadonlySet<string> {
  return new Set(nextClick === undefined ? [] : context.map(({ item }) => item));
}

/** What scored, and what spoke for or against the audience of the slot. */
function factsBehind({ facts, audience }: DecisionInput): ReadonlySet<string> {
  const grounds = audience?.grounds.flatMap((one) => one.facts.map(([key]) => key)) ?? [];
  return new Set([...facts.map(({ key }) => key), ...grounds]);
}

/** The `.tlog-proof` of a decision once its digest is in the log; `undefined` before. */
export async function decisionProof(core: Core, found: Found): Promise<string | undefined> {
  const { person, seq, record } = found;
  const group = await digestGroup(core, person, seq);
  if (group === undefined) return undefined;
  const commitments = group.decisions.map((of) => commitmentOf(core.world.crypto, person, of.seq, of.record));
  const digestRecord = JSON.parse(group.digest) as {
    readonly seq: number;
    readonly prev: string;
    readonly from: number;
    readonly to: number;
  };
  const { path } = decisionDigest({ ...digestRecord, commitments });
  const salt = recordSalt({
    evidenceKey: person.keys.evidenceRaw,
    chain: 'decisions',
    seq: digestRecord.seq,
  });
  const placed = await core.world.log.inclusion(personalLeaf(recordCommitment(salt, utf8(group.digest))));
  if (placed === undefined) return undefined;
  const index = group.decisions.findIndex((of) => of.seq === seq);
  const plain = JSON.parse(decisionRecordText(record)) as JsonObject;
  const opened = {
    record: plain,
    salt: decisionSalt(dayKeyOf(person, record.input.timeMs), seq),
    index,
    path: path(index),
  };
  return decisionReceiptText(placed, { record: JSON.parse(group.digest) as JsonObject, salt }, opened);
}

interface Group {
  readonly digest: string;
  readonly decisions: readonly { readonly seq: number; readonly record: DecisionRecord }[];
}

/**
 * The digest that covers a decision, with all the decisions it covers: those between it and the digest
 * before, in order.
 */
async function digestGroup(core: Core, person: Person, seq: number): Promise<Group | undefined> {
  let decisions: { seq: number; record: DecisionRecord }[] = [];
  for (const sealed of await core.world.people.history(person.key, ['decision', 'digest'])) {
    const entry = openEntry(core.world.crypto, person.keys, person.key, sealed);
    if (entry?.kind === 'decision') decisions.push({ seq: sealed.seq, record: entry.record });
    if (entry?.kind !== 'digest') continue;
    const { count } = JSON.parse(entry.digest.record) as { readonly count?: number };
    const covered = decisions.slice(0, count ?? 0);
    if (covered.some((of) => of.seq === seq))
      return covered.length === count ? { digest: entry.digest.record, decisions: covered } : undefined;
    decisions = decisions.slice(covered.length);
  }
  return undefined;
}
