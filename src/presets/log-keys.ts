// Keys that sign the log of a home, for an operator: what there is, a new one in the place of the one in use,
// and the end of an old one. Each act is one change in the key store, which nodes that run see within a
// second; so it may be repeated, and killed between any two steps.
//
//     make a file ─▶ announce ─▶ wait until every node that runs holds it ─▶ use, with a succession that both
//     keys signed ─▶ its leaf enters with the next head, which both sign ─▶ end

import { Fault } from '../kernel/fault.ts';
import { logKeyTable } from '../adapters/postgres/log-keys.ts';
import { nodeVerify } from '../adapters/node-crypto/crypto.ts';
import { makeLogKey, readLogKeys, settleLogKeys } from '../adapters/node-crypto/log-key.ts';
import { openLogKeyTable } from '../adapters/sqlite/log-keys.ts';
import {
  createLogRing,
  logKeyId,
  type LogRing,
  logVkey,
  SUCCESSIONS_MAX,
  usedIn,
} from '../engine/log-ring.ts';
import type { LogKeyRow, LogKeyTable } from '../engine/ports.ts';
import { LOG_ORIGIN } from './embedded.ts';
import { type KeyPlace, openKeyPlace, untilAll } from './key-place.ts';
import { pairsIn } from './log-keys-home.ts';
import { AWAY_MS } from './masters.ts';

/** Keys that sign beside the one in use: tools of others need look at 16 signatures of a note (C2SP). */
const OLD_MAX = 8;

export interface LogKeyTold extends Pick<LogKeyRow, 'vkey' | 'state' | 'madeMs'> {
  /** The 8 hex digits in its vkey. */
  readonly id: string;
  /** Its file in this home. */
  readonly file?: string;
  /** Of one that follows another: whether its succession is in the tree, so that the one before may end. */
  readonly isInLog?: boolean;
}

export interface LogKeysTold {
  readonly keys: readonly LogKeyTold[];
  /** Numbers of nodes that run. */
  readonly running: readonly number[];
}

export interface UsedLogKey {
  /** Whether its succession is in the tree. */
  readonly isInLog: boolean;
  /** Nodes that have not said yet that they sign with it. */
  readonly late: readonly number[];
  /** Ids of those that sign beside it until they end. */
  readonly old: readonly string[];
}

export interface LogKeysActs {
  /** Several nodes: a new key has to be carried to their homes before it is used. */
  readonly isShared: boolean;
  told(): Promise<LogKeysTold>;
  /**
   * A new key in HOME/keys, or the one that was made and not used yet, or that of a rotation which is not in
   * the log yet: so whoever was stopped does the same again.
   */
  make(): Promise<{ readonly id: string; readonly file: string }>;
  /**
   * The log goes on under it, from when every running node holds it; the one before signs beside it. Faults:
   * `not-everywhere` names nodes that do not hold it, and takes the announcement back; `still-needed` while
   * the succession before is not in the log; `refused`.
   */
  use(id: string): Promise<UsedLogKey>;
  /** It signs nothing more. Fault `still-needed` while what put another in its place is not in the log. */
  end(id: string): Promise<{ readonly file?: string; readonly late: readonly number[] }>;
  close(): Promise<void>;
}

export interface LogKeysPlace {
  readonly home: string;
  /** Nothing is changed, so a server may start meanwhile. */
  readonly isLooking?: boolean;
}

type Place = KeyPlace<LogKeyTable> & { readonly ring: LogRing };

