// Owns: the tables. Two things decide their shape: where bytes of people may lie, and how much a write costs.
//
// SQLite's `secure_delete` zeroes what is deleted, but when a page splits or two merge, rows move, and the
// copies they leave in the unused middle of a page are not zeroed (seen: of 200 erased people one was still
// there). So bytes of people stand in tables whose rows never move: only appended to, never deleted from, and
// overwritten by bytes of the same length (SPEC S14). Tables that say which row is whose hold numbers only
// and may move.
//
// Appended, not clustered by person: clustered, each of 500 entries of 500 people dirties a page of its own,
// which measured 3 times the writing. What that costs a reader is 1 µs per entry.

import type { Schema } from './migrations.ts';

/**
 * `slots`: sealed bytes, zero-padded to a size class (slots.ts); `spare`: slots that were zeroed and may be
 * filled again. `people.floor`: numbers up to here are taken, whether or not their rows still exist; −1 =
 * none.
 */
const DATA_1 = `
CREATE TABLE slots (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE spare (
  class INTEGER NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (class, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE people (
  id INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE CHECK (length(person) = 16), floor INTEGER NOT NULL,
  snapshot INTEGER, bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE entries (
  person INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, expires INTEGER NOT NULL,
  slot INTEGER NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (person, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE outbox (id INTEGER PRIMARY KEY, leaf BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY CHECK (id = 0), newest INTEGER NOT NULL, pruned INTEGER NOT NULL
) STRICT;
INSERT INTO revisions VALUES (0, 0, 0);
CREATE TABLE items (
  item TEXT NOT NULL, revision INTEGER NOT NULL, replaced INTEGER, body TEXT NOT NULL,
  PRIMARY KEY (item, revision)
) STRICT;
CREATE INDEX items_replaced ON items (replaced) WHERE replaced IS NOT NULL;
CREATE TABLE documents (
  kind TEXT NOT NULL, document TEXT NOT NULL, time INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (kind, document)
) STRICT;
CREATE TABLE pointers (pointer TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Wrapped keys stand in a table that is only appended to and whose rows never change their size: SQLite then
 * never moves a row to another page, which would leave a copy behind, and an UPDATE overwrites the key in
 * place (SPEC S24). `state` is 0 (live) or 1 (erased), both of which take no byte in a row.
 */
const KEYS_1 = `
CREATE TABLE keys (
  id INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE CHECK (length(person) = 16),
  state INTEGER NOT NULL CHECK (state IN (0, 1)), wrapped BLOB NOT NULL CHECK (length(wrapped) = 92)
) STRICT;
CREATE INDEX keys_erased ON keys (state) WHERE state = 1;
CREATE TABLE withdrawals (person BLOB PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE terms (person BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX terms_until ON terms (until);
`;

/**
 * Master keys by name (states 0 announced, 1 used, 2 old, 3 ended), and what the process said that runs.
 * `root` is overwritten in place, as wrapped keys are: rows are never deleted but those of keys that wrapped
 * nothing.
 */
const KEYS_2 = `
CREATE TABLE masters (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE CHECK (length(id) = 16),
  state INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3)), root BLOB NOT NULL CHECK (length(root) = 92),
  made INTEGER NOT NULL, cursor TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX masters_one ON masters (state) WHERE state < 2;
CREATE TABLE master_nodes (node INTEGER PRIMARY KEY, holds TEXT NOT NULL, uses TEXT NOT NULL) STRICT;
`;

/**
 * Keys that sign the log, their public halves alone (states as of master keys): `note` is the succession that
 * put one in the place of the one before, `proof` that note in the tree.
 */
const KEYS_3 = `
CREATE TABLE log_keys (
  number INTEGER PRIMARY KEY, vkey TEXT NOT NULL UNIQUE, state INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3)),
  made INTEGER NOT NULL, note TEXT NOT NULL DEFAULT '', proof TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX log_keys_one ON log_keys (state) WHERE state < 2;
CREATE TABLE log_key_nodes (node INTEGER PRIMARY KEY, holds TEXT NOT NULL, uses TEXT NOT NULL) STRICT;
`;

/** "FlD1" and "FlK1" in ASCII. */
export const DATA_SCHEMA: Schema = { name: 'data.db', applicationId: 0x466c4431, steps: [DATA_1] };
export const KEYS_SCHEMA: Schema = {
  name: 'keys.db',
  applicationId: 0x466c4b31,
  steps: [KEYS_1, KEYS_2, KEYS_3],
};
