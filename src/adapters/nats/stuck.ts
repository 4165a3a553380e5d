// Owns: noticing that messages of a partition lie in the stream while its worker is handed nothing, and
// making the broker's consumer anew. After leaders died one upon another nats-server 2.9.10 let consumers run
// ahead of their stream: what lay behind was handed to nobody. A new consumer begins with the oldest message
// that is left; what is handed over twice by it has its effect once (E172).

import type { JetStreamManager } from '@nats-io/jetstream';
import { type Names, type Settings, consumerOf } from './settings.ts';

/** A worker of one partition, as far as it matters here. */
interface Quiet {
  /** Milliseconds without anything in hand, or waiting to be. */
  quietMs(): number;
  stop(): Promise<void>;
}

export interface Watched {
  readonly jsm: JetStreamManager;
  readonly names: Names;
  readonly takers: ReadonlyMap<number, Quiet>;
  /** Takes the partition again, if it is still held. */
  readonly restart: (partition: number) => void;
}

/** Looks now and then until it is stopped; a look that fails is repeated. */
export function watchForStuck(watched: Watched, settings: Settings): () => void {
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      for (const [partition, taker] of watched.takers) {
        if (taker.quietMs() < settings.stuckMs || !(await liesWaiting(watched, partition))) continue;
        await makeAnew(watched, settings, partition);
      }
    } catch {
      // Leaders are elected: asked again with the next look.
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), Math.max(100, settings.stuckMs / 3));
  timer.unref();
  return () => clearInterval(timer);
}

async function liesWaiting({ jsm, names }: Watched, partition: number): Promise<boolean> {
  const subjects_filter = names.partitionSubject(partition);
  const { state } = await jsm.streams.info(names.events, { subjects_filter });
  return Object.keys(state.subjects ?? {}).length > 0;
}

async function makeAnew(
  { jsm, names, takers, restart }: Watched,
  settings: Settings,
  partition: number,
): Promise<void> {
  await takers.get(partition)?.stop();
  try {
    await jsm.consumers.delete(names.events, names.consumer(partition));
  } finally {
    // Also where it could not be deleted, or was: there has to be one.
    await jsm.consumers.add(names.events, consumerOf(settings, partition));
    restart(partition);
  }
}
