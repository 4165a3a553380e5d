// Owns: handing events of one partition to the handler until each has had its verdict, and putting aside what
// nobody can use.
//
//     handed ─▶ verdict, what is dead put aside ─▶ settled
//        └─ the handler threw: again, after a pause, from the third time on alone, in the end dead

import type { Broker } from './connect.ts';
import { deliveredOf, putAside } from './putting-aside.ts';
import type { Read } from './reading.ts';

import type { StreamHandler, Verdict } from '../../engine/ports.ts';

/** From this delivery on a message is handed over alone: what it may do to a process it does alone. */
export const ALONE_FROM = 3;
const BACK_MS = 200;
/** Most of a pause: what is thrown back holds up its partition. */
const BACK_MS_MAX = 500;

export interface Hands extends Broker {
  readonly handle: StreamHandler;
}

export interface Handing {
  readonly hands: Hands;
  readonly triesMax: number;
  readonly isStopped: () => boolean;
  readonly pause: (ms: number) => Promise<void>;
}

/** How many of them, from the first on, have had their verdict: all, unless we are stopped. */
export async function handOver(handing: Handing, events: readonly Read[], tries: number): Promise<number> {
  const { hands, triesMax, isStopped, pause } = handing;
  for (let attempt = tries; ; attempt += 1) {
    if (events.length > 1 && attempt >= Math.min(ALONE_FROM, triesMax + 1))
      return handEach(handing, events, attempt);
    if (attempt > triesMax)
      return settle(handing, events, { dead: 'it was thrown back too often' }, attempt - 1);
    try {
      const verdicts = await hands.handle(events.map((one) => deliveredOf(one, attempt)));
      return await settle(handing, events, verdicts, attempt);
    } catch {
      await pause(Math.min(BACK_MS * attempt, BACK_MS_MAX));
      if (isStopped()) return 0;
    }
  }
}

async function handEach(handing: Handing, events: readonly Read[], tries: number): Promise<number> {
  for (const [at, one] of events.entries()) if ((await handOver(handing, [one], tries)) === 0) return at;
  return events.length;
}

/** First what is dead is durable elsewhere, then it has passed here. */
async function settle(
  handing: Handing,
  events: readonly Read[],
  verdicts: readonly Verdict[] | Verdict,
  tries: number,
): Promise<number> {
  for (const [at, one] of events.entries()) {
    const verdict = Array.isArray(verdicts) ? (verdicts as readonly Verdict[])[at] : (verdicts as Verdict);
    if (verdict === 'done') continue;
    const reason = verdict?.dead ?? 'nobody said what became of it';
    while (!(await isAside(handing, one, { reason, tries }))) if (handing.isStopped()) return at;
  }
  return events.length;
}

async function isAside(
  { hands, pause }: Handing,
  one: Read,
  told: { readonly reason: string; readonly tries: number },
): Promise<boolean> {
  try {
    await putAside(hands, one, told);
    return true;
  } catch {
    await pause(BACK_MS);
    return false;
  }
}
