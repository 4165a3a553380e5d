// People in memory: opens a person's journal when they are needed, keeps the recent ones, forgets the rest.
// The one place where stored bytes become a person.

import { base64, utf8 } from '../kernel/bytes.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import type { PersonId } from '../facts/ids.ts';
import { decisionCommitment, decisionSalt } from '../prove/leaf.ts';
import { UNKNOWN_ID, createCache } from './cache.ts';
import { entryOf, entryText, openPlain } from './journal.ts';
import { NO_DIGEST, type Person, dayKeyOf, foldDecision, foldEntry, newPerson } from './person.ts';
import type { Crypto, PersonKey, PersonKeys, SealedEntry, World } from './ports.ts';
import { openSnapshot } from './snapshot.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export interface People {
  /** The person, opened; `erased` when they left; `undefined` when nobody of that name is known. */
  get(id: PersonId): Promise<Person | 'erased' | undefined>;
  /** The same, without waiting, when the person is in memory. */
  cached(id: PersonId): Person | undefined;
  /** By pseudonym, for a decision's name; the id is not known then and stands empty. */
  byKey(key: PersonKey): Promise<Person | 'erased' | undefined>;
  /**
   * Like `get`, and makes keys for who is new. Durable: the keys exist before anything is sealed with them.
   */
  getOrCreate(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Person | 'erased'>>;
  forget(key: PersonKey): void;
  /**
   * What is in memory of them was never written: nobody may go on with it; whoever asks next loads them anew.
   */
  lose(person: Person): void;
  keyOf(id: PersonId): PersonKey;
  inMemory(): number;
}

export function createPeople(
  world: World,
  options: { readonly controller: string; readonly cachedMax: number },
): People {
  const cache = createCache(options.cachedMax);
  const loading = new Map<PersonKey, Promise<Person | 'erased' | undefined>>();

  const keyOf = (id: PersonId): PersonKey => cache.keyOf(id) ?? world.keys.personKey(options.controller, id);

  async function load(key: PersonKey, id: PersonId): Promise<Person | 'erased' | undefined> {
    const keys = await world.keys.get(key);
    if (keys === undefined || keys === 'erased') return keys;
    const person = await openPerson(world, { key, id, keys });
    // Made in the meantime (getOrCreate): that one has been spoken to already.
    return cache.find(key) ?? known(person, id);
  }

  /** Remembers the person, and the name if it was not known so far. */
  function known(person: Person, id: PersonId): Person {
    if (id !== UNKNOWN_ID) person.id = id;
    cache.remember(person);
    return person;
  }

  async function getByKey(key: PersonKey, id: PersonId): Promise<Person | 'erased' | undefined> {
    const found = cache.find(key);
    if (found !== undefined) return known(found, id);
    let under = loading.get(key);
    if (under === undefined) {
      under = load(key, id).finally(() => loading.delete(key));
      loading.set(key, under);
    }
    const loaded = await under;
    // Somebody else may have asked first, and by the pseudonym alone.
    if (typeof loaded === 'object' && loaded.id !== id && cache.find(key) === loaded) known(loaded, id);
    return loaded;
  }

  async function getOrCreate(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Person | 'erased'>> {
    const out = new Map<PersonId, Person | 'erased'>();
    const missing: PersonId[] = [];
    for (const id of ids) {
      const found = await getByKey(keyOf(id), id);
      if (found === undefined) missing.push(id);
      else out.set(id, found);
    }
    if (missing.length === 0) return out;
    const made = await world.keys.create(missing.map(keyOf));
    for (const id of missing) {
      const key = keyOf(id);
      const keys = made.get(key);
      if (keys === undefined) continue;
      const person = cache.find(key) ?? newPerson(key, id, readyKeys(world.crypto, keys), keys.revocations);
      out.set(id, known(person, id));
    }
    return out;
  }

  function lose(person: Person): void {
    person.lost = true;
    if (cache.find(person.key) === person) cache.forget(person.key);
  }

  const get = (id: PersonId): ReturnType<typeof getByKey> => getByKey(keyOf(id), id);
  const byKey = (key: PersonKey): ReturnType<typeof getByKey> => getByKey(key, UNKNOWN_ID);
  const { named: cached, forget, size: inMemory } = cache;
  return { get, cached, byKey, getOrCreate, forget, lose, keyOf, inMemory };
}

export function readyKeys(crypto: Crypto, keys: PersonKeys): Person['keys'] {
  return {
    profile: crypto.sealKey(keys.profile),
    evidence: crypto.sealKey(keys.evidence),
    evidenceRaw: keys.evidence,
  };
}

interface Opening {
  readonly key: PersonKey;
  readonly id: PersonId;
  readonly keys: PersonKeys;
}

/**
 * Reads snapshot and journal and folds them. What cannot be opened makes the person unreadable, which allows
 * nothing.
 */
async function openPerson(world: World, { key, id, keys }: Opening): Promise<Person> {
  const person = newPerson(key, id, readyKeys(world.crypto, keys), keys.revocations);
  const stored = await world.people.load(key);
  if (stored === undefined) return person;
  if (stored.snapshot !== undefined) {
    if (!openSnapshot(world.crypto, person, stored.snapshot, stored.snapshotSeq)) person.unreadable = true;
    person.nextSeq = stored.snapshotSeq + 1;
  }
  const read: Decisions = new Map();
  for (const entry of stored.entries) {
    replay(world.crypto, { person, read }, entry);
    person.nextSeq = entry.seq + 1;
  }
  commitOpen(world.crypto, person, read);
  return person;
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
  foldEntry(person, entry);
  if (entry.kind === 'decision') {
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
