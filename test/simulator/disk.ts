// A simulated disk: the memory stores, behind delays and failures. What is durable is the list of writes that
// were carried out; a crash keeps that list, a backup remembers how long it was, a restore carries out its
// beginning again. Keys stand apart: they are in no backup.
//
// A write can be slow, fail before anything happened, or be carried out and reported as failed. One that is
// under way when the process dies is carried out or not, by chance, and nobody hears of it. Tearing below
// that, inside a transaction, is the business of the adapters' own crash tests.

import { type MemoryStore, memoryStore } from '../../src/adapters/memory/store.ts';
import type { Entropy, KeyStore, PersonKey, World } from '../../src/engine/ports.ts';
import { EVIDENCE_KINDS } from '../../src/engine/journal.ts';
import { Fault } from '../../src/kernel/fault.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { Timeline } from './timeline.ts';

type Work<T> = (store: MemoryStore) => Promise<T>;
type Run = <T>(work: Work<T>) => Promise<T>;
type Ports = Pick<World, 'people' | 'keys' | 'catalogue' | 'documents'>;

export interface DiskOptions {
  readonly entropy: Entropy;
  readonly random: Random;
  readonly timeline: Timeline;
  /** One write in so many fails. */
  readonly failsOneIn: number;
}

const PEOPLE_MAX = 1_000_000;

const diskFault = (): Fault => new Fault('disk-full', 'the simulated disk failed', { retry: 'later' });

export class Disk {
  readonly #options: DiskOptions;
  readonly #keys: KeyStore;
  readonly #underWay = new Set<() => Promise<unknown>>();
  #store: MemoryStore;
  #done: Work<unknown>[] = [];
  #life = 0;
  #reads = 0;
  #isCalm = false;
  #failures = 0;

  constructor(options: DiskOptions) {
    this.#options = options;
    this.#store = memoryStore({ entropy: options.entropy });
    this.#keys = this.#store.keys;
  }

  /** The stores as a process sees them that was started just now. */
  ports(): Ports {
    const born = this.#life;
    return portsOver(this.#keys, {
      read: (work) => this.#read(born, work),
      write: (work) => this.#write(born, work, false),
      turn: (work) => this.#write(born, work, true),
    });
  }

  /** What is there, without delay or failure: for checkers. */
  bare(): MemoryStore {
    return { ...this.#store, keys: this.#keys };
  }

  /** The process dies. */
  async crash(): Promise<void> {
    this.#life += 1;
    this.#reads = 0;
    for (const run of this.#underWay) {
      if (this.#options.random.below(2) === 0) await run().catch(() => undefined);
    }
    this.#underWay.clear();
  }

  backup(): number {
    return this.#done.length;
  }

  /** Puts an older state in place; whoever was erased since stays erased. The process must be dead. */
  async restore(backup: number): Promise<void> {
    const work = this.#done.slice(0, backup);
    this.#store = { ...memoryStore({ entropy: this.#options.entropy }), keys: this.#keys };
    this.#done = [];
    for (const each of work) await this.#carryOut(each, false);
    // As a restore does it (src/adapters/sqlite/backup.ts): of the erased the evidence stays, of the unknown
    // nothing.
    for (const person of await this.#store.people.people(undefined, PEOPLE_MAX))
      await this.#dropKeyless(person);
  }

  /** Whether nothing is read or written at the moment. */
  isQuiet(): boolean {
    return this.#reads === 0 && this.#underWay.size === 0;
  }

  /** Writes that failed so far. */
  failures(): number {
    return this.#failures;
  }

  /** From now on nothing fails any more. */
  calm(): void {
    this.#isCalm = true;
  }

  async #dropKeyless(person: PersonKey): Promise<void> {
    const found = await this.#keys.get(person);
    if (found !== undefined && found !== 'erased') return;
    if (found === undefined) return this.#carryOut((s) => s.people.purge(person), false);
    const leaf = Uint8Array.from([1, 1, ...this.#options.entropy.bytes(32)]);
    return this.#carryOut((s) => s.people.erase(person, { keep: EVIDENCE_KINDS, leaf }), false);
  }

  /** Keys are not part of the list: it is what a backup holds. */
  async #carryOut<T>(work: Work<T>, isKey: boolean): Promise<T> {
    const result = await work(this.#store);
    if (!isKey) this.#done.push(work);
    return result;
  }

  #write<T>(born: number, work: Work<T>, isKey: boolean): Promise<T> {
    const { random, timeline, failsOneIn } = this.#options;
    return new Promise((resolve, reject) => {
      const run = (): Promise<T> => this.#carryOut(work, isKey);
      this.#underWay.add(run);
      timeline.after(1 + random.below(random.below(50) === 0 ? 2000 : 12), () => {
        this.#underWay.delete(run);
        if (born !== this.#life) return;
        const fate = this.#isCalm ? 2 : random.below(2 * failsOneIn);
        if (fate < 2) this.#failures += 1;
        if (fate === 0) reject(diskFault());
        else if (fate === 1) run().then(() => reject(diskFault()), reject);
        else run().then(resolve, reject);
      });
    });
  }

  #read<T>(born: number, work: Work<T>): Promise<T> {
    const { random, timeline } = this.#options;
    return new Promise((resolve, reject) => {
      this.#reads += 1;
      timeline.after(random.below(4), () => {
        if (born !== this.#life) return;
        this.#reads -= 1;
        work(this.#store).then(resolve, reject);
      });
    });
  }
}

interface Ways {
  readonly read: Run;
  readonly write: Run;
  /** A write to the keys. */
  readonly turn: Run;
}

function portsOver(keys: KeyStore, { read, write, turn }: Ways): Ports {
  return {
    people: {
      load: (person) => read((s) => s.people.load(person)),
      since: (asked) => read((s) => s.people.since(asked)),
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
      erasures: () => read(() => keys.erasures()),
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
