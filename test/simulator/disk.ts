// A simulated disk: the memory stores, behind delays and failures. What is durable is the list of writes that were
// carried out; a crash keeps that list, a backup remembers how long it was, a restore carries out its beginning
// again. Keys stand apart: they are in no backup.
//
// A write can be slow, fail before anything happened, or be carried out and reported as failed. One that is under
// way when the process dies is carried out or not, by chance, and nobody hears of it. Tearing below that, inside a
// transaction, is the business of the adapters' own crash tests.

import { type MemoryStore, memoryStore } from '../../src/adapters/memory/store.ts';
import type { Entropy, KeyStore, PersonKey, World } from '../../src/engine/ports.ts';
import { EVIDENCE_KINDS } from '../../src/engine/journal.ts';
import { Fault } from '../../src/kernel/fault.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Timeline } from './timeline.ts';

type Work<T> = (store: MemoryStore) => Promise<T>;

export interface Disk {
  /** The stores as a process sees them that was started just now. */
  ports(): Pick<World, 'people' | 'keys' | 'catalogue' | 'documents'>;
  /** What is there, without delay or failure: for checkers. */
  bare(): MemoryStore;
  /** The process dies. */
  crash(): Promise<void>;
  backup(): number;
  /** Puts an older state in place; whoever was erased since stays erased. The process must be dead. */
  restore(backup: number): Promise<void>;
  /** Whether nothing is read or written at the moment. */
  isQuiet(): boolean;
  /** Writes that failed so far. */
  failures(): number;
  /** From now on nothing fails any more. */
  calm(): void;
}

export interface DiskOptions {
  readonly entropy: Entropy;
  readonly random: Random;
  readonly timeline: Timeline;
  /** One write in so many fails. */
  readonly failsOneIn: number;
}

const PEOPLE_MAX = 1_000_000;

const diskFault = (): Fault => new Fault('disk-full', 'the simulated disk failed', { retry: 'later' });

export function createDisk({ entropy, random, timeline, failsOneIn }: DiskOptions): Disk {
  let store = memoryStore({ entropy });
  const keys: KeyStore = store.keys;
  let done: Work<unknown>[] = [];
  let life = 0;
  let isCalm = false;
  let failures = 0;
  let reads = 0;
  const underWay = new Set<() => Promise<unknown>>();

  /** Keys are not part of the list: it is what a backup holds. */
  const carryOut = async <T>(work: Work<T>, isKey: boolean): Promise<T> => {
    const result = await work(store);
    if (!isKey) done.push(work);
    return result;
  };
  function writing<T>(born: number, work: Work<T>, isKey = false): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = (): Promise<T> => carryOut(work, isKey);
      underWay.add(run);
      timeline.after(1 + random.below(random.below(50) === 0 ? 2000 : 12), () => {
        underWay.delete(run);
        if (born !== life) return;
        const fate = isCalm ? 2 : random.below(2 * failsOneIn);
        if (fate < 2) failures += 1;
        if (fate === 0) reject(diskFault());
        else if (fate === 1) run().then(() => reject(diskFault()), reject);
        else run().then(resolve, reject);
      });
    });
  }
  function reading<T>(born: number, work: Work<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      reads += 1;
      timeline.after(random.below(4), () => {
        if (born !== life) return;
        reads -= 1;
        work(store).then(resolve, reject);
      });
    });
  }

  function ports(): ReturnType<Disk['ports']> {
    const born = life;
    const read = <T>(work: Work<T>): Promise<T> => reading(born, work);
    const write = <T>(work: Work<T>): Promise<T> => writing(born, work);
    const turn = <T>(work: () => Promise<T>): Promise<T> => writing(born, work, true);
    return {
      people: {
        load: (person) => read((s) => s.people.load(person)),
        history: (person, kinds) => read((s) => s.people.history(person, kinds)),
        entry: (person, seq) => read((s) => s.people.entry(person, seq)),
        append: (batch) => write((s) => s.people.append(batch)),
        compact: (person, snapshot) => write((s) => s.people.compact(person, snapshot)),
        erase: (person, options) => write((s) => s.people.erase(person, options)),
        purge: (person) => write((s) => s.people.purge(person)),
        people: (after, limit) => read((s) => s.people.people(after, limit)),
        expire: (today) => write((s) => s.people.expire(today)),
        outbox: (limit) => read((s) => s.people.outbox(limit)),
        logged: (leaves) => write((s) => s.people.logged(leaves)),
        submit: (leaves) => write((s) => s.people.submit(leaves)),
        close: () => Promise.resolve(),
      },
      keys: {
        personKey: (controller, person) => keys.personKey(controller, person),
        derive: (label) => keys.derive(label),
        get: (person) => read(() => keys.get(person)),
        create: (people) => turn(() => keys.create(people)),
        revoke: (person) => turn(() => keys.revoke(person)),
        erase: (person, until) => turn(() => keys.erase(person, until)),
        expireEvidence: (nowMs) => turn(() => keys.expireEvidence(nowMs)),
        readmit: (person) => turn(() => keys.readmit(person)),
        counts: () => read(() => keys.counts()),
        close: () => Promise.resolve(),
      },
      catalogue: {
        put: (items) => write((s) => s.catalogue.put(items)),
        load: (revision) => read((s) => s.catalogue.load(revision)),
        prune: (revision) => write((s) => s.catalogue.prune(revision)),
      },
      documents: {
        put: (kind, id, bytes, timeMs) => write((s) => s.documents.put(kind, id, bytes, timeMs)),
        get: (kind, id) => read((s) => s.documents.get(kind, id)),
        list: (kind) => read((s) => s.documents.list(kind)),
        remove: (kind, id) => write((s) => s.documents.remove(kind, id)),
        pointer: (name) => read((s) => s.documents.pointer(name)),
        point: (name, id) => write((s) => s.documents.point(name, id)),
      },
    };
  }

  async function restore(backup: number): Promise<void> {
    const work = done.slice(0, backup);
    store = { ...memoryStore({ entropy }), keys };
    done = [];
    for (const each of work) await carryOut(each, false);
    // As a restore does it (src/adapters/sqlite/backup.ts): of the erased the evidence stays, of the unknown nothing.
    for (const person of await store.people.people(undefined, PEOPLE_MAX)) await dropKeyless(person);
  }
  async function dropKeyless(person: PersonKey): Promise<void> {
    const found = await keys.get(person);
    if (found !== undefined && found !== 'erased') return;
    if (found === undefined) return carryOut((s) => s.people.purge(person), false);
    const leaf = Uint8Array.from([1, 1, ...entropy.bytes(32)]);
    return carryOut((s) => s.people.erase(person, { keep: EVIDENCE_KINDS, leaf }), false);
  }

  return {
    ports,
    bare: () => ({ ...store, keys }),
    crash: async () => {
      life += 1;
      reads = 0;
      for (const run of underWay) if (random.below(2) === 0) await run().catch(() => undefined);
      underWay.clear();
    },
    backup: () => done.length,
    restore,
    isQuiet: () => reads === 0 && underWay.size === 0,
    failures: () => failures,
    calm: () => {
      isCalm = true;
    },
  };
}
