// Whose decision the first start shows, when nobody is named: a typical customer, chosen the same way each
// time. The numbers are those of an ordinary shelf: some ten to thirty different things, which have something
// to do with each other.

import type { Engine } from '../../engine/engine.ts';
import type { ItemModel } from '../../facts/model.ts';
import type { PersonId } from '../../facts/ids.ts';
import { hashOfName } from './import/name-hash.ts';
import { knownFacts } from './show/facts.ts';

const THINGS_LEAST = 8;
const THINGS_MOST = 30;
/** People looked at. */
const SAMPLE_MAX = 200;

export interface PeopleSample {
  offer(person: PersonId): void;
  readonly people: readonly PersonId[];
}

/** The people whose hashed names are smallest: the same ones whatever the order of the file. */
export function createSample(): PeopleSample {
  let kept: { readonly person: PersonId; readonly hash: number }[] = [];
  const seen = new Set<PersonId>();
  let limit = Number.POSITIVE_INFINITY;
  return {
    offer: (person) => {
      const hash = hashOfName(person);
      if (hash >= limit || seen.has(person)) return;
      seen.add(person);
      kept.push({ person, hash });
      if (kept.length < 2 * SAMPLE_MAX) return;
      kept = kept.toSorted((a, b) => a.hash - b.hash).slice(0, SAMPLE_MAX);
      limit = kept.at(-1)?.hash ?? limit;
      seen.clear();
      for (const { person: id } of kept) seen.add(id);
    },
    get people() {
      return kept
        .toSorted((a, b) => a.hash - b.hash || (a.person < b.person ? -1 : 1))
        .slice(0, SAMPLE_MAX)
        .map(({ person }) => person);
    },
  };
}

/**
 * The person whose things belong together most, of those with an ordinary number of them; else whoever has
 * the most.
 */
export async function demoPerson(engine: Engine, people: readonly PersonId[]): Promise<PersonId | undefined> {
  const { model } = engine.core.shelves.current().shelf;
  const indexOf = new Map<string, number>(model.itemIds.map((id, index) => [id, index]));
  let best: { readonly person: PersonId; readonly score: number } | undefined;
  for (const person of people) {
    const known = await engine.describe(person);
    if (typeof known === 'string') continue;
    const usable = knownFacts(known).filter(
      ({ kind, purposes }) => kind === 'bought' && purposes.includes('recommend'),
    );
    const things = usable.flatMap(({ key }) => indexOf.get(key.split('|').slice(2).join('|')) ?? []);
    const isOrdinary = things.length >= THINGS_LEAST && things.length <= THINGS_MOST;
    const score = (isOrdinary ? 1000 : 0) + (isOrdinary ? coherence(model, things) : things.length / 1000);
    if (things.length > 0 && (best === undefined || score > best.score)) best = { person, score };
  }
  return best?.person;
}

/** Mean weight from one of the things to another. */
function coherence(model: ItemModel, things: readonly number[]): number {
  const own = new Set(things);
  let total = 0;
  for (const from of own) {
    for (let at = model.offsets[from] ?? 0; at < (model.offsets[from + 1] ?? 0); at += 1) {
      if (own.has(model.targets[at]!)) total += model.weights[at]!;
    }
  }
  return total / Math.max(1, own.size * (own.size - 1));
}
