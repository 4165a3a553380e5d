// A shop moves from one store to another, row by row, and is found whole before it serves there. Nothing is
// opened on the way: rows are sealed and wrapped, and the master key stays where it is.
//
//     mark both ─▶ copy what differs ─▶ compare everything ─▶ take the marks away
//
// Copying what differs makes it resumable: a move that was stopped goes on where it was. A target with
// anything in it is refused, unless it carries the mark of this very move.

import { createHash, randomBytes } from 'node:crypto';
import { Fault } from '../kernel/fault.ts';
import type { Movable, MovedKey, MovedPerson, PersonKey } from '../engine/ports.ts';

/** Says on both sides that a move is under way; its name is the same on both. */
export const MOVE_MARK = 'move';
const PAGE = 200;

export interface Moved {
  readonly people: number;
  readonly entries: number;
  readonly keys: number;
  readonly items: number;
  readonly documents: number;
  readonly leaves: number;
  /** Over all rows of people and keys, in order: the same on both sides. */
  readonly hash: string;
}

export interface MoveOptions {
  /** Hears how far it is. */
  readonly progress?: (step: 'copy' | 'compare', people: number) => void;
  /** Done once the copy was found whole, before either place opens again; must be able to run twice. */
  readonly last?: () => Promise<void>;
}

/** Copies `from` to `to` and compares. Faults: `not-empty`, `differs`, and what either store can do. */
export async function moveShop(from: Movable, to: Movable, options: MoveOptions = {}): Promise<Moved> {
  await mark(from, to);
  const said = (step: 'copy' | 'compare') => (people: number) => options.progress?.(step, people);
  await copyKeys(from, to);
  await copyPeople(from, to, said('copy'));
  await copyShared(from, to);
  const moved = await compared(from, to, said('compare'));
  await options.last?.();
  for (const side of [to, from]) await side.dropPointer(MOVE_MARK);
  return moved;
}

async function mark(from: Movable, to: Movable): Promise<void> {
  const ours = (await from.pointers()).get(MOVE_MARK);
  const theirs = (await to.pointers()).get(MOVE_MARK);
  if (ours !== undefined && ours === theirs) return;
  const isEmpty =
    (await to.people(undefined, 1)).length === 0 &&
    (await to.keys(undefined, 2)).length <= 1 &&
    (await to.documentNames()).length === 0 &&
    (await to.catalogue()).newest === 0;
  if (theirs !== undefined || !isEmpty) {
    const message = 'there is something in the store that the shop should move to, and not of this move';
    throw new Fault('not-empty', `${message}: give an empty one`, { retry: 'never' });
  }
  const name = ours ?? randomBytes(16).toString('hex');
  // The target first: a source with a mark does not open, so it must have somewhere to go on to.
  await to.point(MOVE_MARK, name);
  await from.point(MOVE_MARK, name);
}

async function* pages<T extends { readonly person: PersonKey }>(
  read: (after: PersonKey | undefined, limit: number) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let after: PersonKey | undefined;
  for (;;) {
    const page = await read(after, PAGE);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.person;
  }
}

async function copyKeys(from: Movable, to: Movable): Promise<void> {
  for await (const page of pages((after, limit) => from.keys(after, limit))) {
    for (const key of page) {
      const there = await to.key(key.person);
      if (there === undefined || hashOfKey(there) !== hashOfKey(key)) await to.putKey(key);
    }
  }
  await to.putMasters(await from.masters());
  await to.putLogKeys(await from.logKeys());
  await to.setErasures(await from.erasures());
}

async function copyPeople(from: Movable, to: Movable, said: (people: number) => void): Promise<void> {
  let count = 0;
  for await (const page of pages((after, limit) => from.people(after, limit))) {
    for (const person of page) {
      const there = await to.person(person.person);
      if (there === undefined || hashOfPerson(there) !== hashOfPerson(person)) await to.putPerson(person);
    }
    count += page.length;
    said(count);
  }
}

