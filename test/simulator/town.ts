// The town as the simulation uses it: its public half only, thirty days of it. Drawing a town costs as much
// as a tenth of a run, so that neighbouring seeds share one; what happens to it is drawn anew for each.

import { generateTown } from '../../data/town/generate.ts';
import type { TownLine } from '../../data/town/types.ts';
import type { Item, SensitiveClass } from '../../src/facts/item.ts';
import { must } from '../support/house.ts';
import { parseItemId } from '../../src/facts/ids.ts';
import { DAY_MS } from './spans.ts';

export interface SimulatedTown {
  readonly lines: readonly TownLine[];
  readonly items: readonly Item[];
  readonly people: readonly string[];
}

export const START_MS = Date.UTC(2026, 6, 1);
const TOWNS = 8;
const TOWN_PEOPLE = 300;
const made = new Map<string, SimulatedTown>();

/** Of a class that tells too much, by the broadest step of the shelf it stands on. */
const SENSITIVE: Readonly<Record<string, SensitiveClass>> = { Pharmacy: 'health', Baby: 'pregnancy-baby' };

export function townOf(seed: number, days: number): SimulatedTown {
  const name = `${seed % TOWNS} ${days}`;
  let town = made.get(name);
  if (town === undefined) made.set(name, (town = makeTown(seed % TOWNS, days)));
  return town;
}

function makeTown(seed: number, days: number): SimulatedTown {
  const town = generateTown({ seed, people: TOWN_PEOPLE, days, endMs: START_MS + days * DAY_MS });
  const lines = [...town.lines()];
  const items = town.catalogue.map(({ id, title, path, stock }): Item => {
    const sensitive = SENSITIVE[path[0] ?? ''];
    const plain = { id: must(parseItemId(id)), title, path, available: stock > 0 };
    return sensitive === undefined ? plain : { ...plain, sensitive };
  });
  return { lines, items, people: [...new Set(lines.map(({ person }) => person))].sort() };
}
