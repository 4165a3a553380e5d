// Master keys of a home, for an operator: what there is, a new one in the place of the old one, and the end
// of an old one. Each act is one change in the key store, which nodes that run see within a second; so it may
// be repeated, and killed between any two steps.
//
//     make a file ─▶ announce ─▶ wait until every node that runs holds it ─▶ use ─▶ rows follow ─▶ end

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../kernel/fault.ts';
import { makeMaster, masterFiles, settleMasters } from '../adapters/sqlite/master-key.ts';
import type { KeyRing, MasterRow, MasterTable } from '../engine/ports.ts';
import { untilAll } from './key-place.ts';
import { type MastersOptions, openPlace, type Place } from './masters-place.ts';
import { rewrapAll, usedOf } from './masters-watch.ts';

const PAGE = 1000;
/**
 * A node whose connection to the data was cut has its number again within this: a pause of 1 s, a connection
 * of at most 5 s, and a look (node-lock.ts). Until then it looks as if it did not run.
 */
export const AWAY_MS = 7000;

export interface MasterTold {
  readonly id: string;
  readonly state: MasterRow['state'];
  readonly madeMs: number;
  /** Rows of people (and the one of nobody) that it wraps; absent where its key is not at hand. */
  readonly wraps?: number;
  /** Its file in this home. */
  readonly file?: string;
}

export interface MastersTold {
  readonly masters: readonly MasterTold[];
  readonly rows: number;
  /** Rows that no key at hand opens. */
  readonly unreadable: number;
  /** Numbers of nodes that run. */
  readonly running: readonly number[];
}

export interface Masters {
  /** Several nodes: a new key has to be carried to their homes before it is used. */
  readonly isShared: boolean;
  told(): Promise<MastersTold>;
  /**
   * A new key in HOME/keys, or the one that was made and not used yet, or that of a rotation which did not
   * come to its end: so whoever was stopped does the same again. Fault `from-outside`: keys are given
   * from outside, so a new one is, too.
   */
  make(): Promise<{ readonly id: string; readonly file: string }>;
  /**
   * Everything new is sealed with it, from when every running node holds it. Answers whether all rows are
   * wrapped by it already, and numbers of nodes that have not said yet that they seal with it. Faults:
   * `not-everywhere` names nodes that do not hold it, and takes the announcement back; `still-needed` while
   * the rotation before is not through; `refused`.
   */
  use(id: string, progress?: (rows: number) => void): Promise<Used>;
  /**
   * From here on nothing needs it. Fault `still-needed` says how many rows do. One whose file is lost ends
   * when every row opens without it.
   */
  end(id: string, progress?: (rows: number) => void): Promise<{ readonly file?: string }>;
  close(): Promise<void>;
}

export interface Used {
  readonly isWhole: boolean;
  readonly late: readonly number[];
}

/** Faults: `not-found` where there are no keys yet, and those of a store that is opened. */
export async function openMasters(options: MastersOptions): Promise<Masters> {
  const place = await openPlace(options);
  return {
    isShared: place.isShared,
    told: () => toldOf(place),
    make: () => make(place, options),
    use: (id, progress) => use(place, id, progress),
    end: (id, progress) => end(place, id, progress),
    close: () => place.close(),
  };
}

async function toldOf({ table, ring, keysDir, running }: Place): Promise<MastersTold> {
  const rows = await table.rows();
  ring.follow(rows);
  const counted = await countWraps(table, ring);
  const files = new Map(masterFiles(keysDir).map(({ id, file }) => [id, file]));
  const masters = rows.map(({ id, state, madeMs }) => {
    const file = files.get(id);
    const wraps = ring.holds.includes(id) ? { wraps: counted.by.get(id) ?? 0 } : {};
    return { id, state, madeMs, ...wraps, ...(file === undefined ? {} : { file }) };
  });
  return { masters, rows: counted.rows, unreadable: counted.unreadable, running: await running() };
}

interface Counted {
  readonly by: ReadonlyMap<string, number>;
  readonly rows: number;
  readonly unreadable: number;
}

/** Every row is tried: what a cursor or a column says of it could be wrong, the bytes cannot. */
async function countWraps(table: MasterTable, ring: KeyRing): Promise<Counted> {
  const by = new Map<string, number>();
  let [rows, unreadable, after] = [0, 0, ''];
  for (;;) {
    const page = await table.page(after, PAGE);
    for (const row of page) {
      const id = ring.wrapperOf(row);
      if (id === undefined) unreadable += 1;
      else by.set(id, (by.get(id) ?? 0) + 1);
    }
    rows += page.length;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return { by, rows, unreadable };
    after = last.person;
  }
}

