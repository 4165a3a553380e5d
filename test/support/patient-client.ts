// A client of several nodes as docs/operations.md asks for one: what a node refuses because it stops, or does
// not answer because it is gone, is asked of the next one.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Ask } from './serve-nodes.ts';

const GIVE_UP_MS = 60_000;
const PAUSE_MS = 50;

export interface Patient {
  readonly ask: Ask;
  /** Times another node had to be asked. */
  turns(): number;
}

/** `nodes` answers who may be asked now; its order is the client's. */
export function patientClient(nodes: () => readonly Ask[]): Patient {
  let at = 0;
  let turns = 0;
  return {
    turns: () => turns,
    ask: async (...asked) => {
      const untilMs = Date.now() + GIVE_UP_MS;
      for (;;) {
        const all = nodes();
        const answer = await tried(all[at % all.length], asked);
        if (answer !== undefined) return answer;
        if (Date.now() > untilMs) throw new Error(`no node answered ${asked[1]} for a minute`);
        turns += 1;
        at += 1;
        await sleep(PAUSE_MS);
      }
    },
  };
}

async function tried(node: Ask | undefined, asked: Parameters<Ask>): Promise<Answer | undefined> {
  try {
    const answer = await node?.(...asked);
    return answer?.status === 503 ? undefined : answer;
  } catch {
    // Refused or cut: what was asked is safe to be asked again, for events have names.
    return undefined;
  }
}
