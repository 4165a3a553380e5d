// What every KeyStore must do. Goal: keys that were handed out are there after a restart, keys that were
// destroyed are not, and nobody gets a second set by accident.

import { describe, expect, it } from 'vitest';
import { faultOf, openings, personOf } from './samples.ts';

import type { KeyStore, PersonKeys } from '../../src/engine/ports.ts';

export interface KeyStoreHarness {
  readonly store: KeyStore;
  /** The same keys in a newly opened store; absent where keys do not outlive the store. */
  readonly reopen?: () => Promise<KeyStore>;
  readonly end: () => Promise<void>;
}

type Harness = () => Promise<KeyStoreHarness>;

const ann = personOf(1);
const bob = personOf(2);

async function createOne(store: KeyStore, person = ann): Promise<PersonKeys> {
  const keys = (await store.create([person])).get(person);
  if (keys === undefined) throw new Error('create gave no keys');
  return keys;
}

export function runKeyStore(name: string, harness: Harness): void {
  describe(`KeyStore: ${name}`, () => {
    pseudonyms(harness);
    creation(harness);
    erasure(harness);
    closing(harness);
  });
}

function pseudonyms(harness: Harness): void {
  it('[S9] a pseudonym is 32 hex digits, the same always, another for each pair', async () => {
    const { store, end } = await harness();
    const names = [
      store.personKey('shop', 'ann'),
      store.personKey('sho', 'pann'),
      store.personKey('shop2', 'ann'),
      store.personKey('shop', 'bob'),
      store.personKey('shop', 'ännchen'),
    ];
    expect(new Set(names).size).toBe(names.length);
    for (const found of names) expect(found).toMatch(/^[0-9a-f]{32}$/);
    expect(store.personKey('shop', 'ann')).toBe(names[0]);
    await end();
  });

  it('[S9] pseudonyms and derived secrets survive a restart and differ by store', async () => {
    const { store, reopen, end } = await harness();
    const other = await harness();
    const name = store.personKey('shop', 'ann');
    const secret = store.derive('decision-names');
    expect(secret).toHaveLength(32);
    expect(store.derive('decision-names')).toEqual(secret);
    expect(store.derive('something-else')).not.toEqual(secret);
    expect(other.store.personKey('shop', 'ann')).not.toBe(name);
    expect(other.store.derive('decision-names')).not.toEqual(secret);
    if (reopen !== undefined) {
      const again = await reopen();
      expect(again.personKey('shop', 'ann')).toBe(name);
      expect(again.derive('decision-names')).toEqual(secret);
    }
    await end();
    await other.end();
  });
}

