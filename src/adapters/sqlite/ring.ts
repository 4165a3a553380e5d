// Owns: the master keys a process holds. One seals, all that have not ended open. Which one seals is said by
// the key store, never by a file: so all nodes of one store agree on it.

import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import { u16, utf8 } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { hkdfSha256 } from '../../kernel/sha256.ts';
import { damaged } from './faults.ts';
import { ERASED } from './key-states.ts';
import { NOBODY, PSEUDONYM_BYTES, pseudonymBytes, pseudonymOf } from './pseudonym.ts';
import { createWrapping, KEY_BYTES, type Root, type Wrapping } from './wrapping.ts';

import type { KeyPair, KeyRing, MasterRow, PersonKey, WrappedRow } from '../../engine/ports.ts';

/** Reads the master keys that are at hand; the first is that of a new store. */
export type Secrets = () => readonly Uint8Array[];

/** One key store has one ring in a process: what `start` and `follow` hear is about that store. */
export function createRing(secrets: Secrets): KeyRing {
  return new Ring(secrets);
}

class Ring implements KeyRing {
  readonly #secrets: Secrets;
  readonly #wrappings = new Map<string, Wrapping>();
  #opening: readonly Wrapping[] = [];
  #sealing: Wrapping | undefined;
  /** The key that seals now, and is not held. */
  #blindTo: string | undefined;
  #root: Root | undefined;
  readonly #secretsOf = new Map<string, readonly Uint8Array[]>();
  #pepper: KeyObject | undefined;
  /** What each write that is under way may have been wrapped with. */
  readonly #writing = new Set<{ readonly by: string }>();

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  derive(label: string): Uint8Array {
    return hkdfSha256({ key: this.#started().named, info: utf8(label), lengthBytes: KEY_BYTES });
  }

  personKey(controller: string, person: string): PersonKey {
    this.#started();
    assert(this.#pepper !== undefined, 'a ring that was started has its pepper');
    const name = utf8(controller);
    // Length first: ("ab", "c") and ("a", "bc") are two people.
    const mac = createHmac('sha256', this.#pepper)
      .update(u16(name.length))
      .update(name)
      .update(person, 'utf8')
      .digest();
    return pseudonymOf(mac.subarray(0, PSEUDONYM_BYTES));
  }

  /** A key that is not held must never look like a person who is not there. */
  assertSeeing(): void {
    if (this.#blindTo === undefined) return;
    throw lacking(this.#blindTo);
  }

  secrets(label: string): readonly Uint8Array[] {
    this.#started();
    const known = this.#secretsOf.get(label);
    if (known !== undefined) return known;
    const made = this.#opening.map((one) => one.secret(label));
    this.#secretsOf.set(label, made);
    return made;
  }

  wrap(person: Uint8Array, state: number, keys: KeyPair): Uint8Array {
    this.assertSeeing();
    assert(this.#sealing !== undefined, 'a ring wraps after it was started');
    return this.#sealing.wrap(person, state, keys);
  }

  unwrap(person: Uint8Array, state: number, wrapped: Uint8Array): KeyPair | undefined {
    this.assertSeeing();
    for (const wrapping of this.#opening) {
      const keys = wrapping.unwrap(person, state, wrapped);
      if (keys !== undefined) return keys;
    }
    return undefined;
  }

  async writing<T>(write: () => Promise<T>): Promise<T> {
    const mine = { by: this.uses };
    this.#writing.add(mine);
    try {
      return await write();
    } finally {
      this.#writing.delete(mine);
    }
  }

  get isSettled(): boolean {
    return [...this.#writing].every(({ by }) => by === this.uses);
  }

  get holds(): readonly string[] {
    return this.#opening.map(({ id }) => id).toSorted();
  }

  get uses(): string {
    return this.#sealing?.id ?? '';
  }

  start(
    rows: readonly MasterRow[],
    check: Uint8Array | undefined,
  ): Pick<MasterRow, 'id' | 'root'> | undefined {
    this.#read();
    if (rows.length === 0) return this.#begin(check);
    const [missing] = this.#take(rows);
    if (this.#blindTo !== undefined) throw wrongKey(this.#blindTo, [...this.#wrappings.keys()]);
    if (missing !== undefined) throw lacking(missing);
    if (check !== undefined && this.unwrap(NOBODY, ERASED, check) === undefined)
      throw wrongKey(undefined, [...this.#wrappings.keys()]);
    return undefined;
  }

  follow(rows: readonly MasterRow[]): readonly string[] {
    const isKnown = ({ id, state }: MasterRow): boolean => state === 'ended' || this.#wrappings.has(id);
    if (!rows.every(isKnown)) this.#read();
    return this.#take(rows);
  }

  rootBy(id: string): Uint8Array {
    this.#read();
    const wrapping = this.#wrappings.get(id);
    if (wrapping === undefined) throw lacking(id);
    return wrapping.wrapRoot(this.#started());
  }

  wrapperOf({ person, state, wrapped }: Omit<WrappedRow, 'state'> & { state: number }): string | undefined {
    const bytes = pseudonymBytes(person);
    return this.#opening.find((one) => one.unwrap(bytes, state, wrapped) !== undefined)?.id;
  }

  /** A store of before there were names of master keys, or a new one. */
  #begin(check: Uint8Array | undefined): Pick<MasterRow, 'id' | 'root'> {
    const all = [...this.#wrappings.values()];
    const first =
      check === undefined ? all[0] : all.find((one) => one.unwrap(NOBODY, ERASED, check) !== undefined);
    if (first === undefined) throw wrongKey(undefined, [...this.#wrappings.keys()]);
    this.#sealing = first;
    this.#opening = [first];
    this.#setRoot(first.ownRoot());
    return { id: first.id, root: first.wrapRoot(first.ownRoot()) };
  }

  #take(rows: readonly MasterRow[]): readonly string[] {
    const alive = rows.filter(({ state }) => state !== 'ended');
    const missing = alive.map(({ id }) => id).filter((id) => !this.#wrappings.has(id));
    const used = alive.find(({ state }) => state === 'used');
    if (used === undefined) throw damaged('keys', 'no master key is in use');
    const sealing = this.#wrappings.get(used.id);
    this.#blindTo = sealing === undefined ? used.id : undefined;
    if (sealing === undefined) return missing;
    if (this.#root === undefined) {
      const root = sealing.unwrapRoot(used.root);
      if (root === undefined) throw damaged('keys', 'the root does not open with the master key in use');
      this.#setRoot(root);
    }
    this.#sealing = sealing;
    const others = alive.map(({ id }) => this.#wrappings.get(id)).filter((one) => one !== undefined);
    // The one that seals is tried first.
    const opening = [sealing, ...others.filter((one) => one !== sealing)];
    const before = this.#opening.map(({ id }) => id).join();
    if (before !== opening.map(({ id }) => id).join()) this.#secretsOf.clear();
    this.#opening = opening;
    for (const id of this.#wrappings.keys())
      if (!alive.some((row) => row.id === id)) this.#wrappings.delete(id);
    return missing;
  }

  #read(): void {
    for (const secret of this.#secrets()) {
      const wrapping = createWrapping(secret);
      secret.fill(0);
      if (!this.#wrappings.has(wrapping.id)) this.#wrappings.set(wrapping.id, wrapping);
    }
  }

  #setRoot(root: Root): void {
    this.#root = root;
    this.#pepper = createSecretKey(root.pepper);
  }

  #started(): Root {
    assert(this.#root !== undefined, 'a ring is asked after it was started');
    return this.#root;
  }
}

function lacking(id: string): Fault<'no-master-key'> {
  const where = `put its file, ${fileOf(id)} of a home that has it, into HOME/keys`;
  const message = `the master key ${id} is needed and not here: ${where}, or give it in FINELINE_MASTER_KEY`;
  return new Fault('no-master-key', message, { retry: 'later' });
}

function wrongKey(id: string | undefined, held: readonly string[]): Fault<'wrong-master-key'> {
  const wanted = id === undefined ? 'another master key' : `the master key ${id}`;
  const message = `these keys of people are wrapped with ${wanted}; at hand: ${held.join(', ') || 'none'}`;
  const remedy = id === undefined ? 'give that one' : `put ${fileOf(id)} into HOME/keys`;
  return new Fault('wrong-master-key', `${message}: ${remedy}`, { retry: 'never' });
}

/** The first of a store has no name in its file’s. */
function fileOf(id: string): string {
  return `master-${id}.key (master.key, if it was the first)`;
}
