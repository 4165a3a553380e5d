/*
 * Loads the files of an evaluation and lays them out for learning and for asking.
 */
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { createInterner, type Events, type Columns, readEvents } from './events.ts';
import { historiesOf, idOrder, joinEvents } from './histories-of.ts';
import { badFile } from './csv.ts';
import type { EvaluateOptions, Task } from './options.ts';
import { compareIds } from '../../../learn/contribution.ts';
import type { Histories } from '../../../learn/histories.ts';
import type { Described, DescribedThings } from '../../../learn/models/likeness.ts';
import type { People } from '../../../learn/recipes/held-out-things.ts';
import { DAY_MS } from '../../../kernel/time.ts';

export type EvaluationData = {
  readonly itemCount: number;
  /** Ascending; a thing's number is its place. */
  readonly itemIds: readonly string[];
  /** Items of the catalogue file, the training file and the history file. */
  readonly catalogueCount: number;
  /** What the catalogue file says of each thing; absent where it says nothing of any. */
  readonly described?: DescribedThings;
  /** Rows of the training file. */
  readonly interactions: number;
  /** What is learned from. People are numbered alike in all three. */
  readonly train: Histories;
  /** What is known of the people who are served: training and history files. */
  readonly served: Histories;
  /** What came after. */
  readonly test: Histories;
  /** Last time of each person in the training file, ms; zeros without a time column. */
  readonly lastMs: Float64Array;
  /**
   * Absent unless both files have times and what is asked for came later: what is wanted lately is known of
   * the end of the training file alone.
   */
  readonly dated?: Dated;
  /** The same of the history file as well; absent also where that has no times. */
  readonly datedServed?: Dated;
  /**
   * There where both files have times and nearly all that is asked of a person came after what they are known
   * to have: of each person the rows before the newest `share`.
   */
  readonly rowsBefore?: (share: number) => Uint32Array;
};

/** Days are UTC days since 1970. */
export type Dated = {
  /** Of each row. */
  readonly days: Int32Array;
  /** Of what people have, the day on which it last came. */
  readonly daysOf: (people: People) => Int32Array;
  /** How many rows each person has before a day. */
  readonly rowsBefore: (day: number) => Uint32Array;
};

const TRAIN_COLUMNS: Record<Task, Columns> = {
  topn: { time: 'optional', basket: 'optional' },
  next: { time: 'needed', basket: 'optional' },
  session: { time: 'needed', basket: 'optional' },
  basket: { time: 'optional', basket: 'needed' },
};

const TEST_COLUMNS: Record<Task, Columns> = {
  topn: { time: 'optional', basket: 'optional' },
  next: { time: 'optional', basket: 'optional' },
  session: { time: 'needed', basket: 'optional' },
  basket: { time: 'optional', basket: 'optional' },
};

/** Reads everything; throws the fault `bad-file` with file, line, column and what was expected. */
export async function loadData(options: EvaluateOptions): Promise<EvaluationData> {
  const ids = { persons: createInterner(), items: createInterner() };
  const { task } = options;
  const rawTrain = await readEvents(options.train, ids, TRAIN_COLUMNS[task]);
  if (rawTrain.count === 0)
    throw badFile(`${options.train}: no rows after the header; nothing to learn from`);
  const rawHistory =
    options.history === undefined ? undefined : await readEvents(options.history, ids, TRAIN_COLUMNS[task]);
  const catalogue = options.catalog === undefined ? NO_CATALOGUE : await readCatalogue(options.catalog, ids);
  const catalogueCount = ids.items.texts.length;
  const rawTest = await readEvents(options.test, ids, TEST_COLUMNS[task]);
  if (rawTest.count === 0) throw badFile(`${options.test}: no rows after the header; nothing to evaluate`);
  const personOrder = idOrder(ids.persons.texts);
  const itemOrder = idOrder(ids.items.texts);
  const inIdOrder = (events: Events): Events => ({
    ...events,
    persons: events.persons.map((person) => personOrder[person]!),
    items: events.items.map((item) => itemOrder[item]!),
  });
  const size = { personCount: personOrder.length, itemCount: itemOrder.length };
  const kind = task === 'basket' ? 'basket' : 'row';
  const trainEvents = inIdOrder(rawTrain);
  const train = historiesOf(trainEvents, size, kind);
  const servedEvents = rawHistory ? joinEvents([trainEvents, inIdOrder(rawHistory)]) : trainEvents;
  const served = rawHistory ? historiesOf(servedEvents, size, kind) : train;
  const testEvents = inIdOrder(rawTest);
  const test = historiesOf(testEvents, size, kind);
  const order = orderOf(testEvents, servedEvents, size.personCount);
  return {
    itemCount: size.itemCount,
    itemIds: [...ids.items.texts].sort(compareIds),
    catalogueCount,
    ...(catalogue.size > 0 && { described: describedInOrder(catalogue, itemOrder) }),
    interactions: rawTrain.count,
    train,
    served,
    test,
    lastMs: lastTimes(trainEvents, size.personCount),
    ...(order.isKept && {
      rowsBefore: (share) =>
        rowsBefore(trainEvents, size.personCount, { share, cutsMoments: order.cutsMoments }),
    }),
    ...(isLater(rawTest, trainEvents) && {
      dated: datedOf(trainEvents, size.personCount),
      ...(servedEvents.times && { datedServed: datedOf(servedEvents, size.personCount) }),
    }),
  };
}

