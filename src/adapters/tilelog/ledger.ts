// The database of the log: the truth that tiles and checkpoint are printed from. Waiting leaves are kept by
// their own value, which is random, so that no order of arrival is stored; there is no time and no mark on
// dummies anywhere.
//
// The tile table holds the tiles of tlog-tiles as they are, the rightmost of each level still growing: a
// partial tile is the beginning of the full one, so every width that was ever published can be read from it.

import { equalBytes } from '../../kernel/bytes.ts';
import { type Hash, emptyRoot, leafHash, treeRoot } from '../../prove/merkle.ts';
import { grownTiles } from '../../prove/tile-growth.ts';
import { type TileReader, readerOfTiles } from '../../prove/tiles.ts';
import { tileLogFault } from './faults.ts';
import { type Statements, blob, count, openStore, statementsOf, transaction } from './ledger-store.ts';

export interface Head {
  readonly size: number;
  readonly root: Hash;
}

export interface Ledger {
  head(): Head;
  /** A tile as far as it has grown: its beginning is the tile of every smaller tree. */
  readonly readTile: TileReader;
  /** Root of the first `size` leaves. */
  rootAt(size: number): Hash;
  /** Notes leaves as waiting, unless they wait or are in the log already. Durable on return. */
  note(leaves: readonly Uint8Array[]): void;
  /** Up to `countMax` waiting leaves, in the order of their random values. */
  waiting(countMax: number): Uint8Array[];
  /** Puts leaves into the tree in the given order: indices, tiles and head in one transaction. */
  enter(leaves: readonly Uint8Array[]): void;
  /** Index of a leaf in the tree; `undefined` when it is not (yet) there. */
  indexOf(leaf: Uint8Array): number | undefined;
  /** Leaves `from … to − 1`. */
  entries(from: number, to: number): Uint8Array[];
  /** Empties the write-ahead log, which otherwise still shows in which order leaves arrived. */
  settle(): void;
  close(): void;
}

export type LedgerStep = 'leaves-noted' | 'entries-stored' | 'tiles-stored' | 'head-stored';

interface LedgerOptions {
  readonly origin: string;
  readonly onStep: (step: LedgerStep) => void;
}

/** Opens or makes `log.db`. Holds the only lock on it until `close`. */
export function openLedger(path: string, { origin, onStep }: LedgerOptions): Ledger {
  const db = openStore(path, origin);
  const sql = statementsOf(db);
  const readTile: TileReader = ({ level, index }) => blob(sql.tile.get(level, index)?.['hashes']);
  const rootAt = (size: number): Hash =>
    size === 0 ? emptyRoot() : treeRoot(size, readerOfTiles(size, readTile));
  return {
    head: () => headOf(sql),
    readTile,
    rootAt,
    note: (leaves) =>
      transaction(db, () => {
        for (const leaf of leaves) sql.note.run(leaf);
        onStep('leaves-noted');
      }),
    waiting: (countMax) => sql.waiting.all(countMax).map((row) => blob(row['leaf'])),
    enter: (leaves) =>
      transaction(db, () => {
        const { size } = headOf(sql);
        for (const [i, leaf] of leaves.entries()) {
          sql.enter.run(size + i, leaf);
          sql.unnote.run(leaf);
        }
        onStep('entries-stored');
        for (const { level, index, bytes } of grownTiles({ readTile, size, hashes: leaves.map(leafHash) }))
          sql.setTile.run(level, index, bytes);
        onStep('tiles-stored');
        sql.setHead.run(size + leaves.length, rootAt(size + leaves.length));
        onStep('head-stored');
      }),
    indexOf: (leaf) => {
      const row = sql.indexOf.get(leaf);
      return row === undefined ? undefined : count(row['idx']);
    },
    entries: (from, to) => sql.entries.all(from, to).map((row) => blob(row['leaf'])),
    settle: () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
    close: () => db.close(),
  };
}

function headOf(sql: Statements): Head {
  const row = sql.head.get();
  return { size: count(row?.['size']), root: blob(row?.['root']) };
}

/** Refuses a database whose head is not the root of its own tiles. */
export function assertSound(ledger: Ledger): void {
  const { size, root } = ledger.head();
  if (!equalBytes(ledger.rootAt(size), root)) {
    const message = `the tiles in log.db do not give its root at size ${size}: put back a sound copy`;
    throw tileLogFault('log-damaged', message);
  }
}
