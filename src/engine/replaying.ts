// How stored bytes become a person: keys made ready, the snapshot opened, the journal folded entry by entry.

import { base64, equalBytes, utf8 } from '../kernel/bytes.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import type { PersonId } from '../facts/ids.ts';
import { decisionCommitment, decisionSalt } from '../prove/leaf.ts';
import { entryOf, entryText, openPlain } from './journal.ts';
import { NO_DIGEST, type Person, dayKeyOf, foldDecision, foldEntry, newPerson } from './person.ts';
import type { Crypto, PersonKey, PersonKeys, SealedEntry, World } from './ports.ts';
import { openSnapshot } from './snapshot.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export function madeOf(crypto: Crypto, { key, id, keys }: Opening): Person {
  return newPerson(key, id, readyKeys(crypto, keys), keys.revocations);
}

export function readyKeys(crypto: Crypto, keys: PersonKeys): Person['keys'] {
  return {
    profile: crypto.sealKey(keys.profile),
    evidence: crypto.sealKey(keys.evidence),
    evidenceRaw: keys.evidence,
  };
}

/** Somebody whose journal is to be read. */
export interface Opening {
  readonly key: PersonKey;
  readonly id: PersonId;
  readonly keys: PersonKeys;
}

/**
 * The person as keys and journal say, which lie in two stores and are read one after the other. Where the
 * journal was stripped by an erasure, the keys may have been read before it: then a person without facts, and
 * with keys that no longer exist, would stand there as if they were new. Keys go first in an erasure, so
 * whoever sees it in the journal asks for them again.
 */
export async function readPerson(
  world: World,
  { key, id }: Pick<Opening, 'key' | 'id'>,
): Promise<Person | 'erased' | undefined> {
  let keys = await world.keys.get(key);
  while (typeof keys === 'object') {
    const { person, wasErased } = await openPerson(world, { key, id, keys });
    if (!wasErased) return person;
    const now = await world.keys.get(key);
    if (typeof now === 'object' && equalBytes(now.evidence, keys.evidence)) return person;
    keys = now;
  }
  return keys;
}

interface Opened {
  readonly person: Person;
  /** Somebody of that name left, in this life or in one before it. */
  readonly wasErased: boolean;
}

/**
 * Reads snapshot and journal and folds them. What cannot be opened makes the person unreadable, which allows
 * nothing.
 */
async function openPerson(world: World, { key, id, keys }: Opening): Promise<Opened> {
  const person = madeOf(world.crypto, { key, id, keys });
  const stored = await world.people.load(key);
  if (stored === undefined) return { person, wasErased: false };
  if (stored.snapshot !== undefined) {
    if (!openSnapshot(world.crypto, person, stored.snapshot, stored.snapshotSeq)) person.unreadable = true;
  }
  // Also without a snapshot: numbers of a life before this one are taken.
  person.nextSeq = stored.snapshotSeq + 1;
  person.snapshotSeq = stored.snapshotSeq;
  replayAll(world.crypto, person, stored.entries);
  return { person, wasErased: stored.snapshot === undefined && stored.snapshotSeq >= 0 };
}

/** Folds what comes next in the journal. */
export function replayAll(crypto: Crypto, person: Person, entries: readonly SealedEntry[]): void {
  const read: Decisions = new Map();
  for (const entry of entries) {
    replay(crypto, { person, read }, entry);
    person.nextSeq = entry.seq + 1;
  }
  if (read.size > 0) commitOpen(crypto, person, read);
}

/** Decisions that were read, by their number: when, and the bytes that are committed to. */
type Decisions = Map<number, { readonly timeMs: number; readonly plain: Uint8Array }>;

interface Reading {
  readonly person: Person;
  readonly read: Decisions;
}

function replay(crypto: Crypto, { person, read }: Reading, sealed: SealedEntry): void {
  const plain = openPlain(crypto, person.keys, person.key, sealed);
  if (plain === undefined) {
    person.unreadable = true;
    return;
  }
  const entry = entryOf(sealed.kind, crypto.text(plain));
  // A decision changes nothing of what the door lets through: what was seen there a moment ago holds.
  if (entry.kind !== 'decision') foldEntry(person, entry);
  else {
    foldDecision(person, entry.record);
    const { timeMs } = entry.record.input;
    read.set(sealed.seq, { timeMs, plain });
    addToDigest(person, { seq: sealed.seq, timeMs, commitment: NOT_YET });
  }
  if (entry.kind === 'digest') closeDigest(person, entry.digest.record);
}

const NOT_YET = new Uint8Array(0);

/**
 * Commitments of the decisions that no digest covers: most of a journal's are covered, and a commitment costs
 * as much as opening the entry.
 */
function commitOpen(crypto: Crypto, person: Person, read: Decisions): void {
  const { seqs, commitments } = person.open ?? { seqs: [], commitments: [] };
  for (const [at, seq] of seqs.entries()) {
    const decision = read.get(seq);
    // Those of a snapshot came with their commitments.
    if (decision === undefined) continue;
    const salt = decisionSalt(dayKeyOf(person, decision.timeMs), seq);
    commitments[at] = base64(decisionCommitment(salt, crypto.sha256(decision.plain)));
  }
}

/**
 * Commitment to a decision, from its record. The hot path has the digest of the bytes already and does not
 * come here.
 */
export function commitmentOf(
  crypto: Crypto,
  person: Person,
  seq: number,
  record: DecisionRecord,
): Uint8Array {
  const salt = decisionSalt(dayKeyOf(person, record.input.timeMs), seq);
  return decisionCommitment(salt, crypto.sha256(crypto.utf8(entryText({ kind: 'decision', record }))));
}

export function addToDigest(
  person: Person,
  made: { readonly seq: number; readonly timeMs: number; readonly commitment: Uint8Array },
): void {
  person.open ??= { fromMs: made.timeMs, seqs: [], commitments: [] };
  person.open.seqs.push(made.seq);
  person.open.commitments.push(base64(made.commitment));
}

/** After a digest was written: its record names how many of the open decisions it covers. */
function closeDigest(person: Person, recordText: string): void {
  const { count } = JSON.parse(recordText) as { readonly count: number };
  const left = person.open;
  person.open = undefined;
  person.digest = {
    nextSeq: person.digest.nextSeq + 1,
    prev: recordText === '' ? NO_DIGEST : sha256Hex(utf8(recordText)),
  };
  if (left === undefined || left.seqs.length <= count) return;
  person.open = {
    fromMs: left.fromMs,
    seqs: left.seqs.slice(count),
    commitments: left.commitments.slice(count),
  };
}
