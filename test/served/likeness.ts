// What a catalogue says of things, as it is learned from beside rows of a test: of those that enough people
// have.

import type { Item } from '../../src/facts/item.ts';
import { likenessAmongSteps } from '../../src/learn/models/likeness.ts';
import { type SparseForm, finish } from '../../src/learn/models/sparse-form.ts';
import { item } from '../support/house.ts';
import type { Row } from './read-rows.ts';

export const PEOPLE_MIN = 3;

type Said = readonly [what: string, isSaying: boolean, itemOf: (id: string) => Item];

/** What a catalogue may say, and whether that is something. */
export const SAID: readonly Said[] = [
  ['the same of all', false, (id) => item(id, ['Things'], { title: 'thing' })],
  ['what each is', true, (id) => item(id)],
];

export function likenessOf(rows: readonly Row[], catalogue: readonly Item[]): SparseForm | undefined {
  const described = catalogue.map((one) => {
    const having = new Set(rows.filter((row) => row.item === one.id).map(({ person }) => person));
    return having.size < PEOPLE_MIN ? undefined : one;
  });
  return finish(likenessAmongSteps(described));
}
