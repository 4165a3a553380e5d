// Entries into the engine, thousands at once.

import type { Engine } from '../../../engine/engine.ts';
import type { EventId } from '../../../facts/ids.ts';
import { NO_SIGNALS } from '../../../facts/signals.ts';
import type { PeopleSample } from '../demo-person.ts';
import { type Answers, createConsentImporter } from './consent-lines.ts';
import type { Declarer } from './declare.ts';
import type { Entry } from './entries.ts';
import { createLayers } from './layers.ts';
import { type Tally, addCollected } from './tally.ts';

/** Entries handed over at once. */
const BATCH_ENTRIES = 4096;

export interface SenderOptions {
  /** Everything that the people of these entries answer in them. */
  readonly answers: Answers;
  readonly declarer: Declarer;
  readonly sample: PeopleSample;
  readonly tally: Tally;
}

export interface Sender {
  add(entry: Entry): void;
  /** So many wait that they should be sent. */
  readonly isFull: boolean;
  /** Hands over what waits. Durable when it resolves. */
  send(): Promise<void>;
}

export function createSender(engine: Engine, { answers, declarer, sample, tally }: SenderOptions): Sender {
  const consents = createConsentImporter(engine, answers, tally);
  const layers = createLayers();
  const ends = new Map<EventId, number>();
  return {
    add: (entry) => {
      if (entry.kind === 'answer') layers.addAnswer(entry);
      else {
        layers.addEvent(entry.event);
        if (entry.notAfterMs !== undefined) ends.set(entry.event.id, entry.notAfterMs);
      }
    },
    get isFull() {
      return layers.size >= BATCH_ENTRIES;
    },
    send: async () => {
      for (const layer of layers.take()) {
        if (layer.kind === 'answers') {
          await consents.keep(layer.answers);
          continue;
        }
        const { events } = layer;
        for (const { person } of events) sample.offer(person);
        const silent = events.filter(({ person }) => !answers.has(person));
        await declarer.declare(new Map(silent.map(({ person }) => [person, undefined])));
        addCollected(tally, await engine.collect({ events, signals: NO_SIGNALS, notAfterMs: ends }));
      }
      ends.clear();
    },
  };
}
