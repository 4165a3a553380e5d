// What every store of master keys must do, whatever it is made of: one key takes the place of another while
// people are made, withdraw and leave, and nobody's keys change by it.

import { expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import type { KeyRing, KeyStore, MasterTable } from '../../src/engine/ports.ts';
import { rewrapAll, usedOf } from '../../src/presets/masters-watch.ts';
import { faultOf, personOf } from './samples.ts';

export interface OpenedMasters {
  readonly keys: KeyStore;
  readonly masters: MasterTable;
  readonly ring: KeyRing;
  close(): Promise<void>;
}

export interface MastersPlace {
  /** With these master keys at hand, 32 bytes each. */
  open(secrets: () => readonly Uint8Array[]): Promise<OpenedMasters>;
  end(): Promise<void>;
}

const FAR_MS = 4e12;

/** Secrets that a test adds to, copied because a ring wipes what it reads. */
function hand(...first: readonly Uint8Array[]): { readonly held: Uint8Array[]; read(): Uint8Array[] } {
  const held = [...first];
  return { held, read: () => held.map((one) => Uint8Array.from(one)) };
}

/** A key that this store never had is announced; answers its name. */
async function announce({ masters, ring }: OpenedMasters, before: readonly string[]): Promise<string> {
  const id = before.at(-1) ?? '';
  expect(await masters.announce({ id, root: ring.rootBy(id), madeMs: 5 })).toBe(true);
  expect(ring.follow(await masters.rows())).toEqual([]);
  return id;
}

const [one, two, three] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const people = Array.from({ length: 700 }, (_, n) => personOf(n));

export interface MastersSuite {
  readonly idOf: (master: Uint8Array) => string;
  readonly newPlace: () => Promise<MastersPlace>;
}

const wrappers = async ({ masters, ring }: OpenedMasters): Promise<readonly string[]> => {
  const rows = await masters.page('', 10_000);
  return [...new Set(rows.map((row) => ring.wrapperOf(row) ?? 'none'))];
};

export function masterTableSuite(suite: MastersSuite): void {
  keysStay(suite);
  meanwhile(suite);
  goesOn(suite);
  inOrder(suite);
  withoutKey(suite);
  overslept(suite);
}

function keysStay({ idOf, newPlace }: MastersSuite): void {
  it('[S25] keys, pseudonyms and named secrets are the same under another master key', async () => {
    const place = await newPlace();
    const mine = hand(one);
    let store = await place.open(mine.read);
    const before = await store.keys.create(people);
    const named = [store.keys.derive('a'), store.keys.personKey('shop', 'ann')];
    mine.held.push(two);
    await announce(store, [idOf(two)]);
    expect(await store.masters.use(idOf(two))).toBe(true);
    store.ring.follow(await store.masters.rows());
    await rewrapAll({ table: store.masters, ring: store.ring });
    expect(await wrappers(store)).toEqual([idOf(two)]);
    expect(await store.masters.end(idOf(one))).toBe(true);
    await store.close();

    // Without the old key.
    store = await place.open(() => [Uint8Array.from(two)]);
    expect(await store.keys.create(people)).toEqual(before);
    expect([store.keys.derive('a'), store.keys.personKey('shop', 'ann')]).toEqual(named);
    await store.close();
    // And no longer with it; it says which one is wanted.
    const refusal = await place.open(() => [Uint8Array.from(one)]).catch((error: unknown) => error);
    expect(String(refusal)).toContain(idOf(two));
    expect(await faultOf(place.open(() => [Uint8Array.from(one)]))).toBe('wrong-master-key');
    await place.end();
  });
}

function meanwhile({ idOf, newPlace }: MastersSuite): void {
  it('[S26] who withdraws, leaves, comes back or is new meanwhile is what they would be', async () => {
    const place = await newPlace();
    const mine = hand(one, two);
    const store = await place.open(mine.read);
    const before = await store.keys.create(people);
    const [left, withdrew, back] = [people.slice(0, 60), people.slice(60, 120), people.slice(120, 150)];
    for (const person of withdrew.slice(30)) await store.keys.revoke(person);
    await store.keys.erase(back[0]!, 1);
    await announce(store, [idOf(two)]);
    await store.masters.use(idOf(two));
    store.ring.follow(await store.masters.rows());
    const later = Array.from({ length: 100 }, (_, n) => personOf(10_000 + n));
    const work = async (): Promise<void> => {
      for (const [n, person] of left.entries()) {
        await store.keys.erase(person, FAR_MS);
        await store.keys.revoke(withdrew[n]!);
        if (n < back.length) await store.keys.erase(back[n]!, FAR_MS);
        if (n < back.length) await store.keys.readmit(back[n]!);
        await store.keys.create([later[n]!]);
      }
    };
    await Promise.all([rewrapAll({ table: store.masters, ring: store.ring }), work()]);
    expect(await wrappers(store)).toEqual([idOf(two)]);
    for (const person of left) expect(await store.keys.get(person)).toBe('erased');
    for (const [n, person] of withdrew.entries())
      expect(await store.keys.get(person)).toEqual({ ...before.get(person), revocations: n < 30 ? 1 : 2 });
    for (const person of back) expect(await store.keys.get(person)).toMatchObject({ revocations: 0 });
    for (const person of people.slice(150)) expect(await store.keys.get(person)).toEqual(before.get(person));
    expect((await store.keys.counts()).erased).toBe(left.length);
    expect(await store.keys.expireEvidence(FAR_MS + 1)).toBe(left.length);
    await store.close();
    await place.end();
  });
}

function goesOn({ idOf, newPlace }: MastersSuite): void {
  it('[S26] a row that changed since it was read is left as it is', async () => {
    const place = await newPlace();
    const store = await place.open(hand(one, two).read);
    await store.keys.create(people.slice(0, 3));
    await announce(store, [idOf(two)]);
    await store.masters.use(idOf(two));
    store.ring.follow(await store.masters.rows());
    const rows = await store.masters.page('', 10);
    await store.keys.erase(people[1]!, FAR_MS);
    const late = rows.map(({ person, state, wrapped }) => {
      const bytes = Buffer.from(person, 'hex');
      const keys = store.ring.unwrap(bytes, state, wrapped)!;
      return { person, expected: wrapped, wrapped: store.ring.wrap(bytes, state, keys) };
    });
    await store.masters.rewrap(late, { id: idOf(two), cursor: 'whole' });
    expect(await store.keys.get(people[1]!)).toBe('erased');
    // Its state is part of what is sealed: a row put over it would open for nobody.
    expect(await wrappers(store)).toEqual([idOf(two)]);
    await store.close();
    await place.end();
  });

  it('[S26] stopped after any page, it goes on from there', async () => {
    const place = await newPlace();
    const store = await place.open(hand(one, two).read);
    const before = await store.keys.create(people);
    await announce(store, [idOf(two)]);
    await store.masters.use(idOf(two));
    store.ring.follow(await store.masters.rows());
    const stop = new AbortController();
    const { masters: table, ring } = store;
    await rewrapAll({ table, ring, signal: stop.signal, progress: () => stop.abort() });
    const half = usedOf(await table.rows()).cursor;
    expect(half).toMatch(/^[0-9a-f]{32}$/);
    expect((await wrappers(store)).length).toBe(2);
    await store.close();
    const again = await place.open(hand(one, two).read);
    let looked = 0;
    await rewrapAll({ table: again.masters, ring: again.ring, progress: (rows) => (looked = rows) });
    expect(looked).toBeLessThan(people.length - 200);
    expect(await wrappers(again)).toEqual([idOf(two)]);
    expect(await again.keys.create(people)).toEqual(before);
    await again.close();
    await place.end();
  });
}

function inOrder({ idOf, newPlace }: MastersSuite): void {
  it('[S27] one key is announced and one used at a time; another order changes nothing', async () => {
    const place = await newPlace();
    const store = await place.open(hand(one, two, three).read);
    const { masters, ring } = store;
    const row = (id: string) => ({ id, root: ring.rootBy(id), madeMs: 5 });
    expect(await masters.use(idOf(two))).toBe(false);
    await masters.say({ node: 3, holds: ['x'], uses: 'x' });
    const both = await Promise.all([masters.announce(row(idOf(two))), masters.announce(row(idOf(three)))]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await masters.nodes()).toEqual([]);
    const [won, lost] = both[0] ? [two, three] : [three, two];
    expect(await masters.use(idOf(lost))).toBe(false);
    const used = await Promise.all([masters.use(idOf(won)), masters.use(idOf(won))]);
    expect(used.toSorted()).toEqual([false, true]);
    expect(await masters.takeBack(idOf(won))).toBe(false);
    expect(await masters.end(idOf(won))).toBe(false);
    expect(await masters.announce(row(idOf(lost)))).toBe(true);
    expect(await masters.takeBack(idOf(lost))).toBe(true);
    expect((await masters.rows()).map(({ id, state }) => [id, state])).toEqual([
      [idOf(one), 'old'],
      [idOf(won), 'used'],
    ]);
    expect(await masters.end(idOf(one))).toBe(true);
    expect((await masters.rows())[0]?.root).toEqual(new Uint8Array(92));
    // A key that ended is not taken in again.
    expect(await masters.announce(row(idOf(one)))).toBe(false);
    await store.close();
    await place.end();
  });
}

function withoutKey({ idOf, newPlace }: MastersSuite): void {
  it('[S27] without the key in use nobody is unknown to a process: it answers nothing', async () => {
    const place = await newPlace();
    const mine = hand(one);
    const store = await place.open(mine.read);
    const before = await store.keys.create(people.slice(0, 5));
    const { masters, ring } = store;
    // Somebody uses it without asking who holds it.
    const other = await elsewhere(store, [one, two]);
    await masters.announce({ id: idOf(two), root: other.rootBy(idOf(two)), madeMs: 5 });
    expect(ring.follow(await masters.rows())).toEqual([idOf(two)]);
    expect(await store.keys.get(people[0]!)).toEqual(before.get(people[0]!));
    await masters.use(idOf(two));
    expect(ring.follow(await masters.rows())).toEqual([idOf(two)]);
    const asked = [
      () => store.keys.get(people[0]!),
      () => store.keys.create([people[9]!]),
      () => store.keys.readmit(people[9]!),
      () => store.keys.counts(),
    ];
    for (const ask of asked) expect(await faultOf(ask())).toBe('no-master-key');
    mine.held.push(two);
    expect(ring.follow(await masters.rows())).toEqual([]);
    expect(await store.keys.create(people.slice(0, 5))).toEqual(before);
    await store.close();
    await place.end();
  });
}

/** Another process of the same store, which goes on while this one stands still. */
async function elsewhere(
  { masters }: OpenedMasters,
  held: readonly Uint8Array[],
): Promise<OpenedMasters['ring']> {
  const { createRing } = await import('../../src/adapters/sqlite/ring.ts');
  const ring = createRing(hand(...held).read);
  ring.start(await masters.rows(), (await masters.page('', 1))[0]?.wrapped);
  return ring;
}

/** The key `id` takes the place of the first one, which ends; the store's own ring hears nothing of it. */
async function rotateElsewhere(store: OpenedMasters, ids: readonly [string, string]): Promise<void> {
  const { masters } = store;
  const ring = await elsewhere(store, [one, two]);
  const [first, id] = ids;
  expect(await masters.announce({ id, root: ring.rootBy(id), madeMs: 5 })).toBe(true);
  expect(await masters.use(id)).toBe(true);
  ring.follow(await masters.rows());
  await rewrapAll({ table: masters, ring });
  expect(await masters.end(first)).toBe(true);
}

function overslept({ idOf, newPlace }: MastersSuite): void {
  it('[S29] who overslept a rotation writes no row with the key that ended', async () => {
    const place = await newPlace();
    const store = await place.open(hand(one, two).read);
    const { keys, ring } = store;
    const before = await keys.create(people.slice(0, 5));
    await rotateElsewhere(store, [idOf(one), idOf(two)]);
    expect(ring.uses).toBe(idOf(one));
    const made = await keys.create(people.slice(5, 9));
    expect(await wrappers(store)).toEqual([idOf(two)]);
    expect(await keys.create(people.slice(5, 9))).toEqual(made);
    expect(await keys.create(people.slice(0, 5))).toEqual(before);
    await store.close();
    await place.end();
  });

  it('[S29] … neither of somebody who was never here and leaves, nor who comes back', async () => {
    const place = await newPlace();
    const store = await place.open(hand(one, two).read);
    await store.keys.erase(people[1]!, FAR_MS);
    await rotateElsewhere(store, [idOf(one), idOf(two)]);
    await store.keys.erase(people[0]!, FAR_MS);
    await store.keys.readmit(people[2]!);
    expect(await wrappers(store)).toEqual([idOf(two)]);
    await store.close();
    await place.end();
  });

  it('[S29] where the key in use is not at hand, nothing is written', async () => {
    const place = await newPlace();
    const store = await place.open(hand(one).read);
    await store.keys.create(people.slice(0, 2));
    await rotateElsewhere(store, [idOf(one), idOf(two)]);
    const rows = await store.masters.page('', 9);
    expect(await faultOf(store.keys.create([people[3]!]))).toBe('no-master-key');
    expect(await faultOf(store.keys.erase(people[4]!, FAR_MS))).toBe('no-master-key');
    expect(await store.masters.page('', 9)).toEqual(rows);
    await store.close();
    await place.end();
  });
}
