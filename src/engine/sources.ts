// Registered origins of data: those of the settings, and those an import registered. Kept as documents and witnessed, so that nobody
// can say afterwards that a source was there, or was not.

import { utf8, utf8Text } from '../kernel/bytes.ts';
import type { SourceId } from '../facts/ids.ts';
import type { Source } from '../facts/source.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { World } from './ports.ts';

export type Sources = Map<SourceId, Source>;

/** Sources registered before; a later one of the same id replaces an earlier one. */
export async function loadSources(world: World, fromSettings: Iterable<Source>): Promise<Sources> {
  const sources: Sources = new Map();
  for (const { id } of await world.documents.list('source')) {
    const bytes = await world.documents.get('source', id);
    if (bytes === undefined) continue;
    const source = JSON.parse(utf8Text(bytes)) as Source;
    sources.set(source.id, source);
  }
  for (const source of fromSettings) sources.set(source.id, source);
  return sources;
}

/** Registers a source for good. Durable when it resolves. */
export async function registerSource(world: World, sources: Sources, source: Source): Promise<void> {
  const bytes = utf8(JSON.stringify(source));
  await world.documents.put('source', source.id, bytes, world.clock.nowMs());
  await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
  sources.set(source.id, source);
}
