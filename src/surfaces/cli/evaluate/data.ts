/*
 * Loads the files of an evaluation and lays them out for learning and for asking.
 */
import { createInterner, type Events, type Columns, readCatalogue, readEvents } from './events.ts';
import { historiesOf, idOrder, joinEvents } from './histories-of.ts';

import { badFile } from './csv.ts';
import type { EvaluateOptions, Task } from './options.ts';
import { compareIds } from '../../../learn/contribution.ts';
import type { Histories } from '../../../learn/histories.ts';

export type EvaluationData = {
  readonly itemCount: number;
  /** Ascending; a thing's number is its place. */
  readonly itemIds: readonly string[];
  /** Items of the catalogue file, the training file and the history file. */
  readonly catalogueCount: number;
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
  if (options.catalog !== undefined) await readCatalogue(options.catalog, ids);
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
  const served = rawHistory
    ? historiesOf(joinEvents([trainEvents, inIdOrder(rawHistory)]), size, kind)
    : train;
  const test = historiesOf(inIdOrder(rawTest), size, kind);
  return {
    itemCount: size.itemCount,
    itemIds: [...ids.items.texts].sort(compareIds),
    catalogueCount,
    interactions: rawTrain.count,
    train,
    served,
    test,
    lastMs: lastTimes(trainEvents, size.personCount),
  };
}

function lastTimes({ persons, times }: Events, personCount: number): Float64Array {
  const last = new Float64Array(personCount);
  if (times)
    for (const [row, person] of persons.entries()) last[person] = Math.max(last[person]!, times[row]!);
  return last;
}
