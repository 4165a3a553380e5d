// Origins of imported data. Nothing is imported from nowhere: a source is named, with its channel, the basis
// on which people agreed and the notice they saw, and stays on record.

import type { Engine } from '../../../engine/engine.ts';
import type { Channel } from '../../../facts/channel.ts';
import { type SourceId, parseSourceId } from '../../../facts/ids.ts';
import { type Parsed, parseText, problemText } from '../../../facts/parse.ts';
import type { Basis } from '../../../facts/source.ts';
import { LIMITS } from '../../../kernel/limits.ts';
import { usage } from '../command.ts';

export interface SourceClaim {
  readonly id: string;
  readonly channel: Channel;
  readonly basis: Basis;
  readonly noticeId: string;
  readonly description: string;
}

/**
 * Registers the source unless it is. Fault `usage` when a name is not one, or it stands there with other
 * terms.
 */
export async function registerClaim(engine: Engine, claim: SourceClaim): Promise<SourceId> {
  const { channel, basis } = claim;
  const id = bounded(parseSourceId(claim.id, 'source'));
  const noticeId = bounded(parseText(claim.noticeId, { field: 'notice', lengthMax: LIMITS.idLengthMax }));
  const description = bounded(
    parseText(claim.description, { field: 'description', lengthMax: LIMITS.titleLengthMax }),
  );
  const { notices, before } = engine.core;
  const isBefore = Object.hasOwn(before.sources, id) && before.sources[id] === noticeId;
  if (!isBefore && !notices.inForce.has(noticeId)) throw noNotice(noticeId, [...notices.inForce.keys()]);
  const there = engine.core.sources.get(id);
  const { controller } = engine.core.config;
  const source = { id, controller, origin: 'first-party', channel, basis, noticeId, description } as const;
  if (there === undefined) await engine.registerSource(source);
  else if (there.channel !== channel || there.basis !== basis || there.noticeId !== noticeId) {
    const known = `channel ${there.channel}, basis ${there.basis}, notice ${there.noticeId}`;
    throw usage(
      `the source ${id} is registered already (${known}). Say the same, or give this one another name.`,
    );
  }
  return id;
}

function noNotice(noticeId: string, known: readonly string[]) {
  return usage(
    `no notice ${JSON.stringify(noticeId)} is registered; registered: ${known.join(', ')}. Nothing was ` +
      'imported. Put what people were shown under notices in fineline.yaml (docs/notices.md), and run ' +
      'it again.',
  );
}

function bounded<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw usage(problemText(parsed.error));
}

/** Channel of a source that only its name tells about. */
export function channelOfName(name: string): Channel {
  if (/till|pos|store|shop-floor/i.test(name)) return 'till';
  if (/app|ios|android|mobile/i.test(name)) return 'app';
  return 'web';
}
