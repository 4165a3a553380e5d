// Goal: several engines on one PostgreSQL are as one: a no that one heard rules the next answer of all, a cap
// holds over all, an event that comes twice is kept once. Method: three engines, each with connections and a
// memory of its own, over a real server; src/engine/racing.test.ts asks the same of a store in memory.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { memoryLog } from '../../src/adapters/tilelog/memory-log.ts';
import type { PostgresStore } from '../../src/adapters/postgres/store.ts';
import { isFault } from '../../src/kernel/fault.ts';
import { openMemory } from '../../src/presets/memory.ts';
import { dice } from '../support/dice.ts';
import {
  type House,
  SETTINGS,
  START,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  itemsOf,
  personId,
  placementId,
  say,
  stock,
} from '../support/house.ts';
import { type Pair, newPair } from '../support/postgres-pair.ts';

let pair: Pair;
const stores: PostgresStore[] = [];
const nodes: House[] = [];

beforeAll(async () => {
  pair = await newPair();
  const entropy = dice(7);
  const crypto = memoryCrypto(entropy);
  const log = memoryLog({ origin: 'fineline.test/log', crypto, entropy });
  for (const node of [0, 1, 2]) {
    const { people, keys, catalogue, documents, ...rest } = await pair.open();
    stores.push({ people, keys, catalogue, documents, ...rest });
    const world = { entropy, crypto, log, people, keys, catalogue, documents };
    const { engine } = await openMemory({ settings: SETTINGS, node, world });
    nodes.push({ engine, nowMs: () => START } as House);
    if (node === 0) await stock(nodes[0]!);
  }
}, 60_000);
afterAll(async () => {
  for (const { engine } of nodes) await engine.close();
  for (const store of stores) await store.close();
  await pair.end();
});

const at = (n: number): House => nodes[n % nodes.length]!;

async function factsAt(node: number, who: string): Promise<number> {
  const decided = await decide(at(node), who);
  await decided.receipt();
  return decided.record.input.facts.length;
}

describe('three engines on one PostgreSQL', () => {
  it('[E160] a no, a yes and an erasure heard by one rule the next answer of the others', async () => {
    await allowAll(at(0), 'ann');
    await buy(at(0), 'ann', ['tea-1']);
    for (const node of [0, 1, 2]) expect(await factsAt(node, 'ann')).toBe(1);
    for (let turn = 0; turn < 9; turn += 1) {
      await say(at(turn), 'ann', changes(turn % 2 === 0 ? 'withdrawn' : 'given'));
      expect(await factsAt(turn + 1, 'ann'), `turn ${turn}`).toBe(turn % 2);
      expect(await factsAt(turn + 2, 'ann'), `turn ${turn}`).toBe(turn % 2);
    }
    await at(1).engine.erase(personId('ann'));
    expect(await at(2).engine.describe(personId('ann'))).toBe('erased');
    expect(await factsAt(0, 'ann')).toBe(0);
  });

  it('[E161] 300 at once on one person never exceed a cap', async () => {
    await allowAll(at(0), 'cat');
    await buy(at(0), 'cat', ['tea-1']);
    const shown = Array.from({ length: 300 }, async (_, n) => {
      try {
        const decided = await decide(at(n), 'cat', { placement: placementId('capped'), limit: 1 });
        await decided.receipt();
        return itemsOf(decided).length;
      } catch (error) {
        // Who lost too many races was shown nothing, and who found no connection neither.
        if (isFault(error, 'conflict') || isFault(error, 'unreachable')) return 0;
        throw error;
      }
    });
    expect((await Promise.all(shown)).reduce((sum, count) => sum + count, 0)).toBe(7);
  });

  it('[E162] 60 events that come to two engines each are kept once', async () => {
    await allowAll(at(0), 'dan');
    const events = Array.from({ length: 60 }, (_, n) =>
      event(at(0), 'view', 'dan', [`tea-${1 + (n % 6)}`], { id: `twice-${n}` }),
    );
    const answers = await Promise.all(
      events.flatMap((one, n) => [collect(at(n), [one]), collect(at(n + 1), [one])]),
    );
    const total = (of: 'admitted' | 'repeated'): number => answers.reduce((sum, one) => sum + one[of], 0);
    expect([total('admitted'), total('repeated')]).toEqual([60, 60]);
  });
});