async function copyShared(from: Movable, to: Movable): Promise<void> {
  await to.putOutbox(await from.outbox());
  await to.putCatalogue(await from.catalogue());
  for (const { kind, id } of await from.documentNames()) {
    const document = await from.document(kind, id);
    if (document !== undefined) await to.putDocument(document);
  }
  for (const [name, id] of await from.pointers()) if (name !== MOVE_MARK) await to.point(name, id);
}

async function compared(from: Movable, to: Movable, said: (people: number) => void): Promise<Moved> {
  const [one, two] = [await tellOf(from, said), await tellOf(to, said)];
  for (const [what, count] of Object.entries(one)) {
    const other = two[what as keyof Told];
    if (other === count) continue;
    const message = `${what} differ: ${count} here, ${other} there`;
    throw new Fault('differs', `the copy is not what was copied: ${message}. Run it again.`, {
      retry: 'now',
    });
  }
  const { shared: _, ...moved } = one;
  return moved;
}

interface Told extends Moved {
  /** Over catalogue, documents, pointers and what waits for the log. */
  readonly shared: string;
}

/** Everything that a store holds, counted and hashed in an order that both sides share. */
async function tellOf(side: Movable, said: (people: number) => void): Promise<Told> {
  const hash = createHash('sha256');
  let [people, entries, keys] = [0, 0, 0];
  for await (const page of pages((after, limit) => side.people(after, limit))) {
    for (const person of page) {
      hash.update(hashOfPerson(person));
      entries += person.entries.length;
    }
    people += page.length;
    said(people);
  }
  for await (const page of pages((after, limit) => side.keys(after, limit))) {
    for (const key of page) hash.update(hashOfKey(key));
    keys += page.length;
  }
  hash.update(String(await side.erasures()));
  for (const { root, ...row } of await side.masters()) hash.update(JSON.stringify(row)).update(root);
  hash.update(JSON.stringify(await side.logKeys()));
  return { people, entries, keys, hash: hash.digest('hex'), ...(await tellOfShared(side)) };
}

async function tellOfShared(side: Movable): Promise<Omit<Told, 'people' | 'entries' | 'keys' | 'hash'>> {
  const hash = createHash('sha256');
  const leaves = (await side.outbox()).map(({ leaf }) => Buffer.from(leaf).toString('hex')).sort();
  hash.update(leaves.join('\n'));
  const catalogue = await side.catalogue();
  hash.update(JSON.stringify([catalogue.newest, catalogue.pruned]));
  for (const { item, revision, replaced, body } of catalogue.rows)
    hash.update(JSON.stringify([item, revision, replaced ?? null, body]));
  const names = await side.documentNames();
  for (const { kind, id } of names) {
    const document = await side.document(kind, id);
    hash.update(JSON.stringify([kind, id, document?.timeMs])).update(document?.bytes ?? new Uint8Array(0));
  }
  const pointers = [...(await side.pointers())].filter(([name]) => name !== MOVE_MARK);
  hash.update(JSON.stringify(pointers));
  const counts = { items: catalogue.rows.length, documents: names.length, leaves: leaves.length };
  return { ...counts, shared: hash.digest('hex') };
}

/** A length stands before all bytes, so that no two different rows are the same text. */
function hashOfPerson({ person, floor, snapshot, entries }: MovedPerson): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([person, floor, snapshot?.length ?? null])).update(snapshot ?? '');
  for (const { seq, code, expiresDay, sealed } of entries)
    hash.update(JSON.stringify([seq, code, expiresDay, sealed.length])).update(sealed);
  return hash.digest('hex');
}

function hashOfKey({ person, state, wrapped, withdrawals, untilMs }: MovedKey): string {
  const text = JSON.stringify([person, state, withdrawals, untilMs ?? null]);
  return createHash('sha256').update(text).update(wrapped).digest('hex');
}
