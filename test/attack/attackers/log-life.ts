// Some days of a shop whose log is on a disk and public, and what is true of it beside: who was behind each
// leaf, and in which hours anybody was served. Hours pass as fast as they can be computed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryCrypto } from '../../../src/adapters/memory/crypto.ts';
import { memoryStore } from '../../../src/adapters/memory/store.ts';
import { type TileLog, openTileLog } from '../../../src/adapters/tilelog/tile-log.ts';
import type { Append, Entropy, PersonKey, PersonStore, World } from '../../../src/engine/ports.ts';
import { parsePersonId } from '../../../src/facts/ids.ts';
import { canonicalJson } from '../../../src/kernel/canonical.ts';
import { concatBytes, hex, utf8, utf8Text } from '../../../src/kernel/bytes.ts';
import { type Random, seededRandom } from '../../../src/kernel/random.ts';
import { sha256 } from '../../../src/kernel/sha256.ts';
import { HOUR_MS } from '../../../src/kernel/time.ts';
import { FAST, STEADY } from '../../../src/presets/timing.ts';
import { personalLeaf } from '../../../src/prove/leaf.ts';
import { parseEntryBundle, tilePath, tilesForGrowth } from '../../../src/prove/verify.ts';
import { around } from './around.ts';
import type { Options } from './attacker.ts';
import { type Stage, basketOf, did, openStage, send, stock, yes } from './stage.ts';

/** What a scraper gets with one checkpoint. */
export interface Batch {
  readonly leaves: readonly Uint8Array[];
}

export interface LogLife {
  readonly hours: readonly { readonly timeMs: number; readonly batch: Batch; readonly wasServed: boolean }[];
  readonly names: readonly string[];
  /** Every record of a person that was committed to, as far as people can export it. */
  readonly records: readonly Uint8Array[];
  /** By the leaf in hex; what is no person's is a filler or a document. */
  readonly personOf: ReadonlyMap<string, PersonKey>;
}

/** Enough for digests of several days; nights and days are alike. */
const DAYS = 5;

export async function liveWithLog(
  { seed, people }: Options,
  { isGuarded }: { readonly isGuarded: boolean },
): Promise<LogLife> {
  const folder = mkdtempSync(join(tmpdir(), 'fineline-scraper-'));
  const personOf = new Map<string, PersonKey>();
  const names = Array.from({ length: people }, (_, n) => `shopper-${n}`);
  const { world, clock } = publicWorld(folder, { personOf, names, isGuarded });
  const stage = await openStage({ world, pace: { ...(isGuarded ? STEADY : FAST), microBatchMs: 0 } });
  try {
    await stock(stage);
    await send(
      stage,
      names.flatMap((name, n) => [yes(name), did(name, 'purchase', basketOf(n))]),
    );
    await stage.memory.engine.maintain();
    const hours = await live(stage, {
      names,
      clock,
      random: seededRandom(seed),
    });
    return { hours, names, personOf, records: await recordsOf(stage, names) };
  } finally {
    await stage.close();
    await world.log?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Clock {
  nowMs: number;
}

function publicWorld(
  folder: string,
  truth: {
    readonly personOf: Map<string, PersonKey>;
    readonly names: readonly string[];
    readonly isGuarded: boolean;
  },
): { readonly world: Partial<World>; readonly clock: Clock } {
  const store = memoryStore();
  const entropy: Entropy = { bytes: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)) };
  const weak: Entropy = { bytes: (count) => entropy.bytes(count).map((byte) => byte & 127) };
  const crypto = memoryCrypto(entropy);
  const { isGuarded } = truth;
  const clock = { nowMs: Date.UTC(2026, 6, 1, 12) };
  const log = openTileLog({
    dir: join(folder, 'log'),
    keyDir: join(folder, 'keys'),
    origin: 'fineline.test/log',
    crypto,
    entropy: isGuarded ? entropy : weak,
  });
  const nameOf = new Map(truth.names.map((name) => [store.keys.personKey('town', name), name]));
  const bare = (one: Append): Append =>
    one.leaf === undefined ? one : { ...one, leaf: plainLeaf(nameOf.get(one.person) ?? 'x', clock.nowMs) };
  const people = witnessed(store.people, {
    personOf: truth.personOf,
    change: isGuarded ? (one) => one : bare,
  });
  return {
    clock,
    world: {
      ...{ clock: { nowMs: () => clock.nowMs }, entropy, crypto },
      ...{ keys: store.keys, people, catalogue: store.catalogue, documents: store.documents },
      log: isGuarded ? log : inOrder(log),
    },
  };
}

