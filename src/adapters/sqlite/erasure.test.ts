// Goal: of an erased person no byte is left in the folder. Method: sealed bytes that carry a person's number
// in clear, of sizes from a few bytes to several pages, in an order that splits and merges the pages of the
// tables; then all files are read raw.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../kernel/random.ts';
import { entryOf, faultOf, leafOf, personOf } from '../../../test/contracts/samples.ts';
import { blobOf } from './columns.ts';
import { openReading } from './connection.ts';
import { KEYS_FILE } from './master-key.ts';
import { pseudonymOf } from './pseudonym.ts';
import { DATA_SCHEMA, KEYS_SCHEMA } from './schema.ts';
import { filesWith, newHome, plantedBytes, plantedIn } from './testing.ts';

import type { Append, PersonKey } from '../../engine/ports.ts';
import type { EmbeddedStore } from './store.ts';

const PEOPLE = 300;
const SEED = 20_260_101;

async function fill(store: EmbeddedStore): Promise<void> {
  const random = seededRandom(SEED);
  const next = new Uint32Array(PEOPLE);
  for (let round = 0; round < 40; round += 1) {
    const batch: Append[] = [];
    for (let i = 0; i < 100; i += 1) {
      const n = random.below(PEOPLE);
      const length = random.below(10) === 0 ? random.below(15_000) : random.below(500);
      const kind = random.below(5) === 0 ? 'decision' : 'event';
      const seq = next[n] ?? 0;
      next[n] = seq + 1;
      batch.push(
        entryOf(personOf(n), seq, {
          kind,
          sealed: plantedBytes(n, length),
          expiresDay: 1 + random.below(100),
        }),
      );
    }
    await store.people.append(batch);
    for (let i = 0; i < 10; i += 1) {
      const n = random.below(PEOPLE);
      const upToSeq = (next[n] ?? 0) - 1;
      if (upToSeq < 0) continue;
      const sealed = plantedBytes(n, random.below(20_000));
      await store.people.compact(personOf(n), { upToSeq, sealed, drop: ['event'] });
    }
    if (round % 10 === 9) await store.people.expire(round / 2);
  }
}

function wrappedKeysOf(keysDir: string): ReadonlyMap<PersonKey, Uint8Array> {
  const db = openReading(join(keysDir, KEYS_FILE), KEYS_SCHEMA);
  const rows = db.prepare('SELECT person, wrapped FROM keys WHERE id > 1').all();
  db.close();
  return new Map(rows.map((row) => [pseudonymOf(blobOf(row['person'])), blobOf(row['wrapped'])]));
}

describe('erasure on disk', () => {
  it('[S14] of erased and purged people no byte is found, at once and after reopening', async () => {
    const home = newHome();
    const store = await home.open();
    await fill(store);
    expect(plantedIn(home.dir).size).toBe(PEOPLE);
    const gone = Array.from({ length: PEOPLE }, (_, n) => n).filter((n) => n % 3 !== 0);
    const stay = Array.from({ length: PEOPLE / 3 }, (_, n) => 3 * n);
    for (const n of gone) {
      if (n % 3 === 1) await store.people.erase(personOf(n), { keep: ['consent'], leaf: leafOf(n) });
      else await store.people.purge(personOf(n));
    }
    const left = plantedIn(home.dir);
    expect(gone.filter((n) => left.has(n))).toEqual([]);
    expect([...left].sort((a, b) => a - b)).toEqual(stay);
    await store.close();
    expect([...plantedIn(home.dir)].sort((a, b) => a - b)).toEqual(stay);
    const again = await home.open();
    expect([...plantedIn(home.dir)].sort((a, b) => a - b)).toEqual(stay);
    await again.close();
    home.remove();
  });

  it('[S14] an erasure that runs beside other writing is answered only when its bytes are gone', async () => {
    const home = newHome();
    const store = await home.open();
    await fill(store);
    const ending = new AbortController();
    const writing = (async () => {
      for (let seq = 0; !ending.signal.aborted; seq += 1)
        await store.people.append([entryOf(personOf(9999), seq)]);
    })();
    for (let n = 0; n < 20; n += 1) {
      await store.people.erase(personOf(n), { keep: [], leaf: leafOf(n) });
      expect(plantedIn(home.dir).has(n)).toBe(false);
    }
    ending.abort();
    await writing;
    await store.close();
    home.remove();
  });

  it('[S14] an erasure waits while a reader sees the old bytes; other writes do not', async () => {
    const home = newHome();
    const store = await home.open();
    await store.people.append([entryOf(personOf(1), 0, { sealed: plantedBytes(1, 500) })]);
    await store.people.append([entryOf(personOf(2), 0, { sealed: plantedBytes(2, 500) })]);
    const reader = openReading(join(home.dataDir, 'data.db'), DATA_SCHEMA);
    const look = (): void => {
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM entries').get();
    };
    look();
    let isErased = false;
    const erasing = store.people.erase(personOf(1), { keep: [], leaf: leafOf(1) }).then(() => {
      isErased = true;
    });
    await store.people.append([entryOf(personOf(3), 0)]);
    await store.people.append([entryOf(personOf(3), 1)]);
    expect(await store.people.history(personOf(1))).toEqual([]);
    expect(isErased).toBe(false);
    reader.exec('COMMIT');
    await erasing;
    expect(plantedIn(home.dir).has(1)).toBe(false);

    look();
    const cut = faultOf(store.people.erase(personOf(2), { keep: [], leaf: leafOf(2) }));
    await store.people.append([entryOf(personOf(3), 2)]);
    await store.close();
    expect(await cut).toBe('closed');
    reader.close();
    const again = await home.open();
    expect(plantedIn(home.dir).has(2)).toBe(false);
    expect(await again.people.history(personOf(2))).toEqual([]);
    await again.close();
    home.remove();
  });

  it('[S24] wrapped keys of the erased are overwritten, copies and log included', async () => {
    const home = newHome();
    const store = await home.open();
    const people = Array.from({ length: 500 }, (_, n) => personOf(n));
    for (let n = 0; n < people.length; n += 7) await store.keys.create(people.slice(n, n + 7));
    for (const person of people.slice(0, 100)) await store.keys.revoke(person);
    const before = wrappedKeysOf(home.keysDir);
    expect(before.size).toBe(500);
    const gone = people.filter((_, n) => n % 2 === 0);
    for (const wrapped of before.values()) expect(filesWith(home.dir, wrapped).length).toBeGreaterThan(0);
    for (const person of gone) await store.keys.erase(person, 1000);
    const found = gone.filter(
      (person) => filesWith(home.dir, before.get(person) ?? new Uint8Array(1)).length > 0,
    );
    expect(found).toEqual([]);
    const evidence = wrappedKeysOf(home.keysDir);
    await store.keys.expireEvidence(1000);
    for (const person of gone)
      expect(filesWith(home.dir, evidence.get(person) ?? new Uint8Array(1))).toEqual([]);
    const stay = people.filter((_, n) => n % 2 === 1);
    for (const person of stay) expect(await store.keys.get(person)).toBeTypeOf('object');
    await store.close();
    home.remove();
  });
});