const NO_CATALOGUE: Catalogue = new Map();

function describedInOrder(catalogue: Catalogue, order: Uint32Array): DescribedThings {
  const described = Array.from(order, (): Described | undefined => undefined);
  for (const [item, said] of catalogue) described[order[item]!] = said;
  return described;
}

const LATER_SHARE_MIN = 0.9;

/**
 * Whether nearly all of `asked` came on the last day of what is known, or later; of them only the times are
 * read.
 */
function isLater({ times: asked }: Events, { times: known }: Events): boolean {
  if (asked === undefined || known === undefined) return false;
  const newest = known.reduce((a, b) => Math.max(a, b), 0);
  const firstMs = Math.floor(newest / DAY_MS) * DAY_MS;
  const later = asked.reduce((count, ms) => count + (ms >= firstMs ? 1 : 0), 0);
  return later >= LATER_SHARE_MIN * asked.length;
}

type Order = {
  /**
   * Nearly all that is asked for came after what the same person is known to have had, or with the last of
   * it.
   */
  readonly isKept: boolean;
  /** Much of it came with the last of it: the cut goes through moments (days, orders). */
  readonly cutsMoments: boolean;
};

/** Of what is asked for only the times are read. */
function orderOf({ persons, times: asked }: Events, known: Events, personCount: number): Order {
  const hadMs = lastTimes(known, personCount);
  if (asked === undefined || !hasMoments(known, hadMs)) return { isKept: false, cutsMoments: false };
  let [rows, inOrder, together] = [0, 0, 0];
  for (const [row, person] of persons.entries()) {
    if (hadMs[person] === 0) continue;
    rows += 1;
    if (asked[row]! >= hadMs[person]!) inOrder += 1;
    if (asked[row] === hadMs[person]) together += 1;
  }
  return {
    isKept: rows > 0 && inOrder >= LATER_SHARE_MIN * rows,
    cutsMoments: together > (1 - LATER_SHARE_MIN) * rows,
  };
}

/**
 * Whether most of those who have several things had them at more than one moment. Rows of one moment stand in
 * some order, and it says nothing of time.
 */
function hasMoments({ persons, times = NO_TIMES }: Events, lastMs: Float64Array): boolean {
  const rows = new Uint32Array(lastMs.length);
  const isApart = new Uint8Array(lastMs.length);
  for (const [row, ms] of times.entries()) {
    const person = persons[row]!;
    rows[person]! += 1;
    if (ms !== lastMs[person]) isApart[person] = 1;
  }
  const several = rows.reduce((count, own) => count + (own > 1 ? 1 : 0), 0);
  const apart = isApart.reduce((count, one) => count + one, 0);
  return apart > 0 && 2 * apart >= several;
}

/**
 * Of each person the rows before the newest `share`; none of them of the moment that begins there, if that is
 * not cut.
 */
function rowsBefore(
  { persons, times = NO_TIMES }: Events,
  personCount: number,
  { share, cutsMoments }: { readonly share: number; readonly cutsMoments: boolean },
): Uint32Array {
  const timesOf = Array.from({ length: personCount }, (): number[] => []);
  for (const [row, person] of persons.entries()) timesOf[person]!.push(times[row]!);
  return Uint32Array.from(timesOf, (own) => {
    own.sort((a, b) => a - b);
    let rows = own.length - Math.max(1, Math.round(own.length * share));
    const isWithin = (at: number): boolean => !cutsMoments && at > 0 && own[at - 1] === own[at];
    while (isWithin(rows)) rows--;
    return Math.max(0, rows);
  });
}

function datedOf({ persons, items, times = NO_TIMES }: Events, personCount: number): Dated {
  const days = Int32Array.from(times, (ms) => Math.floor(ms / DAY_MS));
  return {
    days,
    daysOf: ({ offsets, indices }) => {
      const last = new Int32Array(indices.length);
      for (const [row, person] of persons.entries()) {
        const at = placeIn(indices, items[row]!, offsets[person]!, offsets[person + 1]!);
        if (at !== undefined) last[at] = Math.max(last[at]!, days[row]!);
      }
      return last;
    },
    rowsBefore: (day) => {
      const rows = new Uint32Array(personCount);
      for (const [row, person] of persons.entries()) if (days[row]! < day) rows[person]!++;
      return rows;
    },
  };
}

const NO_TIMES = new Float64Array(0);

/** Of what ascends from `from` to `to`; somebody’s oldest things are not in it. */
function placeIn(indices: Uint32Array, item: number, from: number, to: number): number | undefined {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (indices[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return low < to && indices[low] === item ? low : undefined;
}

function lastTimes({ persons, times }: Events, personCount: number): Float64Array {
  const last = new Float64Array(personCount);
  if (times)
    for (const [row, person] of persons.entries()) last[person] = Math.max(last[person]!, times[row]!);
  return last;
}
