// Owns: the tables. Rows of people are appended by rowid and found through an index, not clustered by person: clustered,
// each of 500 entries of 500 people dirties a page of its own (measured: 3 times the writing, see SPEC S12). What that
// costs a reader is 7 µs per journal of ten entries.

import type { Schema } from './migrations.ts';

/** `people.floor`: numbers up to here are taken, whether or not their rows still exist. −1 = none. */
const DATA_1 = `
CREATE TABLE people (
  id INTEGER PRIMARY KEY, person BLOB NOT NULL UNIQUE CHECK (length(person) = 16), floor INTEGER NOT NULL
) STRICT;
CREATE TABLE snapshots (person INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, person INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL,
  expires INTEGER NOT NULL, sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entries_by_person ON entries (person, seq);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, leaf BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE revisions (
  id INTEGER PRIMARY KEY CHECK (id = 0), newest INTEGER NOT NULL, pruned INTEGER NOT NULL
) STRICT;
INSERT INTO revisions VALUES (0, 0, 0);
CREATE TABLE items (
  item TEXT NOT NULL, revision INTEGER NOT NULL, replaced INTEGER, body TEXT NOT NULL, PRIMARY KEY (item, revision)
) STRICT;
CREATE INDEX items_replaced ON items (replaced) WHERE replaced IS NOT NULL;
CREATE TABLE documents (
  kind TEXT NOT NULL, document TEXT NOT NULL, time INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (kind, document)
) STRICT;
CREATE TABLE pointers (pointer TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/**
 * Wrapped keys stand in a table that is only appended to and whose rows never change their size: SQLite then never
 * moves a row to another page, which would leave a copy behind, and an UPDATE overwrites the key in place (SPEC S7).
 * `state` is 0 (live) or 1 (erased), both of which take no byte in a row.
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

/** "FlD1" and "FlK1" in ASCII. */
export const DATA_SCHEMA: Schema = { name: 'data.db', applicationId: 0x466c4431, steps: [DATA_1] };
export const KEYS_SCHEMA: Schema = { name: 'keys.db', applicationId: 0x466c4b31, steps: [KEYS_1] };
