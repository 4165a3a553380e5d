// Owns: the tables of the log as functions, one for each statement that is sent. Tests stand in between them,
// to stop a writer before and after each.

import { bytesOf, numberOf, textOf, type Row } from '../columns.ts';
import { isTaken } from '../faults.ts';

import type { Database } from '../database.ts';
import type { Hash } from '../../../prove/merkle.ts';

export interface Head {
  readonly origin: string;
  readonly vkey: string;
  /** Grows with each new writer. */
  readonly token: number;
  readonly size: number;
  readonly root: Hash;
  /** Size of the published checkpoint, and the checkpoint; absent before the first. */
  readonly published: { readonly size: number; readonly note: string } | undefined;
}

/** A head that something outside the tree remembers. */
export interface Remembered {
  readonly kind: 'signed' | 'witnessed';
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** The log went on elsewhere. */
  readonly moved: boolean;
}

export interface StoredTile {
  readonly level: number;
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** A growth of the tree, and what it was computed for. */
export interface Entering {
  readonly token: number;
  readonly before: { readonly size: number; readonly root: Hash };
  readonly after: { readonly size: number; readonly root: Hash };
  readonly leaves: readonly Uint8Array[];
  readonly tiles: readonly StoredTile[];
  readonly leaseMs: number;
}

export interface LogTables {
  head(): Promise<Head | undefined>;
  begin(head: Pick<Head, 'origin' | 'vkey' | 'root'>): Promise<void>;
  /** The lease, taken or renewed; `undefined` while another has it. */
  take(by: {
    readonly holder: string;
    readonly token: number;
    readonly leaseMs: number;
  }): Promise<Head | undefined>;
  leave(holder: string, token: number): Promise<void>;
  /** `fenced`: another writer, or another tree. `again`: a leaf was in the log already. */
  enter(entering: Entering): Promise<'entered' | 'fenced' | 'again'>;
  /** False when there is a newer writer or a newer checkpoint, or the log goes on under another key. */
  publish(by: {
    readonly token: number;
    readonly vkey: string;
    readonly size: number;
    readonly note: string;
  }): Promise<boolean>;
  /** Says that the log goes on under another key; false when somebody else did, or writes now. */
  rekey(by: { readonly token: number; readonly from: string; readonly to: string }): Promise<boolean>;
  /** Now, by the server's clock, in milliseconds. */
  moment(): Promise<number>;
  /** All that waited at that moment is published, unless another writes or something waits. */
  fed(token: number, moment: number): Promise<void>;
  /** Leaves in no tree, and how long ago that moment is. */
  behind(): Promise<{ readonly waiting: number; readonly ageMs: number }>;
  wait(leaves: readonly Uint8Array[]): Promise<void>;
  waiting(countMax: number): Promise<readonly Uint8Array[]>;
  dropEntered(): Promise<void>;
  tiles(wanted: readonly Pick<StoredTile, 'level' | 'index'>[]): Promise<readonly StoredTile[]>;
  indexOf(leaf: Uint8Array): Promise<number | undefined>;
  entries(from: number, to: number): Promise<readonly Uint8Array[]>;
  guards(): Promise<readonly Remembered[]>;
  beginGuard(origin: string, root: Hash): Promise<void>;
  /** False when it does not stand at `before`. */
  moveGuard(
    before: Pick<Remembered, 'size' | 'root'>,
    after: Pick<Remembered, 'size' | 'root'>,
  ): Promise<boolean>;
  /** For a log that moves: signs nothing more; goes on from a checkpoint of elsewhere. */
  retire(origin: string, emptyRoot: Hash): Promise<void>;
  adopt(
    signed: Pick<Remembered, 'size' | 'root'> & {
      readonly published: number;
      readonly note: string | undefined;
    },
  ): Promise<void>;
  /** Keeps the larger of the two. */
  witness(head: Pick<Remembered, 'origin' | 'size' | 'root'> & { readonly note: string }): Promise<void>;
}

/** `data`: tree and lease. `keys`: what was signed last, outside the backups of the data. */
export function logTables(data: Database, keys: Database): LogTables {
  return {
    ...treeOf(data),
    ...behindOf(data),
    ...leavesOf(data),
    ...guardsOf(keys),
    ...movingOf(data, keys),
  };
}

type Part<Names extends keyof LogTables> = Pick<LogTables, Names>;

function treeOf(
  data: Database,
): Part<'head' | 'begin' | 'take' | 'leave' | 'enter' | 'publish' | 'rekey' | 'tiles' | 'entries'> {
  return {
    head: async () => headOf((await data.read('logHead', []))[0]),
    begin: async ({ origin, vkey, root }) => {
      await data.write('beginLog', [origin, vkey, Buffer.from(root)]);
    },
    take: async ({ holder, token, leaseMs }) =>
      headOf((await data.write('takeLog', [holder, token, leaseMs]))[0]),
    leave: async (holder, token) => {
      await data.write('leaveLog', [holder, token]);
    },
    enter: async ({ token, before, after, leaves, tiles, leaseMs }) => {
      const values = [
        token,
        ...[before.size, Buffer.from(before.root), after.size, Buffer.from(after.root), leaseMs],
        leaves.map((leaf) => Buffer.from(leaf)),
        ...[tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
        tiles.map(({ bytes }) => Buffer.from(bytes)),
      ];
      try {
        const [row] = await data.write('enterLog', values, tiles.length * 8192);
        return numberOf(row?.['held']) === 1 ? 'entered' : 'fenced';
      } catch (error) {
        if (isTaken(error)) return 'again';
        throw error;
      }
    },
    publish: async ({ token, vkey, size, note }) =>
      (await data.write('publishLog', [token, size, note, vkey])).length === 1,
    rekey: async ({ token, from, to }) => (await data.write('rekeyLog', [token, from, to])).length === 1,
    tiles: async (wanted) => {
      const values = [wanted.map(({ level }) => level), wanted.map(({ index }) => index)];
      const rows = wanted.length === 0 ? [] : await data.read('logTiles', values);
      return rows.map((row) => ({
        level: numberOf(row['level']),
        index: numberOf(row['idx']),
        bytes: bytesOf(row['hashes']),
      }));
    },
    entries: async (from, to) =>
      (await data.read('logEntries', [from, to])).map((row) => bytesOf(row['leaf'])),
  };
}

function behindOf(data: Database): Part<'moment' | 'fed' | 'behind'> {
  return {
    moment: async () => numberOf((await data.read('logMoment', []))[0]?.['moment']),
    fed: async (token, moment) => {
      await data.write('fedLog', [token, moment]);
    },
    behind: async () => {
      const [[here], [there]] = await Promise.all([data.read('logBehind', []), data.read('outboxCount', [])]);
      const waiting = numberOf(here?.['waiting']) + numberOf(there?.['waiting']);
      return { waiting, ageMs: numberOf(here?.['age']) };
    },
  };
}

function leavesOf(data: Database): Part<'wait' | 'waiting' | 'dropEntered' | 'indexOf'> {
  return {
    wait: async (leaves) => {
      await data.write('awaitLog', [leaves.map((leaf) => Buffer.from(leaf))], 34 * leaves.length);
    },
    waiting: async (countMax) =>
      (await data.read('logWaiting', [countMax])).map((row) => bytesOf(row['leaf'])),
    dropEntered: async () => {
      await data.write('dropEntered', []);
    },
    indexOf: async (leaf) => {
      const [row] = await data.read('logIndex', [Buffer.from(leaf)]);
      return row === undefined ? undefined : numberOf(row['idx']);
    },
  };
}

function guardsOf(keys: Database): Part<'guards' | 'beginGuard' | 'moveGuard' | 'witness'> {
  return {
    guards: async () =>
      (await keys.read('logGuard', [])).map((row) => ({
        kind: row['kind'] === 'witnessed' ? 'witnessed' : 'signed',
        origin: textOf(row['origin']),
        size: numberOf(row['size']),
        root: bytesOf(row['root']),
        moved: row['moved'] !== false,
      })),
    beginGuard: async (origin, root) => {
      await keys.write('beginGuard', [origin, Buffer.from(root)]);
    },
    moveGuard: async (before, after) => {
      const values = [before.size, Buffer.from(before.root), after.size, Buffer.from(after.root)];
      return (await keys.write('moveGuard', values)).length === 1;
    },
    witness: async ({ origin, size, root, note }) => {
      await keys.write('witnessGuard', [origin, size, Buffer.from(root), note]);
    },
  };
}

function movingOf(data: Database, keys: Database): Part<'retire' | 'adopt'> {
  return {
    retire: async (origin, emptyRoot) => {
      await keys.write('retireGuard', [origin, Buffer.from(emptyRoot)]);
    },
    adopt: async ({ size, root, published, note }) => {
      if (note !== undefined) await data.write('adoptLog', [published, note]);
      // Last: from here on it signs.
      await keys.write('adoptGuard', [size, Buffer.from(root)]);
    },
  };
}

function headOf(row: Row | undefined): Head | undefined {
  if (row === undefined) return undefined;
  const { signed, note } = row;
  return {
    origin: textOf(row['origin']),
    vkey: textOf(row['vkey']),
    token: numberOf(row['token']),
    size: numberOf(row['size']),
    root: bytesOf(row['root']),
    published: note === null ? undefined : { size: numberOf(signed), note: textOf(note) },
  };
}
