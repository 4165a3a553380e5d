/*
 * From rows to histories: people in id order, their steps in time order.
 */
import type { Histories } from '../../../learn/histories.ts';
import type { Events } from './events.ts';

/** What one step is: a row, or all rows of a basket. */
export type StepKind = 'row' | 'basket';

/** Order of ids: `newNumberOf[old]` is the place of an id in ascending order. */
export function idOrder(texts: readonly string[]): Uint32Array {
  const order = Array.from(texts, (_, number) => number);
  order.sort((a, b) => (texts[a]! < texts[b]! ? -1 : texts[a]! > texts[b]! ? 1 : 0));
  const newNumberOf = new Uint32Array(texts.length);
  for (const [place, number] of order.entries()) newNumberOf[number] = place;
  return newNumberOf;
}

/** Rows of several files as one; time and basket columns survive only when every file has them. */
export function joinEvents(files: readonly Events[]): Events {
  const [first] = files;
  if (files.length === 1 && first) return first;
  const count = files.reduce((sum, events) => sum + events.count, 0);
  const persons = new Uint32Array(count);
  const items = new Uint32Array(count);
  const times = files.every((events) => events.times) ? new Float64Array(count) : undefined;
  const baskets = files.every((events) => events.baskets) ? new Uint32Array(count) : undefined;
  let at = 0;
  let basketsBefore = 0;
  for (const events of files) {
    persons.set(events.persons, at);
    items.set(events.items, at);
    if (events.times) times?.set(events.times, at);
    // Basket numbers are per file: a basket of one file is never a basket of another.
    if (events.baskets && baskets) {
      let greatest = -1;
      for (const [x, basket] of events.baskets.entries()) {
        baskets[at + x] = basket + basketsBefore;
        greatest = Math.max(greatest, basket);
      }
      basketsBefore += greatest + 1;
    }
    at += events.count;
  }
  return { file: files.map((events) => events.file).join(' + '), count, persons, items, times, baskets };
}

/** Rows grouped by person, then by time (rows of equal time, or without time, in file order). */
function orderRows(events: Events, personCount: number): Uint32Array {
  const { persons, times } = events;
  const { order, offsets } = byPerson(persons, personCount);
  if (!times) return order;
  for (let person = 0; person < personCount; person++) {
    order.subarray(offsets[person], offsets[person + 1]).sort((a, b) => times[a]! - times[b]! || a - b);
  }
  return order;
}

// A counting sort; sorting by a comparison boxes every row first.
function byPerson(persons: Uint32Array, personCount: number): { order: Uint32Array; offsets: Uint32Array } {
  const offsets = new Uint32Array(personCount + 1);
  for (const person of persons) offsets[person + 1]!++;
  for (let person = 0; person < personCount; person++) offsets[person + 1]! += offsets[person]!;
  const next = offsets.slice();
  const order = new Uint32Array(persons.length);
  for (let row = 0; row < persons.length; row++) order[next[persons[row]!]!++] = row;
  return { order, offsets };
}

/** Histories of `personCount` people; people without rows have no steps. */
export function historiesOf(
  events: Events,
  { personCount, itemCount }: { readonly personCount: number; readonly itemCount: number },
  stepKind: StepKind,
): Histories {
  const order = stepKind === 'basket' ? orderByBasket(events, personCount) : orderRows(events, personCount);
  const { persons, baskets } = events;
  const personOffsets = new Uint32Array(personCount + 1);
  const stepOffsets = new Uint32Array(events.count + 1);
  const items = new Uint32Array(events.count);
  const stepOfItem = new Int32Array(itemCount).fill(-1);
  let steps = 0;
  let used = 0;
  let previous = -1;
  for (const row of order) {
    const person = persons[row]!;
    const sameBasket =
      previous >= 0 &&
      stepKind === 'basket' &&
      person === persons[previous] &&
      baskets?.[row] === baskets?.[previous];
    if (!sameBasket) steps++;
    previous = row;
    personOffsets[person + 1] = steps;
    const item = events.items[row]!;
    if (stepOfItem[item] !== steps) items[used++] = item;
    stepOfItem[item] = steps;
    stepOffsets[steps] = used;
  }
  for (let person = 0; person < personCount; person++) {
    personOffsets[person + 1] = Math.max(personOffsets[person + 1]!, personOffsets[person]!);
  }
  return {
    itemCount,
    personOffsets,
    stepOffsets: stepOffsets.slice(0, steps + 1),
    items: items.slice(0, used),
  };
}

// Baskets stand where their first row stands, and their rows together.
function orderByBasket(events: Events, personCount: number): Uint32Array {
  const { persons, baskets } = events;
  const order = orderRows(events, personCount);
  if (!baskets) return order;
  const rankOf = new Map<number, number>();
  const rankOfRow = new Float64Array(events.count);
  let lastPerson = -1;
  for (let rank = 0; rank < order.length; rank++) {
    const row = order[rank]!;
    if (persons[row] !== lastPerson) rankOf.clear();
    lastPerson = persons[row]!;
    const known = rankOf.get(baskets[row]!);
    rankOf.set(baskets[row]!, known ?? rank);
    rankOfRow[row] = known ?? rank;
  }
  const placeOf = new Uint32Array(events.count);
  for (const [place, row] of order.entries()) placeOf[row] = place;
  return order.slice().sort((a, b) => rankOfRow[a]! - rankOfRow[b]! || placeOf[a]! - placeOf[b]!);
}
