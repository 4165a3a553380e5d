// Goal: what any of several engines promised is in the one log in time, provable by any of them, also when
// the one that wrote the log died. Method: three engines with a log each, over one real PostgreSQL; the log's
// writer ends without a word.

import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import type { PostgresLog } from '../../src/adapters/postgres/log/log.ts';
import type { PostgresStore } from '../../src/adapters/postgres/store.ts';
import type { DecisionId } from '../../src/facts/ids.ts';
import { keepsPromise, verifyReceipt } from '../../src/prove/verify.ts';
import { openMemory } from '../../src/presets/memory.ts';
import { dice } from '../support/dice.ts';
import { type House, SETTINGS, START, allowAll, decide, stock } from '../support/house.ts';
import { faultsOf, newSeen } from '../support/log-forks.ts';
import { verifyEd25519 } from '../support/log-key.ts';
import { newPair } from '../support/postgres-pair.ts';

const LEASE_MS = 300;

interface Node extends House {
  readonly log: PostgresLog;
  readonly store: PostgresStore;
  advance(ms: number): void;
}

it('[PL1] [PL5] a promise of any engine is kept by whichever writes the log, and proved by all', async () => {
  const pair = await newPair();
  const entropy = dice(7);
  const crypto = memoryCrypto(entropy);
  const nodes: Node[] = [];
  for (const node of [0, 1, 2]) {
    const store = await pair.open();
    const { people, keys, catalogue, documents } = store;
    const log = await store.openLog({ origin: 'fineline.test/log', crypto, entropy, leaseMs: LEASE_MS });
    const world = { entropy, crypto, log, people, keys, catalogue, documents };
    const { engine, advance } = await openMemory({ settings: SETTINGS, node, world, startMs: START });
    nodes.push({ engine, nowMs: () => START, log, store, advance } as Node);
    if (node === 0) await stock(nodes[0]!);
  }
  const made: { name: DecisionId; promise: string }[] = [];
  const decideEverywhere = async (): Promise<void> => {
    for (const [n, node] of nodes.entries()) {
      await allowAll(node, `ann-${n}`);
      const decided = await decide(node, `ann-${n}`);
      made.push({ name: decided.decision, promise: JSON.stringify(await decided.receipt()) });
    }
  };
  const maintainAll = async (): Promise<void> => {
    for (const { engine, advance } of nodes) {
      advance(2000);
      await engine.maintain();
    }
  };
  await decideEverywhere();
  await maintainAll();
  // The writer dies: its lease must end before another goes on.
  const leading = await Promise.all(nodes.map(async ({ log }) => log.leads()));
  const [dead] = nodes.splice(leading.indexOf(true), 1);
  await decideEverywhere();
  await dead?.store.close();
  await pause(1.5 * LEASE_MS);
  await maintainAll();
  await maintainAll();
  const trust = { vkey: nodes[0]!.log.vkey, verifyEd25519 };
  for (const { engine } of nodes) {
    for (const { name, promise } of made) {
      const found = await engine.find(name);
      const proof = found === undefined ? undefined : await engine.proof(found);
      const kept = verifyReceipt(proof ?? '', trust);
      const promised = verifyReceipt(promise, trust);
      expect(kept.ok && promised.ok, name).toBe(true);
      if (kept.ok && promised.ok) expect(keepsPromise(promised.value, kept.value)).toBe(true);
    }
  }
  expect(await nodes[0]!.store.people.outbox(10)).toEqual([]);
  expect(await faultsOf(nodes[0]!.log, newSeen())).toEqual([]);
  for (const { engine, store } of nodes) {
    await engine.close();
    await store.close();
  }
  await pair.end();
}, 120_000);
