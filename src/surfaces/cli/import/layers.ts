// Events and answers of a file, in few steps. What a person says and what they do must reach the engine
// in the order of the file; what two people do has no order. So a batch is cut into layers, events and
// answers in turn, each person's entries in ascending layers: a batch of thousands then costs a handful of
// durable writes instead of hundreds.

import type { Event } from '../../../facts/event.ts';
import type { PersonId } from '../../../facts/ids.ts';
import type { Answer } from './consent-lines.ts';

export type Layer =
  | { readonly kind: 'events'; readonly events: readonly Event[] }
  | { readonly kind: 'answers'; readonly answers: readonly Answer[] };

export interface Layers {
  addEvent(event: Event): void;
  addAnswer(answer: Answer): void;
  readonly size: number;
  /** The layers so far, without empty ones; begins anew. */
  take(): readonly Layer[];
}

export function createLayers(): Layers {
  let events: Event[][] = [];
  let answers: Answer[][] = [];
  let last = new Map<PersonId, number>();
  let size = 0;

  /** Even layers are events, odd ones answers: the first from `person`'s last one on that fits. */
  function place(person: PersonId, parity: 0 | 1): number {
    const from = last.get(person) ?? 0;
    const layer = from % 2 === parity ? from : from + 1;
    last.set(person, layer);
    size += 1;
    return Math.floor(layer / 2);
  }

  return {
    addEvent: (event) => (events[place(event.person, 0)] ??= []).push(event),
    addAnswer: (answer) => (answers[place(answer.line.person, 1)] ??= []).push(answer),
    get size() {
      return size;
    },
    take: () => {
      const layers: Layer[] = [];
      for (let at = 0; at < Math.max(events.length, answers.length); at += 1) {
        const happened = events[at] ?? [];
        const said = answers[at] ?? [];
        if (happened.length > 0) layers.push({ kind: 'events', events: happened });
        if (said.length > 0) layers.push({ kind: 'answers', answers: said });
      }
      events = [];
      answers = [];
      last = new Map();
      size = 0;
      return layers;
    },
  };
}
