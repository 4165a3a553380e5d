// People in memory: opens a person's journal when they are needed, keeps the recent ones, forgets the rest.
// The one place where stored bytes become a person.

import { equalBytes } from '../kernel/bytes.ts';
import type { PersonId } from '../facts/ids.ts';
import { type Cache, UNKNOWN_ID, createCache } from './cache.ts';
import { type CatchingUp, createCatchingUp, isFoldable } from './catching-up.ts';
import type { Person } from './person.ts';
import type { PersonKey, SealedEntry, World } from './ports.ts';
import { type ReadKeys, readingKeys } from './read-keys.ts';
import { type Opening, madeOf, readPerson, replayAll } from './replaying.ts';

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
  /**
   * Those of them who are known, each with every entry that was in the store when this was called or later.
   * Who is in memory is not read anew: only what others wrote since is (catching-up.ts).
   */
  caughtUp(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Person | 'erased'>>;
  /** The same of one, by pseudonym. */
  caughtUpByKey(key: PersonKey): Promise<Person | 'erased' | undefined>;
  /**
   * Whether the store may hold more of them than memory does, beside what this engine has on its way there.
   * Yes where that cannot be told.
   */
  mayBeBehind(person: Person): Promise<boolean>;
  /** Somebody else wrote to them lately: whoever decides had better catch up first. */
  roams(person: Person): boolean;
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
  const catching = createCatchingUp(world.people);
  const loading = new Map<PersonKey, Promise<Person | 'erased' | undefined>>();
  const { keysRead, isOutdated } = readingKeys(world);

  const keyOf = (id: PersonId): PersonKey => cache.keyOf(id) ?? world.keys.personKey(controller, id);

  async function load(key: PersonKey, id: PersonId): Promise<Person | 'erased' | undefined> {
    const atMs = world.clock.nowMs();
    const person = await readPerson(world, { key, id });
    if (typeof person !== 'object') return person;
    keysRead(person, atMs);
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

  function lose(person: Person): void {
    person.lost = true;
    if (isShared) catching.found(person.key, true);
    if (cache.find(person.key) === person) cache.forget(person.key);
  }

  function readNow(key: PersonKey, id: PersonId): ReturnType<typeof getByKey> {
    if (isShared) letGo(cache, loading, key);
    return getByKey(key, id);
  }
  const get = (id: PersonId): ReturnType<typeof getByKey> => getByKey(keyOf(id), id);
  const fresh = (id: PersonId): ReturnType<typeof getByKey> => readNow(keyOf(id), id);
  const byKey = (key: PersonKey): ReturnType<typeof getByKey> => readNow(key, UNKNOWN_ID);
  const { named: cached, forget, size: inMemory } = cache;
  const current = (id: PersonId): Person | undefined => (isShared ? undefined : cached(id));
  const { find: peek } = cache;
  const stored: People['stored'] = (named) => readPerson(world, named);
  const roams = ({ key }: Person): boolean => catching.roams(key);
  const mayBeBehind = comparingIn({ catching, isOutdated });
  const within = { world, cache, catching, isOutdated, isShared, readNow, keyOf, known };
  const { caughtUp, caughtUpByKey } = catchingUpIn(within);
  const getOrCreate = gettingOrCreatingIn({ ...within, getByKey, keysRead });
  return {
    ...{ get, cached, current, fresh, stored, caughtUp, caughtUpByKey, mayBeBehind, roams, peek, byKey },
    ...{ getOrCreate, forget, lose, keyOf, inMemory },
  };
}

function comparingIn({
  catching,
  isOutdated,
}: Pick<CatchingUpIn, 'catching' | 'isOutdated'>): People['mayBeBehind'] {
  return async (person) => {
    // What lies with the keys alone is in no journal.
    if (person.lost || person.leaving || (await isOutdated(person))) return true;
    const news = await catching.news({ key: person.key, nextSeq: settledOf(person) });
    if (news === undefined) return false;
    const { snapshotSeq = Infinity, entries } = news;
    return person.lost || snapshotSeq >= settledOf(person) || !entries.every((one) => isOurs(person, one));
  };
}

/** Confirmed to us meanwhile, or what we have sent and not been told of yet. */
function isOurs(person: Person, { seq, sealed }: SealedEntry): boolean {
  const ahead = seq - settledOf(person);
  const sent = person.underWay[ahead];
  return ahead < 0 || (sent !== undefined && equalBytes(sent, sealed));
}

interface CatchingUpIn {
  readonly world: World;
  readonly cache: Cache;
  readonly catching: CatchingUp;
  readonly isOutdated: (person: Person) => Promise<boolean>;
  readonly isShared: boolean;
  readonly readNow: (key: PersonKey, id: PersonId) => ReturnType<People['get']>;
  readonly keyOf: People['keyOf'];
  readonly known: (person: Person, id: PersonId) => Person;
}

function catchingUpIn({
  world: { crypto },
  cache,
  catching,
  isOutdated,
  isShared,
  readNow,
  keyOf,
  known,
}: CatchingUpIn): Pick<People, 'caughtUp' | 'caughtUpByKey'> {
  async function catchUp({ key, id }: Named): Promise<Person | 'erased' | undefined> {
    const fresh = (): ReturnType<typeof readNow> => readNow(key, id);
    const here = cache.find(key);
    if (here === undefined || here.leaving || !isShared) return fresh();
    if (isBusy(here)) return known(here, id);
    // The keys first: a no is counted before it is said.
    if (await isOutdated(here)) return fresh();
    const news = await catching.news(here);
    // Whoever counts them does not say where they are served.
    if (id !== UNKNOWN_ID) catching.found(key, news !== undefined);
    if (here.lost || cache.find(key) !== here) return fresh();
    // Whoever has begun to write meanwhile is told by the store whether they were first.
    if (news === undefined || isBusy(here)) return known(here, id);
    if (!isFoldable(here, news)) return fresh();
    // Somebody else may have folded the same, or written and read their own.
    const isNew = ({ seq }: SealedEntry): boolean => seq >= here.nextSeq;
    try {
      replayAll(crypto, here, news.entries.filter(isNew));
    } catch (error) {
      // Half of it is folded: nobody may go on with that.
      here.lost = true;
      cache.forget(key);
      throw error;
    }
    // Keys of another life, or bytes that nobody opens: only reading anew tells.
    return here.unreadable ? fresh() : known(here, id);
  }
  return {
    caughtUp: async (ids) => {
      const out = new Map<PersonId, Person | 'erased'>();
      const each = [...new Set(ids)].map(async (id) => {
        const found = await catchUp({ key: keyOf(id), id });
        if (found !== undefined) out.set(id, found);
      });
      await Promise.all(each);
      return out;
    },
    caughtUpByKey: (key) => catchUp({ key, id: UNKNOWN_ID }),
  };
}

function gettingOrCreatingIn({
  world,
  cache,
  keyOf,
  known,
  getByKey,
  keysRead,
}: Pick<CatchingUpIn, 'world' | 'cache' | 'keyOf' | 'known'> &
  Pick<ReadKeys, 'keysRead'> & {
    readonly getByKey: (key: PersonKey, id: PersonId) => ReturnType<People['get']>;
  }): People['getOrCreate'] {
  return async (ids) => {
    const out = new Map<PersonId, Person | 'erased'>();
    const missing: Named[] = [];
    const each = ids.map(async (id) => {
      const key = keyOf(id);
      const found = await getByKey(key, id);
      if (found === undefined) missing.push({ id, key });
      else out.set(id, found);
    });
    await Promise.all(each);
    const atMs = world.clock.nowMs();
    for (const made of await withKeys(world, missing)) {
      const person = cache.find(made.key) ?? madeOf(world.crypto, made);
      keysRead(person, atMs);
      out.set(made.id, known(person, made.id));
    }
    return out;
  };
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

/** Entries that are in the store for certain. */
const settledOf = ({ nextSeq, pending }: Person): number => nextSeq - pending;

/** Something of them is on its way into the store, or waits for its turn. */
function isBusy({ pending, withdrawing }: Person): boolean {
  return pending > 0 || withdrawing > 0;
}

/** Another engine wrote since the one in memory was read. */
function isBehind(here: Person, read: Person): boolean {
  return !isBusy(here) && here.nextSeq < read.nextSeq;
}
