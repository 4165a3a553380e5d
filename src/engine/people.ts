// People in memory: opens a person's journal when they are needed, keeps the recent ones, forgets the rest. The one place
// where stored bytes become a person.

import { base64, utf8 } from '../kernel/bytes.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import type { PersonId } from '../facts/ids.ts';
import { decisionCommitment, decisionSalt } from '../prove/leaf.ts';
import { entryText, openEntry } from './journal.ts';
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
  /** Like `get`, and makes keys for who is new. Durable: the keys exist before anything is sealed with them. */
  getOrCreate(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Person | 'erased'>>;
  forget(key: PersonKey): void;
  keyOf(id: PersonId): PersonKey;
  inMemory(): number;
}

const UNKNOWN_ID = '' as PersonId;

export function createPeople(world: World, options: { readonly controller: string; readonly cachedMax: number }): People {
  const cache = new Map<PersonKey, Person>();
  const loading = new Map<PersonKey, Promise<Person | 'erased' | undefined>>();
  // Pseudonyms are a keyed hash; remembering them for those in memory keeps the hash out of the warm path.
  const keysById = new Map<PersonId, PersonKey>();

  const keyOf = (id: PersonId): PersonKey => keysById.get(id) ?? world.keys.personKey(options.controller, id);

  function remember(person: Person): void {
    cache.delete(person.key);
    cache.set(person.key, person);
    if (person.id !== UNKNOWN_ID) keysById.set(person.id, person.key);
    if (cache.size <= options.cachedMax) return;
    for (const old of cache.values()) {
      if (old.pending > 0) continue;
      forget(old.key);
      return;
    }
  }

  function forget(key: PersonKey): void {
    const person = cache.get(key);
    cache.delete(key);
    if (person !== undefined) keysById.delete(person.id);
  }

  async function load(key: PersonKey, id: PersonId): Promise<Person | 'erased' | undefined> {
    const keys = await world.keys.get(key);
    if (keys === undefined || keys === 'erased') return keys;
    const person = await openPerson(world, { key, id, keys });
    remember(person);
    return person;
  }

  function getByKey(key: PersonKey, id: PersonId): Promise<Person | 'erased' | undefined> {
    const found = cache.get(key);
    if (found !== undefined && (found.id !== UNKNOWN_ID || id === UNKNOWN_ID)) {
      remember(found);
      return Promise.resolve(found);
    }
    // Known by pseudonym only so far: now the name is known too.
    if (found !== undefined) {
      found.id = id;
      remember(found);
      return Promise.resolve(found);
    }
    let under = loading.get(key);
    if (under === undefined) {
      under = load(key, id).finally(() => loading.delete(key));
      loading.set(key, under);
    }
    return under;
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
      const person = cache.get(key) ?? newPerson(key, id, readyKeys(world.crypto, keys), keys.revocations);
      remember(person);
      out.set(id, person);
    }
    return out;
  }

  return {
    get: (id) => getByKey(keyOf(id), id),
    cached: (id) => {
      const key = keysById.get(id);
      return key === undefined ? undefined : cache.get(key);
    },
    byKey: (key) => getByKey(key, UNKNOWN_ID),
    getOrCreate,
    forget,
    keyOf,
    inMemory: () => cache.size,
  };
}

export function readyKeys(crypto: Crypto, keys: PersonKeys): Person['keys'] {
  return { profile: crypto.sealKey(keys.profile), evidence: crypto.sealKey(keys.evidence), evidenceRaw: keys.evidence };
}

interface Opening {
  readonly key: PersonKey;
  readonly id: PersonId;
  readonly keys: PersonKeys;
}

/** Reads snapshot and journal and folds them. What cannot be opened makes the person unreadable, which allows nothing. */
async function openPerson(world: World, { key, id, keys }: Opening): Promise<Person> {
  const person = newPerson(key, id, readyKeys(world.crypto, keys), keys.revocations);
  const stored = await world.people.load(key);
  if (stored === undefined) return person;
  if (stored.snapshot !== undefined) {
    if (!openSnapshot(world.crypto, person, stored.snapshot, stored.snapshotSeq)) person.unreadable = true;
    person.nextSeq = stored.snapshotSeq + 1;
  }
  for (const entry of stored.entries) {
    replay(world.crypto, person, entry);
    person.nextSeq = entry.seq + 1;
  }
  return person;
}

function replay(crypto: Crypto, person: Person, sealed: SealedEntry): void {
  const entry = openEntry(crypto, person.keys, person.key, sealed);
  if (entry === undefined) {
    person.unreadable = true;
    return;
  }
  foldEntry(person, entry);
  if (entry.kind === 'decision') {
    foldDecision(person, entry.record);
    addToDigest(person, { seq: sealed.seq, timeMs: entry.record.input.timeMs, commitment: commitmentOf(crypto, person, sealed.seq, entry.record) });
  }
  if (entry.kind === 'digest') closeDigest(person, entry.digest.record);
}

/** Commitment to a decision, from its record. The hot path has the digest of the bytes already and does not come here. */
export function commitmentOf(crypto: Crypto, person: Person, seq: number, record: DecisionRecord): Uint8Array {
  const salt = decisionSalt(dayKeyOf(person, record.input.timeMs), seq);
  return decisionCommitment(salt, crypto.sha256(crypto.utf8(entryText({ kind: 'decision', record }))));
}

export function addToDigest(person: Person, made: { readonly seq: number; readonly timeMs: number; readonly commitment: Uint8Array }): void {
  person.open ??= { fromMs: made.timeMs, seqs: [], commitments: [] };
  person.open.seqs.push(made.seq);
  person.open.commitments.push(base64(made.commitment));
}

/** After a digest was written: its record names how many of the open decisions it covers. */
export function closeDigest(person: Person, recordText: string): void {
  const { count } = JSON.parse(recordText) as { readonly count: number };
  const left = person.open;
  person.open = undefined;
  person.digest = { nextSeq: person.digest.nextSeq + 1, prev: recordText === '' ? NO_DIGEST : sha256Hex(utf8(recordText)) };
  if (left === undefined || left.seqs.length <= count) return;
  person.open = { fromMs: left.fromMs, seqs: left.seqs.slice(count), commitments: left.commitments.slice(count) };
}