function creation(harness: Harness): void {
  it('[S7] keys are made once, are all different, and stay', async () => {
    const { store, reopen, end } = await harness();
    expect(await store.get(ann)).toBeUndefined();
    const made = await store.create([ann, bob, ann]);
    expect([...made.keys()].sort()).toEqual([ann, bob].sort());
    const all = [...made.values()].flatMap(({ profile, evidence }) => [profile, evidence]);
    expect(new Set(all.map((key) => key.join())).size).toBe(4);
    for (const key of all) expect(key).toHaveLength(32);
    expect(await store.create([bob, ann])).toEqual(made);
    expect(await store.get(ann)).toEqual(made.get(ann));
    expect(await store.counts()).toEqual({ people: 2, erased: 0 });
    if (reopen !== undefined) {
      const again = await reopen();
      expect(await again.get(bob)).toEqual(made.get(bob));
      expect(await again.counts()).toEqual({ people: 2, erased: 0 });
    }
    await end();
  });

  it('[S7] whoever asks at the same time gets the same keys', async () => {
    const { store, end } = await harness();
    const answers = await Promise.all(Array.from({ length: 10 }, async () => createOne(store)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    await end();
  });

  it('[S7] many who are asked for in one moment come back each with their own', async () => {
    const { store, end } = await harness();
    const people = Array.from({ length: 60 }, (_, n) => personOf(n));
    await store.create(people.slice(0, 50));
    await store.erase(people[4] ?? ann, 1000);
    await store.revoke(people[5] ?? ann);
    const found = await Promise.all([...people, ...people].map((person) => store.get(person)));
    const alone = [];
    for (const person of people) alone.push(await store.get(person));
    expect(found).toEqual([...alone, ...alone]);
    expect(found.slice(4, 6)).toMatchObject(['erased', { revocations: 1 }]);
    expect(found.slice(50, 60)).toEqual(Array.from({ length: 10 }, () => undefined));
    await end();
  });

  it('[S7] keys handed out may be wiped by the caller', async () => {
    const { store, end } = await harness();
    const kept = (await createOne(store)).profile.slice();
    (await createOne(store)).profile.fill(0);
    expect((await createOne(store)).profile).toEqual(kept);
    await end();
  });

  it('[S8] withdrawals are counted one by one, also at once, and survive a restart', async () => {
    const { store, reopen, end } = await harness();
    await createOne(store);
    const counts = await Promise.all(Array.from({ length: 5 }, async () => store.revoke(ann)));
    expect(counts.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(await store.get(ann)).toMatchObject({ revocations: 5 });
    expect((await store.create([ann])).get(ann)?.revocations).toBe(5);
    expect(await faultOf(store.revoke(bob))).toBe('no-key');
    if (reopen !== undefined) expect(await (await reopen()).get(ann)).toMatchObject({ revocations: 5 });
    await end();
  });
}

function erasure(harness: Harness): void {
  it('[S10] an erased person stays erased: no keys, none made, whatever is asked', async () => {
    const { store, reopen, end } = await harness();
    await createOne(store);
    await createOne(store, bob);
    await store.erase(ann, 1000);
    await store.erase(ann, 2000);
    for await (const opened of openings(store, reopen)) {
      expect(await opened.get(ann)).toBe('erased');
      expect((await opened.create([ann, bob])).has(ann)).toBe(false);
      expect(await faultOf(opened.revoke(ann))).toBe('no-key');
      expect(await opened.counts()).toEqual({ people: 1, erased: 1 });
      expect(await opened.erasures()).toBe(1);
    }
    await end();
  });

  it('[S10] somebody unknown can be erased in advance', async () => {
    const { store, end } = await harness();
    await store.erase(ann, 1000);
    expect(await store.get(ann)).toBe('erased');
    expect(await store.expireEvidence(5000)).toBe(0);
    expect(await store.counts()).toEqual({ people: 0, erased: 1 });
    expect(await store.erasures()).toBe(0);
    await end();
  });

  it('[S10] evidence keys end with their term, once; the mark stays', async () => {
    const { store, end } = await harness();
    await createOne(store);
    await createOne(store, bob);
    await store.erase(ann, 1000);
    await store.erase(bob, 2000);
    expect(await store.expireEvidence(999)).toBe(0);
    expect(await store.expireEvidence(1000)).toBe(1);
    expect(await store.expireEvidence(1000)).toBe(0);
    expect(await store.expireEvidence(9000)).toBe(1);
    expect(await store.get(ann)).toBe('erased');
    expect(await store.counts()).toEqual({ people: 0, erased: 2 });
    await end();
  });

  it('[S10] a person who comes back gets new keys and a count of nothing', async () => {
    const { store, reopen, end } = await harness();
    const old = await createOne(store);
    await store.revoke(ann);
    await store.erase(ann, 1000);
    const back = await store.readmit(ann);
    expect(back.revocations).toBe(0);
    expect(back.profile).not.toEqual(old.profile);
    expect(back.evidence).not.toEqual(old.evidence);
    expect(await store.readmit(ann)).toEqual(back);
    expect(await store.expireEvidence(9000)).toBe(0);
    expect(await store.counts()).toEqual({ people: 1, erased: 0 });
    expect(await store.erasures()).toBe(1);
    await store.erase(ann, 1000);
    await store.readmit(ann);
    expect(await store.erasures()).toBe(2);
    expect(await (reopen === undefined ? store : await reopen()).get(ann)).not.toEqual(back);
    await end();
  });
}

function closing(harness: Harness): void {
  it('[S15] a closed key store answers with `closed`; closing twice is allowed', async () => {
    const { store, end } = await harness();
    await store.close();
    await store.close();
    const asked = [
      store.get(ann),
      store.create([ann]),
      store.revoke(ann),
      store.erase(ann, 1),
      store.counts(),
    ];
    const outcomes = await Promise.all(asked.map(faultOf));
    expect(new Set(outcomes)).toEqual(new Set(['closed']));
    await end();
  });
}
