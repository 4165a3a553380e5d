// Statistics as they should be: an engine of its own, in memory, that never saw a fault is told what the
// clients' books say was acknowledged, and nothing of those who were erased.

import type { ItemId, SourceId } from '../../src/facts/ids.ts';
import { NO_SIGNALS } from '../../src/facts/signals.ts';
import { intake, itemFrom } from '../../src/engine/intake.ts';
import { openMemory } from '../../src/presets/memory.ts';
import type { Book } from './book.ts';
import { CATALOGUE, CONSENT_SOURCE, SETTINGS } from './shop.ts';

/** `stock`: what the buyers said before the round. Answers the canonical text of the counts. */
export async function freshStatistics(book: Book, stock: readonly (readonly object[])[]): Promise<string> {
  const memory = await openMemory({ settings: SETTINGS, startMs: Date.now() });
  const { engine, world } = memory;
  const options = { signals: NO_SIGNALS, source: CONSENT_SOURCE as SourceId };
  await engine.putItems(
    CATALOGUE.map((offer) => itemFrom({ ...offer, id: offer.id as ItemId, available: true })),
  );
  for (const lines of stock) await intake(engine, lines, options);
  for (const { state, told } of book.people) {
    if (state !== 'here') continue;
    // A no that came later than an event must not be obeyed before it.
    for (const line of told) {
      // In one moment a yes would be no later than the no before it, and count for nothing.
      memory.advance(1);
      await intake(engine, [line], options);
    }
  }
  engine.count();
  const text = world.crypto.text(await world.learner.canonical());
  await memory.close();
  return text;
}