/** Fault `not-found` where there is no log yet, and those of a store that is opened. */
export async function openLogKeysActs({ home, isLooking = false }: LogKeysPlace): Promise<LogKeysActs> {
  const opened = await openKeyPlace<LogKeyTable>({
    home,
    isLooking,
    inFolder: openLogKeyTable,
    inDatabase: logKeyTable,
  });
  try {
    const { table, keysDir } = opened;
    const options = {
      origin: LOG_ORIGIN,
      table,
      pairs: pairsIn(keysDir),
      verify: nodeVerify(),
      nowMs: Date.now,
    };
    const place: Place = { ...opened, ring: createLogRing(options, await table.rows()) };
    return {
      isShared: place.isShared,
      told: () => toldOf(place),
      make: () => make(place),
      use: (id) => use(place, id),
      end: (id) => end(place, id),
      close: () => place.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

const isPending = ({ note, proof }: LogKeyRow): boolean => note !== '' && proof === '';

async function toldOf({ table, keysDir, running }: Place): Promise<LogKeysTold> {
  const files = filesIn(keysDir);
  const keys = (await table.rows()).map((row): LogKeyTold => {
    const { vkey, state, madeMs } = row;
    const file = files.get(vkey);
    const inLog = row.note === '' ? {} : { isInLog: !isPending(row) };
    return { id: logKeyId(vkey), vkey, state, madeMs, ...inLog, ...(file === undefined ? {} : { file }) };
  });
  return { keys, running: await running() };
}

function filesIn(keysDir: string): ReadonlyMap<string, string> {
  return new Map(readLogKeys(keysDir).map(({ publicKey, file }) => [logVkey(LOG_ORIGIN, publicKey), file]));
}

async function make({ table, keysDir }: Place): Promise<{ readonly id: string; readonly file: string }> {
  settleLogKeys(keysDir);
  const rows = await table.rows();
  const files = filesIn(keysDir);
  const begun = rows.find(isPending) ?? rows.find(({ state }) => state === 'announced');
  if (begun !== undefined) {
    const [id, file] = [logKeyId(begun.vkey), files.get(begun.vkey)];
    if (file !== undefined) return { id, file };
    const message = `log-${id}.key is ${begun.state}, and not in ${keysDir}: put it there`;
    throw refused(begun.state === 'used' ? message : `${message}, or fineline keys end log ${id}`);
  }
  assertRoom(rows);
  const unused = [...files].find(([vkey]) => rows.every((row) => row.vkey !== vkey));
  if (unused !== undefined) return { id: logKeyId(unused[0]), file: unused[1] };
  const { file, publicKey } = makeLogKey(keysDir, (key) => logKeyId(logVkey(LOG_ORIGIN, key)));
  return { id: logKeyId(logVkey(LOG_ORIGIN, publicKey)), file };
}

async function use(place: Place, id: string): Promise<UsedLogKey> {
  const { table, ring, isShared, keysDir } = place;
  settleLogKeys(keysDir);
  const rows = await table.rows();
  ring.follow(rows);
  const row = rows.find(({ vkey }) => logKeyId(vkey) === id);
  if (row?.state === 'used') return finish(place);
  if (row !== undefined && row.state !== 'announced') throw refused(`the log key ${id} is ${row.state}`);
  if (rows.some(isPending)) throw notInLog();
  assertRoom(rows);
  const vkey = [...filesIn(keysDir).keys()].find((one) => logKeyId(one) === id);
  if (vkey === undefined) throw refused(`log-${id}.key is not in ${keysDir}`);
  // Before anybody waits for it: both keys are here.
  ring.succession(vkey, Date.now());
  if (row === undefined && !(await table.announce({ vkey, madeMs: Date.now() })))
    throw refused('another log key is announced: use that one, or end it');
  const lacking = await untilAll(place, ({ holds }) => holds.includes(vkey), isShared ? AWAY_MS : 0);
  if (lacking.length > 0) {
    await table.takeBack(vkey);
    const message = `the log key ${id} is not held by node ${lacking.join(', ')}: nothing was changed`;
    const remedy = `copy log-${id}.key into HOME/keys of each node, and run it again`;
    throw new Fault('not-everywhere', `${message}; ${remedy}`, { retry: 'later' });
  }
  // While it is announced no other comes into use; but it may be taken back by another command, another one
  // used, and it announced again, all before the next line: so the table compares what it follows.
  const before = await table.rows();
  ring.follow(before);
  const follows = usedIn(before).vkey;
  const note = ring.succession(vkey, Date.now());
  if (!(await table.use(vkey, { follows, note })) && usedIn(await table.rows()).vkey !== vkey)
    throw refused(`another command changed the log keys meanwhile: look at fineline keys list log`);
  return finish(place);
}

/** A chain that is longer than a checker follows would take the way from every key to every other. */
function assertRoom(rows: readonly LogKeyRow[]): void {
  if (rows.filter(({ note }) => note !== '').length >= SUCCESSIONS_MAX)
    throw refused(`the log had ${SUCCESSIONS_MAX} rotations, and no checker follows more`);
  const old = rows.filter(({ state }) => state === 'old').map(({ vkey }) => logKeyId(vkey));
  if (old.length >= OLD_MAX)
    throw refused(`${old.length} older keys still sign: first fineline keys end log ${old[0]}`);
}

async function finish(place: Place): Promise<UsedLogKey> {
  const { table } = place;
  const used = usedIn(await table.rows()).vkey;
  const late = await untilAll(place, ({ uses }) => uses.split(' ')[0] === used);
  const rows = await table.rows();
  const old = rows.filter(({ state }) => state === 'old').map(({ vkey }) => logKeyId(vkey));
  return { isInLog: !rows.some(isPending), late, old };
}

async function end(
  place: Place,
  id: string,
): Promise<{ readonly file?: string; readonly late: readonly number[] }> {
  const { table, keysDir } = place;
  const rows = await table.rows();
  const row = rows.find(({ vkey }) => logKeyId(vkey) === id);
  if (row === undefined) throw refused(`there is no log key ${id} (fineline keys list log)`);
  const { vkey, state } = row;
  if (state === 'used') throw refused(`the log key ${id} is in use: put another in its place first`);
  if (state === 'announced') await table.takeBack(vkey);
  if (state === 'old' && !(await table.end(vkey))) throw notInLog();
  const late = await untilAll(place, ({ uses }) => !uses.split(' ').includes(vkey));
  const file = filesIn(keysDir).get(vkey);
  return { late, ...(file === undefined ? {} : { file }) };
}

function notInLog(): Fault {
  const message =
    'the succession of the key in use is not in the log yet: it enters with the next checkpoint, within a ' +
    'minute of a server that runs';
  return new Fault('still-needed', `${message} (fineline keys list log)`, { retry: 'later' });
}

function refused(message: string): Fault {
  return new Fault('refused', message, { retry: 'never' });
}
