// The shop that every figure but relevance is measured on: 10,000 things, people with 30 facts each, all
// guards on, one model. Drawn from a seed, so that two runs measure the same decisions.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../src/facts/event.ts';
import type { EventId, ItemId, PersonId, SourceId } from '../src/facts/ids.ts';
import type { Item } from '../src/facts/item.ts';
import { type Random, seededRandom } from '../src/kernel/random.ts';
import { type Embedded, openEmbedded } from '../src/presets/embedded.ts';

const ITEMS = 10_000;
export const FACTS = 30;
const TASTES = 100;

export interface BenchWorld {
  readonly embedded: Embedded;
  readonly people: readonly PersonId[];
  close(): Promise<void>;
}

/** Makes the shop in a temporary home, fills it through the ordinary intake, and learns. */
export async function openBenchWorld(options: BenchShop): Promise<BenchWorld> {
  const home = mkdtempSync(join(tmpdir(), 'fineline-bench-'));
  const { embedded, people } = await fill(home, options);
  const close = async (): Promise<void> => {
    await embedded.close();
    rmSync(home, { recursive: true, force: true });
  };
  return { embedded, people, close };
}

/** The same shop in a home that stays, for processes that serve it; it is closed when this resolves. */
export async function fillBenchHome(home: string, options: BenchShop): Promise<void> {
  const { embedded } = await fill(home, options);
  await embedded.close();
}

interface BenchShop {
  readonly people: number;
  readonly seed: number;
}

async function fill(home: string, options: BenchShop): Promise<Omit<BenchWorld, 'close'>> {
  const embedded = await openEmbedded({ home });
  const random = seededRandom(options.seed);
  await embedded.engine.putItems(Array.from({ length: ITEMS }, (_, index) => benchItem(index)));
  const people = Array.from({ length: options.people }, (_, index) => `person-${index}` as PersonId);
  await grantAll(embedded, people);
  for (let from = 0; from < people.length; from += 100) {
    const events = people.slice(from, from + 100).flatMap((person) => orders(person, random));
    await embedded.engine.collect({ events, signals: { gpc: false } });
  }
  await embedded.engine.learn();
  return { embedded, people };
}

export function benchItemId(index: number): ItemId {
  return `item-${String(index).padStart(5, '0')}` as ItemId;
}

function benchItem(index: number): Item {
  const leaf = Math.floor(index / 20);
  return {
    id: benchItemId(index),
    title: `Thing ${index}`,
    path: ['Shop', `Shelf ${Math.floor(leaf / 10)}`, `Leaf ${leaf}`],
    priceMinor: 100 + index,
    currency: 'EUR',
    // One in twenty is out of stock, one in fifty belongs to a sensitive class: the guards have work to do.
    available: index % 20 !== 7,
    ...(index % 50 === 3 ? { sensitive: 'health' as const } : {}),
  };
}

async function grantAll({ engine }: Embedded, people: readonly PersonId[]): Promise<void> {
  const changes = (['purchases', 'browsing', 'interactions', 'basket', 'declared'] as const).flatMap(
    (category) =>
      (['recommend', 'improve', 'measure'] as const).map((purpose) => ({
        category,
        purpose,
        state: 'given' as const,
      })),
  );
  for (let from = 0; from < people.length; from += 500) {
    await engine.importConsents(
      people.slice(from, from + 500).map((person) => ({
        person,
        changes,
        notice: { id: 'notice-1', language: 'en' },
        method: 'import' as const,
        byPerson: false,
      })),
    );
  }
}

function squared(x: number): number {
  return x * x;
}

/** Thirty things in ten orders, mostly from two tastes. */
function orders(person: PersonId, random: Random): readonly Event[] {
  const tastes = [random.below(TASTES), random.below(TASTES)];
  const chosen = new Set<number>();
  while (chosen.size < FACTS) {
    const taste = tastes[random.below(2)] ?? 0;
    const own = random.unit() < 0.8;
    const index = own
      ? taste * (ITEMS / TASTES) + Math.floor(squared(random.unit()) * (ITEMS / TASTES))
      : random.below(ITEMS);
    chosen.add(index);
  }
  const items = [...chosen];
  const nowMs = Date.now();
  return Array.from({ length: 10 }, (_, order) => ({
    id: `${person}-order-${order}` as EventId,
    kind: 'purchase',
    person,
    controller: 'shop' as never,
    source: 'web-shop' as SourceId,
    channel: 'web',
    timeMs: nowMs - (order + 1) * 86_400_000 * 7,
    lines: items.slice(order * 3, order * 3 + 3).map((index) => ({ item: benchItemId(index), quantity: 1 })),
  }));
}
