// People in memory: opens a person's journal when they are needed, keeps the recent ones, forgets the rest.
// The one place where stored bytes become a person.

import { base64, utf8 } from '../kernel/bytes.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import type { PersonId } from '../facts/ids.ts';
import { decisionCommitment, decisionSalt } from '../prove/leaf.ts';
import { type Cache, UNKNOWN_ID, createCache } from './cache.ts';
import { entryOf, entryText, openPlain } from './journal.ts';
import { NO_DIGEST, type Person, dayKeyOf, foldDecision, foldEntry, newPerson } from './person.ts';
import type { Crypto, PersonKey, PersonKeys, SealedEntry, World } from './ports.ts';
import { openSnapshot } from './snapshot.ts';
import { sha256Hex } from '../kernel/sha256.ts';

export interface People {
  /** The person, opened; `erased` when they left; `undefined` when nobody of that name is known. */
  get(id: PersonId): Promise<Person | 'erased' | undefined>;
  /**
   * The same, without waiting, when the person is in memory. Where other engines write too it may be behind:
   * good for whoever writes an entry before answering (racing.ts).
   */
  cached(id: PersonId): Person | undefined;
  /** Without waiting, when the person is in memory and nobody else writes. */
  current(id: PersonId): Person | undefined;
  /**
   * The same, as it is in the store now: where other engines write too, memory may be behind. What is on its
   * way into the store is not read over.
   */
  fresh(id: PersonId): Promise<Person | 'erased' | undefined>;
  /** As it is in the store now, without what is on its way; nobody else is handed this one. */
  stored(person: Pick<Person, 'key' | 'id'>): Promise<Person | 'erased' | undefined>;
  /** By pseudonym, when the person is in memory; behind where other engines wrote since. */
  peek(key: PersonKey): Person | undefined;
  /** Like `fresh`, by pseudonym, for a decision's name; the id is not known then and stands empty. */
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

export interface PeopleOptions {
  readonly controller: string;
  readonly cachedMax: number;
  /** Other engines write to the same store. */
  readonly isShared: boolean;
}

export function createPeople(world: World, { controller, cachedMax, isShared }: PeopleOptions): People {
  const cache = createCache(cachedMax);
  const loading = new Map<PersonKey, Promise<Person | 'erased' | undefined>>();

  const keyOf = (id: PersonId): PersonKey => cache.keyOf(id) ?? world.keys.personKey(controller, id);

  async function load(key: PersonKey, id: PersonId): Promise<Person | 'erased' | undefined> {
    const keys = await world.keys.get(key);
    if (keys === undefined || keys === 'erased') return keys;
    const person = await openPerson(world, { key, id, keys });
    const here = cache.find(key);
    // Made in the meantime (getOrCreate): that one has been spoken to already.
    return here === undefined || (isShared && isBehind(here, person)) ? known(person, id) : here;
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
    const missing: Named[] = [];
    for (const id of ids) {
      const key = keyOf(id);
      const found = await getByKey(key, id);
      if (found === undefined) missing.push({ id, key });
      else out.set(id, found);
    }
    for (const made of await withKeys(world, missing))
      out.set(made.id, known(cache.find(made.key) ?? madeOf(world.crypto, made), made.id));
    return out;
  }

  function lose(person: Person): void {
    person.lost = true;
    if (cache.find(person.key) === person) cache.forget(person.key);
  }

  const get = (id: PersonId): ReturnType<typeof getByKey> => getByKey(keyOf(id), id);
  function fresh(id: PersonId): ReturnType<typeof getByKey> {
    if (isShared) letGo(cache, loading, keyOf(id));
    return get(id);
  }
  function byKey(key: PersonKey): ReturnType<typeof getByKey> {
    if (isShared) letGo(cache, loading, key);
    return getByKey(key, UNKNOWN_ID);
  }
  const { named: cached, forget, size: inMemory } = cache;
  const current = (id: PersonId): Person | undefined => (isShared ? undefined : cached(id));
  const { find: peek } = cache;
  const stored: People['stored'] = (named) => openStored(world, named);
  return { get, cached, current, fresh, stored, peek, byKey, getOrCreate, forget, lose, keyOf, inMemory };
}

/** So that they are read again, unless something of them is on its way. */
function letGo(cache: Cache, loading: Map<PersonKey, unknown>, key: PersonKey): void {
  const found = cache.find(key);
  if (found !== undefined && !isBusy(found)) cache.forget(key);
  // What is being read may have been read before somebody wrote.
  loading.delete(key);
}

interface Named {
  readonly id: PersonId;
  readonly key: PersonKey;
}

/** Those for whom there are keys now. */
async function withKeys(world: World, missing: readonly Named[]): Promise<readonly Opening[]> {
  if (missing.length === 0) return [];
  const made = await world.keys.create(missing.map(({ key }) => key));
  return missing.flatMap(({ id, key }) => {
    const keys = made.get(key);
    return keys === undefined ? [] : [{ id, key, keys }];
  });
}

/** Something of them is on its way into the store, or waits for its turn. */
function isBusy({ pending, withdrawing }: Person): boolean {
  return pending > 0 || withdrawing > 0;
}

/** Another engine wrote since the one in memory was read. */
function isBehind(here: Person, read: Person): boolean {
  return !isBusy(here) && here.nextSeq < read.nextSeq;
}

function madeOf(crypto: Crypto, { key, id, keys }: Opening): Person {
  return newPerson(key, id, readyKeys(crypto, keys), keys.revocations);
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

async function openStored(world: World, { key, id }: Named): Promise<Person | 'erased' | undefined> {
  const keys = await world.keys.get(key);
  return typeof keys === 'object' ? openPerson(world, { key, id, keys }) : keys;
}

/**
 * Reads snapshot and journal and folds them. What cannot be opened makes the person unreadable, which allows
 * nothing.
 */
async function openPerson(world: World, { key, id, keys }: Opening): Promise<Person> {
  const person = madeOf(world.crypto, { key, id, keys });
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
