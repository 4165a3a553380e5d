// Owns: dead letters of the event stream in memory.

import type { DeadLetter, DeadLetters, StreamMessage } from '../../engine/ports.ts';

type Dead = DeadLetter & { readonly body: Uint8Array };

export interface Aside {
  readonly letters: DeadLetters;
  put(message: StreamMessage & Pick<DeadLetter, 'reason' | 'tries' | 'sinceMs'>): void;
  count(): number;
}

/** `again` takes back what is replayed. */
export function createAside(again: (message: StreamMessage) => void): Aside {
  const dead = new Map<number, Dead>();
  let nextSeq = 1;
  return {
    put: ({ shard, id, body, reason, tries, sinceMs }) => {
      dead.set(nextSeq, { seq: nextSeq, shard, id, reason, tries, sinceMs, bytes: body.length, body });
      nextSeq += 1;
    },
    count: () => dead.size,
    letters: {
      list: async ({ after = 0, limit }) =>
        [...dead.values()]
          .filter(({ seq }) => seq > after)
          .slice(0, limit)
          .map(letterOf),
      get: async (seq) => {
        const found = dead.get(seq);
        return found === undefined ? undefined : letterOf(found);
      },
      replay: async (seq) => {
        const found = dead.get(seq);
        if (found === undefined) return false;
        dead.delete(seq);
        again(found);
        return true;
      },
      drop: async (seq) => dead.delete(seq),
    },
  };
}

function letterOf({ seq, shard, id, reason, tries, sinceMs, bytes }: Dead): DeadLetter {
  return { seq, shard, id, reason, tries, sinceMs, bytes };
}
