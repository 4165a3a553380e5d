// Owns: the name of a message, in a header of ours, and which names have been acknowledged here lately.

import { type MsgHdrs, headers } from '@nats-io/transport-node';
import { REPEAT_WINDOW_MS } from './settings.ts';

const ID_HEADER = 'Fineline-Id';
/** Ids remembered at most; the oldest go first. About 100 bytes each. */
const IDS_MAX = 500_000;

/** Not the broker's own header, by which it would leave out what it takes for a repeat. */
export function headersFor(id: string): MsgHdrs {
  const told = headers();
  told.set(ID_HEADER, id);
  return told;
}

export function idIn(told: Pick<MsgHdrs, 'get'> | undefined): string {
  return told?.get(ID_HEADER) ?? '';
}

export interface Ids {
  has(id: string): boolean;
  add(id: string): void;
}

/** Names of the last two minutes. */
export function createIds(): Ids {
  const since = new Map<string, number>();
  const isOver = (atMs: number): boolean => performance.now() - atMs > REPEAT_WINDOW_MS;
  return {
    has: (id) => {
      const atMs = since.get(id);
      return atMs !== undefined && !isOver(atMs);
    },
    add: (id) => {
      since.delete(id);
      since.set(id, performance.now());
      for (const [oldest, atMs] of since) {
        if (since.size <= IDS_MAX && !isOver(atMs)) break;
        since.delete(oldest);
      }
    },
  };
}
