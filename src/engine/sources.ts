// Registered origins of data: those of the settings, and those an import registered. Kept as documents and
// witnessed, so that nobody can say afterwards that a source was there, or was not.

import { utf8, utf8Text } from '../kernel/bytes.ts';
import type { Notices } from '../consent/notices.ts';
import type { SourceId } from '../facts/ids.ts';
import type { Source } from '../facts/source.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { Before } from './notices.ts';
import type { World } from './ports.ts';

/** Never changed: a registration makes another map, so that whoever kept an answer sees that it is old. */
export type Sources = ReadonlyMap<SourceId, Source>;

interface Judged {
  readonly sources: Sources;
  readonly withoutNotice: readonly Source[];
}

/**
 * Sources whose notice is registered, and the others: what those send is refused when it comes, and what they
 * sent when it is read, as if they were not registered.
 */
export function withNotice(
  all: Iterable<Source>,
  { notices, before }: { readonly notices: Notices; readonly before: Before },
): Judged {
  const sources = new Map<SourceId, Source>();
  const withoutNotice: Source[] = [];
  for (const source of all) {
    const isBefore =
      Object.hasOwn(before.sources, source.id) && before.sources[source.id] === source.noticeId;
    if (isBefore || notices.inForce.has(source.noticeId)) sources.set(source.id, source);
    else withoutNotice.push(source);
  }
  return { sources, withoutNotice };
}

/** The part of the core that registrations change. */
interface Register {
  sources: Sources;
  withoutNotice: readonly Source[];
  readonly notices: Notices;
  readonly before: Before;
}

/** After a registration: the sources that can be used now. */
export function judgeSources(core: Register): void {
  const others = core.withoutNotice.filter(({ id }) => !core.sources.has(id));
  judgeAll(core, [...core.sources.values(), ...others]);
}

/** The sources that can be used now, of all that there are. */
export function judgeAll(core: Register, all: Iterable<Source>): void {
  const { sources, withoutNotice } = withNotice(all, core);
  // Nothing moved: whoever kept an answer may go on.
  if (isSame(sources, core.sources) && withoutNotice.length === core.withoutNotice.length) return;
  core.sources = sources;
  core.withoutNotice = withoutNotice;
}

function isSame(a: Sources, b: Sources): boolean {
  return (
    a.size === b.size && [...a].every(([id, source]) => JSON.stringify(source) === JSON.stringify(b.get(id)))
  );
}

/** Sources registered before; a later one of the same id replaces an earlier one. */
export async function loadSources(world: World, fromSettings: Iterable<Source>): Promise<Sources> {
  const sources = new Map<SourceId, Source>();
  for (const { id } of await world.documents.list('source')) {
    const bytes = await world.documents.get('source', id);
    if (bytes === undefined) continue;
    const source = JSON.parse(utf8Text(bytes)) as Source;
    sources.set(source.id, source);
  }
  for (const source of fromSettings) sources.set(source.id, source);
  return sources;
}

/**
 * Registers a source for good; resolves with all sources, when it is durable. Documents never change, so each
 * registration is one of its own.
 */
export async function registerSource(world: World, sources: Sources, source: Source): Promise<Sources> {
  const text = JSON.stringify(source);
  if (JSON.stringify(sources.get(source.id)) === text) return sources;
  const bytes = utf8(text);
  const nowMs = world.clock.nowMs();
  await world.documents.put('source', `${source.id}@${nowMs}`, bytes, nowMs);
  await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
  return new Map(sources).set(source.id, source);
}