/** A leaf that names its person and hour to whoever hashes both. */
function plainLeaf(name: string, nowMs: number): Uint8Array {
  const halves = [utf8(name), utf8(`${name}|${nowMs}`)].map((text) => sha256(text).slice(0, 16));
  return personalLeaf(concatBytes(...halves));
}

/** Remembers whose each leaf is. */
function witnessed(
  people: PersonStore,
  {
    personOf,
    change,
  }: { readonly personOf: Map<string, PersonKey>; readonly change: (one: Append) => Append },
): PersonStore {
  return around(people, {
    append: (batch) => {
      const changed = batch.map(change);
      for (const { person, leaf } of changed) if (leaf !== undefined) personOf.set(hex(leaf), person);
      return people.append(changed);
    },
  });
}

/** Leaves stay in the order in which they came, fillers last. */
function inOrder(log: TileLog): TileLog {
  const asTheyCame = { shuffle: () => undefined } as unknown as Random;
  return around(log, { integrate: () => log.integrate({ shuffleRandom: asTheyCame }) });
}

async function live(
  stage: Stage,
  {
    names,
    clock,
    random,
  }: {
    readonly names: readonly string[];
    readonly clock: Clock;
    readonly random: Random;
  },
): Promise<LogLife['hours']> {
  const hours: LogLife['hours'][number][] = [];
  let size = await sizeOf(stage);
  // Exactly half of the hours, so that always saying the same is right half of the time.
  const served = Array.from({ length: 24 * DAYS }, (_, hour) => hour % 2 === 0);
  random.shuffle(served);
  for (const wasServed of served) {
    const timeMs = clock.nowMs;
    // Several people an hour, so that the batches of a day have something to hide among.
    for (let n = 0; n < (wasServed ? 3 : 0); n += 1) {
      const body = { person: names[random.below(names.length)], placement: 'home' };
      await stage.ask({ method: 'POST', path: '/v1/decide', key: stage.keys.decide, body });
    }
    // Digests are for periods that are over: the clock goes on before they are made.
    clock.nowMs += HOUR_MS;
    await stage.memory.engine.maintain();
    const leaves = await leavesFrom(stage, size);
    size += leaves.length;
    hours.push({ timeMs, batch: { leaves }, wasServed });
  }
  return hours;
}

async function sizeOf({ memory }: Stage): Promise<number> {
  const text = utf8Text((await memory.world.log.read('checkpoint')) ?? new Uint8Array());
  return Number(text.split('\n')[1] ?? 0);
}

/** The new leaves, from the tiles that anybody can fetch. */
async function leavesFrom(stage: Stage, from: number): Promise<readonly Uint8Array[]> {
  const size = await sizeOf(stage);
  const out: Uint8Array[] = [];
  for (const tile of tilesForGrowth(0, size)) {
    if (tile.level !== 'entries') continue;
    const bytes = await stage.memory.world.log.read(tilePath(tile));
    out.push(...((bytes === undefined ? undefined : parseEntryBundle(bytes)) ?? []));
  }
  return out.slice(from);
}

async function recordsOf({ memory }: Stage, names: readonly string[]): Promise<readonly Uint8Array[]> {
  const out: Uint8Array[] = [];
  for (const name of names) {
    const person = parsePersonId(name);
    const exported = person.ok ? await memory.engine.export(person.value) : 'no-such-person';
    if (typeof exported === 'string') continue;
    const journal = (exported as unknown as { readonly journal: readonly Record<string, unknown>[] }).journal;
    for (const entry of journal) {
      if (entry['record'] !== undefined) out.push(utf8(canonicalJson(entry['record'] as never)));
    }
  }
  if (out.length < names.length) throw new Error('people can export no record of theirs');
  return out;
}
