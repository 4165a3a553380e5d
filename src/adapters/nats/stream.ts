// The event stream on NATS JetStream. What lies there, for how long, and what an acknowledgement means stands
// in SPEC.md.
//
//     PREFIX_EVENTS_0 …   what waits for a worker, by partition, and a note of what has been taken
//     PREFIX_DEAD         what nobody could use, for thirty days
//     PREFIX_LEASES       which worker takes which partition

import { JetStreamApiError, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault, isFault } from '../../kernel/fault.ts';
import { connectTo, foundStream } from './connect.ts';
import { isPassing, streamClosed, streamDown } from './faults.ts';
import { createKept, type Kept, OneConnection } from './one-connection.ts';
import { type NatsStream, type Patience, RenewingStream } from './renewing.ts';
import { type NatsOptions, type Settings, settingsOf, streamsOf } from './settings.ts';

export type { NatsStream } from './renewing.ts';

/** How long opening waits for a cluster that is just starting. */
const OPEN_MS = 20_000;

export interface NatsOpening extends Patience {
  /** Gives the opening up. */
  readonly ending?: AbortSignal;
}

/**
 * Connects, and makes what is not there yet. Faults: `stream-down` (no server, or no quorum),
 * `stream-refused` (user or password), `wrong-stream` (there is a stream of that name with settings that
 * promise less), `closed` (ended before it was open). A connection on which nothing is heard any more is
 * replaced while it is open (renewing.ts).
 */
export async function openNatsStream(options: NatsOptions, opening: NatsOpening = {}): Promise<NatsStream> {
  const settings = settingsOf(options);
  const kept = createKept(settings);
  const open = (ending?: AbortSignal): Promise<OneConnection> => connectOnce(settings, kept, ending);
  const { ending, ...patience } = opening;
  return new RenewingStream(await open(ending), { ...patience, open, kept });
}

async function connectOnce(
  settings: Settings,
  kept: Kept,
  ending: AbortSignal | undefined,
): Promise<OneConnection> {
  const connection = await connectTo(settings);
  try {
    const jsm = await patiently(() => jetstreamManager(connection, { timeout: 5000 }), ending);
    await prepare(jsm, settings, ending);
    return new OneConnection({ connection, jsm, settings }, kept);
  } catch (error) {
    await connection.close();
    throw refusalOf(error);
  }
}

/** An answer of the broker says more than that nothing works; it is about streams, never about people. */
function refusalOf(error: unknown): Fault {
  if (isFault(error)) return error;
  if (!(error instanceof JetStreamApiError)) return streamDown(error);
  const message = `The broker does not make the stream: ${error.message}. See “fineline cluster check”.`;
  return new Fault('wrong-stream', message, { retry: 'never', cause: error });
}

/** Again and again while a cluster finds its leaders, or until nobody waits for it any more. */
async function patiently<T>(work: () => Promise<T>, ending: AbortSignal | undefined): Promise<T> {
  const untilMs = Date.now() + OPEN_MS;
  for (;;) {
    if (ending?.aborted === true) throw streamClosed();
    try {
      return await work();
    } catch (error) {
      if (error instanceof Fault || !isPassing(error) || Date.now() > untilMs) throw error;
      await sleep(200);
    }
  }
}

async function prepare(
  jsm: JetStreamManager,
  settings: Settings,
  ending: AbortSignal | undefined,
): Promise<void> {
  for (const wanted of streamsOf(settings)) {
    await patiently(async () => {
      const found = await foundStream(jsm, wanted.name);
      if (found === undefined) {
        await jsm.streams.add({ ...wanted });
        return;
      }
      const { num_replicas, storage, retention, discard, description } = found.config;
      const isRight =
        (wanted.description ?? description) === description &&
        num_replicas >= wanted.num_replicas &&
        storage === wanted.storage &&
        retention === wanted.retention &&
        discard === wanted.discard;
      if (isRight) return;
      const message = `The stream ${wanted.name} promises less than is needed: see “fineline cluster check”.`;
      throw new Fault('wrong-stream', message, { retry: 'never' });
    }, ending);
  }
}
