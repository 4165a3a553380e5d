// Owns: what becomes of a message that was read: how it is handed over, and putting it aside when nobody can
// use it, with what is written beside it and under which name.

import type { JetStreamClient } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Read } from './reading.ts';
import type { Names } from './settings.ts';

import type { Delivered } from '../../engine/ports.ts';

export const DEAD_HEADERS = {
  reason: 'Fineline-Reason',
  tries: 'Fineline-Tries',
  id: 'Fineline-Id',
  /** Where it came from, and goes when it is sent again. */
  subject: 'Fineline-Subject',
} as const;

const WITHIN_MS = 5000;

/** Resolves when it is durable among the dead letters. */
export async function putAside(
  { js, names }: { readonly js: JetStreamClient; readonly names: Names },
  { id, subject, body }: Pick<Read, 'id' | 'subject' | 'body'>,
  { reason, tries }: { readonly reason: string; readonly tries: number },
): Promise<void> {
  const told = headers();
  told.set(DEAD_HEADERS.reason, reason);
  told.set(DEAD_HEADERS.tries, String(tries));
  told.set(DEAD_HEADERS.id, id);
  told.set(DEAD_HEADERS.subject, subject);
  const options = { headers: told, timeout: WITHIN_MS };
  await js.publish(names.deadSubject(shardIn(subject)), body, options);
}

/** The last part of a subject of ours; of a parcel, which is of many shards, 0. */
export function shardIn(subject: string): number {
  const shard = Number(subject.slice(subject.lastIndexOf('.') + 1));
  return Number.isSafeInteger(shard) ? shard : 0;
}

/** As it is handed over for the `attempt`th time. */
export function deliveredOf({ subject, id, body }: Read, attempt: number): Delivered {
  return { shard: shardIn(subject), id, body, attempt };
}
