// What the town did, in columns, so that 50,000 lives fit into memory; and what is true about its people,
// which only the attackers read.

import { createCatalogueReader } from '../../src/collect/catalogue/catalogue.ts';
import { DAY_MS } from '../../src/kernel/time.ts';
import type { Item } from '../../src/facts/item.ts';
import { catalogueCsv } from '../../data/town/catalogue-csv.ts';
import { generateTown } from '../../data/town/generate.ts';
import { PLANTED } from '../../data/town/truth.ts';

export const END_MS = Date.UTC(2026, 1, 1);
const DAYS = 180;
const START_MS = END_MS - DAYS * DAY_MS;

/** Kinds of acts that become facts; the place is the code in the log. */
export const KINDS = ['view', 'basket-add', 'basket-remove', 'dismiss', 'purchase', 'return'] as const;
/** Where they come from; the place is the code in the log. */
export const SOURCE_IDS = ['town-web', 'town-app', 'town-till', 'town-device'] as const;

/** One line of an act. `thing` is a place in `items`. */
export interface Deed {
  readonly timeMs: number;
  readonly thing: number;
  readonly kind: number;
  readonly source: number;
  readonly quantity: number;
}

export interface TownLog {
  readonly people: number;
  /** The catalogue as an import reads it, classes by its own words. */
  readonly items: readonly Item[];
  /** Deeds of one person in order of time. */
  readonly deedsOf: (person: number) => readonly Deed[];
  /** Orders of each person: how active they are. */
  readonly orders: Uint16Array;
  /** The classes that are attacked. */
  readonly classes: readonly string[];
  /** Bit c: the person belongs to class c. */
  readonly truth: Uint8Array;
}

const FIELDS = 5;

export function readTown({ people, seed }: { readonly people: number; readonly seed: number }): TownLog {
  const town = generateTown({ seed, people, days: DAYS, endMs: END_MS });
  const reader = createCatalogueReader({ currency: 'EUR' });
  const items = [...reader.push(catalogueCsv(town.catalogue)), ...reader.end()];
  const thingOf = new Map(items.map((item, thing) => [item.id as string, thing]));
  const columns = growing();
  const orders = new Uint16Array(people);
  for (const act of town.acts()) {
    const person = drawnIndex(act.person, people);
    if (person === undefined) continue;
    const kind = KINDS.indexOf(act.kind as (typeof KINDS)[number]);
    if (kind < 0) continue;
    if (act.kind === 'purchase') orders[person]! += 1;
    const lines = 'lines' in act ? act.lines : 'line' in act ? [act.line] : [];
    const source = SOURCE_IDS.indexOf(act.source);
    for (const { item, quantity } of lines) {
      columns.push([person, act.timeMs - START_MS, thingOf.get(item) ?? 0, kind * 4 + source, quantity]);
    }
  }
  const truth = new Uint8Array(people);
  for (let person = 0; person < people; person += 1) {
    for (const [bit, { name }] of PLANTED.entries())
      if (town.person(person).classes.includes(name)) truth[person]! |= 1 << bit;
  }
  const classes = PLANTED.map(({ name }) => name);
  return { people, items, classes, deedsOf: byPerson(columns.values(), people), orders, truth };
}

/** Number of a drawn person; the named ones are stories, not a sample. */
function drawnIndex(id: string, people: number): number | undefined {
  const index = /^p\d{7}$/.test(id) ? Number(id.slice(1)) : people;
  return index < people ? index : undefined;
}

interface Growing {
  readonly push: (row: readonly [number, number, number, number, number]) => void;
  readonly values: () => Float64Array;
}

function growing(): Growing {
  let values = new Float64Array(1 << 20);
  let used = 0;
  return {
    push: (row) => {
      if (used + FIELDS > values.length) {
        const wider = new Float64Array(values.length * 2);
        wider.set(values);
        values = wider;
      }
      values.set(row, used);
      used += FIELDS;
    },
    values: () => values.subarray(0, used),
  };
}

/** Sorts the rows by person, in the order in which they came. */
function byPerson(rows: Float64Array, people: number): TownLog['deedsOf'] {
  const starts = new Uint32Array(people + 1);
  for (let at = 0; at < rows.length; at += FIELDS) starts[rows[at]! + 1]! += 1;
  for (let person = 0; person < people; person += 1) starts[person + 1]! += starts[person]!;
  const next = starts.slice();
  const places = new Uint32Array(rows.length / FIELDS);
  for (let at = 0; at < rows.length; at += FIELDS) places[next[rows[at]!]!++] = at;
  return (person) =>
    Array.from(places.subarray(starts[person], starts[person + 1]), (at): Deed => {
      const [, sinceMs = 0, thing = 0, code = 0, quantity = 0] = rows.subarray(at, at + FIELDS);
      return { timeMs: START_MS + sinceMs, thing, kind: code >> 2, source: code & 3, quantity };
    });
}
