// Events that were confirmed lie in the stream until a worker has written them, and the lease of a worker
// that died outlives it by 15 s. The check begins when nothing is left there: "never", not "late".

import { setTimeout as sleep } from 'node:timers/promises';
import type { Book } from './book.ts';
import { isComplete } from './check-people.ts';
import type { Asking } from './asking.ts';
import type { StreamServers } from './stream-servers.ts';

const HANGS_MS = 120_000;
/** Who published sends again what a leader may have taken along; that is a matter of a second or two. */
const AGAIN_MS_MAX = 20_000;

/** Until the stream holds nothing and everybody has what is in the books; says what never comes. */
export async function untilTaken(book: Book, stream: StreamServers, asking: Asking): Promise<void> {
  const endMs = performance.now() + HANGS_MS;
  for (;;) {
    // Servers that elect a leader do not answer for a while.
    const { waiting, dead } = await stream.waiting().catch(() => ({ waiting: Infinity, dead: 0 }));
    if (dead > 0) book.found('failed', `${dead} confirmed events were put aside`);
    if (waiting === 0) break;
    if (performance.now() > endMs) {
      book.found('stuck', `${waiting} events wait in the stream ${HANGS_MS / 1000} s after the healing`);
      return;
    }
    await sleep(250);
  }
  const againMs = performance.now() + AGAIN_MS_MAX;
  // What is still missing then is lost, and found so by whoever checks.
  while (performance.now() < againMs && !(await isComplete(book, asking))) await sleep(500);
}