async function make(
  { table, keysDir, isShared }: Place,
  { masterKey }: MastersOptions,
): Promise<{ readonly id: string; readonly file: string }> {
  if (masterKey !== undefined) {
    const message =
      'the master key of this home comes from outside: make 32 bytes there, give both (“OLD NEW”) to every ' +
      'node and start them again one by one, then fineline keys use master ID';
    throw new Fault('from-outside', message, { retry: 'never' });
  }
  settleMasters(keysDir);
  const rows = await table.rows();
  const announced = rows.find(({ state }) => state === 'announced');
  const files = masterFiles(keysDir);
  const used = usedOf(rows);
  if (used.cursor !== 'whole' && announced === undefined) {
    if (isShared) throw stillWrapping();
    const { id } = used;
    return { id, file: files.find((one) => one.id === id)?.file ?? join(keysDir, `master-${id}.key`) };
  }
  const there = files.find(({ id }) =>
    announced === undefined ? rows.every((row) => row.id !== id) : id === announced.id,
  );
  if (there !== undefined) return there;
  if (announced === undefined) return makeMaster(keysDir);
  const missing = `master-${announced.id}.key is announced, and not in ${keysDir}`;
  const message = `${missing}: put it there, or take it back`;
  throw new Fault('refused', `${message}: fineline keys end master ${announced.id}`, { retry: 'never' });
}

async function use(place: Place, id: string, progress?: (rows: number) => void): Promise<Used> {
  const { table, ring, isShared, keysDir } = place;
  settleMasters(keysDir);
  const rows = await table.rows();
  ring.follow(rows);
  const row = rows.find((one) => one.id === id);
  if (row?.state === 'used') return finish(place, progress);
  if (row !== undefined && row.state !== 'announced') throw refused(`the master key ${id} is ${row.state}`);
  if (usedOf(rows).cursor !== 'whole') throw stillWrapping();
  if (row !== undefined && !ring.holds.includes(id)) throw refused(`master-${id}.key is not in this home`);
  if (row === undefined && !(await table.announce({ id, root: ring.rootBy(id), madeMs: Date.now() })))
    throw refused('another master key is announced: use that one, or end it');
  const lacking = await untilAll(place, ({ holds }) => holds.includes(id), isShared ? AWAY_MS : 0);
  if (lacking.length > 0) {
    await table.takeBack(id);
    const nodes = lacking.join(', ');
    const message = `the master key ${id} is not held by node ${nodes}: nothing was changed`;
    const remedy = `copy master-${id}.key into HOME/keys of each node, and run it again`;
    throw new Fault('not-everywhere', `${message}; ${remedy}`, { retry: 'later' });
  }
  if (!(await table.use(id)) && usedOf(await table.rows()).id !== id)
    throw refused(`somebody took the master key ${id} back meanwhile`);
  ring.follow(await table.rows());
  return finish(place, progress);
}

/** Where nobody runs, nobody else would do it. */
async function finish(place: Place, progress?: (rows: number) => void): Promise<Used> {
  const { table, ring, running } = place;
  const late = await untilAll(place, ({ uses }) => uses === ring.uses);
  if ((await running()).length === 0)
    await rewrapAll({ table, ring, ...(progress === undefined ? {} : { progress }) });
  const isWhole = usedOf(await table.rows()).cursor === 'whole';
  return { isWhole, late };
}

async function end(
  place: Place,
  id: string,
  progress?: (rows: number) => void,
): Promise<{ readonly file?: string }> {
  const { table, ring, keysDir } = place;
  const rows = await table.rows();
  ring.follow(rows);
  const row = rows.find((one) => one.id === id);
  if (row === undefined) throw refused(`there is no master key ${id} (fineline keys list master)`);
  if (row.state === 'used') throw refused(`the master key ${id} is in use: put another in its place first`);
  if (row.state === 'announced') await table.takeBack(id);
  if (row.state === 'old') await endOld(place, id, progress);
  const file = masterFiles(keysDir).find((one) => one.id === id)?.file;
  return file === undefined || !existsSync(file) ? {} : { file };
}

async function endOld(place: Place, id: string, progress?: (rows: number) => void): Promise<void> {
  const { table, ring } = place;
  const { late } = await finish(place, progress);
  const used = usedOf(await table.rows());
  if (late.length > 0) {
    const message = `node ${late.join(', ')} may still seal with the master key ${id}`;
    throw new Fault('still-needed', `${message}: look whether it runs well`, { retry: 'later' });
  }
  // Only now: from here on nobody wraps with it any more.
  const { by, unreadable } = await countWraps(table, ring);
  if (!ring.holds.includes(id) && unreadable > 0) {
    const message = `${unreadable} rows open with no key at hand, and may need the master key ${id}`;
    throw new Fault('still-needed', `${message}, which is not here: put its file back`, { retry: 'later' });
  }
  const needs = by.get(id) ?? 0;
  if (needs > 0) {
    // A node that was late may have wrapped a row behind the cursor.
    if (used.cursor === 'whole') await table.rewrap([], { id: used.id, cursor: '' });
    const message = `${needs} rows are still wrapped by the master key ${id}: wait until none is left`;
    throw new Fault('still-needed', `${message} (fineline keys list master)`, { retry: 'later' });
  }
  await table.end(id);
}

function stillWrapping(): Fault {
  const message = 'rows of the rotation before are still being wrapped anew: wait until none is left';
  return new Fault('still-needed', `${message} (fineline keys list master)`, { retry: 'later' });
}

function refused(message: string): Fault {
  return new Fault('refused', message, { retry: 'never' });
}
