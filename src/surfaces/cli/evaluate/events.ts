/*
 * The rows of the files of an evaluation as typed arrays, with ids interned once for all files.
 *
 * Item and person numbers follow the order of their ids, not of the rows, so that ties fall the same way
 * whatever the order of a file.
 */
import { LIMITS } from '../../../kernel/limits.ts';
import { parseInstant } from '../../../kernel/time.ts';
import { badFile, readCsv } from './csv.ts';

/** Columns beyond `person` and `item` that a file must have. */
export type Columns = { readonly time: 'needed' | 'optional'; readonly basket: 'needed' | 'optional' };

/** Rows in file order. */
export type Events = {
  readonly file: string;
  readonly count: number;
  readonly persons: Uint32Array;
  readonly items: Uint32Array;
  /** Milliseconds; undefined without a time column. */
  readonly times: Float64Array | undefined;
  /** Basket numbers, distinct per basket text; undefined without a basket column. */
  readonly baskets: Uint32Array | undefined;
};

/** Numbers for texts, in order of first appearance. */
export type Interner = { readonly texts: string[]; readonly numberOf: (text: string) => number };

export function createInterner(): Interner {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    numberOf: (text) => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      const own = copied(text);
      numbers.set(own, texts.length);
      texts.push(own);
      return texts.length - 1;
    },
  };
}

/** A text of its own: a part of a larger one, as a field of a line is, keeps the whole chunk in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

export type Ids = { readonly persons: Interner; readonly items: Interner };

/** Reads `person,item[,time][,basket]`; other columns are ignored. */
export async function readEvents(file: string, ids: Ids, columns: Columns): Promise<Events> {
  const baskets = createInterner();
  const into = {
    persons: createNumbers(Uint32Array),
    items: createNumbers(Uint32Array),
    times: createNumbers(Float64Array),
    baskets: createNumbers(Uint32Array),
  };
  let has = { time: false, basket: false };
  await readCsv(file, (header) => {
    const place = placesIn(file, header, columns);
    has = { time: place.time >= 0, basket: place.basket >= 0 };
    return (fields, line) => {
      into.persons.push(ids.persons.numberOf(idIn(fields, place.person, 'person', file, line)));
      into.items.push(ids.items.numberOf(idIn(fields, place.item, 'item', file, line)));
      if (has.time) into.times.push(timeIn(fields, place.time, file, line));
      if (has.basket) into.baskets.push(baskets.numberOf(idIn(fields, place.basket, 'basket', file, line)));
    };
  });
  return {
    file,
    count: into.persons.length(),
    persons: into.persons.values(),
    items: into.items.values(),
    times: has.time ? into.times.values() : undefined,
    baskets: has.basket ? into.baskets.values() : undefined,
  };
}

type Places = {
  readonly person: number;
  readonly item: number;
  readonly time: number;
  readonly basket: number;
};

function placesIn(file: string, header: readonly string[], columns: Columns): Places {
  const find = (name: string, needed: boolean): number => {
    const place = header.indexOf(name);
    if (place < 0 && needed) {
      throw badFile(
        `${file}, line 1: no column "${name}", which this task needs; found ${header.join(', ')}`,
      );
    }
    if (place !== header.lastIndexOf(name)) throw badFile(`${file}, line 1: two columns "${name}"`);
    return place;
  };
  return {
    person: find('person', true),
    item: find('item', true),
    time: find('time', columns.time === 'needed'),
    basket: find('basket', columns.basket === 'needed'),
  };
}

export function idIn(
  fields: readonly string[],
  place: number,
  name: string,
  file: string,
  line: number,
): string {
  const id = fields[place]!.trim();
  if (id === '' || id.length > LIMITS.idLengthMax) {
    throw badFile(
      `${file}, line ${line}, column "${name}": expected an id of 1 to ${LIMITS.idLengthMax} ` +
        `characters, found ${id === '' ? 'nothing' : `${id.length}`}`,
    );
  }
  return id;
}

function timeIn(fields: readonly string[], place: number, file: string, line: number): number {
  const text = fields[place]!.trim();
  const ms = parseInstant(text);
  if (ms === undefined) {
    throw badFile(
      `${file}, line ${line}, column "time": expected epoch seconds or ISO 8601, ` +
        `found ${JSON.stringify(text.slice(0, 40))}`,
    );
  }
  return ms;
}

type Numbers<T> = {
  readonly push: (value: number) => void;
  readonly length: () => number;
  readonly values: () => T;
};

function createNumbers<T extends Uint32Array | Float64Array>(Column: new (length: number) => T): Numbers<T> {
  let values = new Column(1024);
  let used = 0;
  return {
    push: (value) => {
      if (used === values.length) {
        const more = new Column(used * 2);
        more.set(values);
        values = more;
      }
      values[used++] = value;
    },
    length: () => used,
    // The rest of the room was never written to, so it takes no memory.
    values: () => values.subarray(0, used) as T,
  };
}
