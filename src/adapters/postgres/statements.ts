// Owns: every statement this adapter sends while it serves, by name. What runs often names one person in each
// table it touches, so that it needs one partition, and one machine where people are spread over several; a
// test reads the server's plans of all of them (statements.test.ts).
//
// `$1` is the person wherever there is one. Lists travel as arrays: one prepared statement serves any length.

import { LOG, LOG_GUARD } from './log/statements.ts';
import { LOG_KEYS, MOVING_LOG_KEYS } from './log-keys-statements.ts';
import { MASTERS, MOVING_MASTERS } from './masters-statements.ts';
import { SHARING } from './sharing-statements.ts';

export type Reach =
  /** One person: one partition. */
  | 'person'
  /** All people of one part, hence one partition; in the background. */
  | 'part'
  /**
   * People whom somebody waits for, asked together: one index entry each. Where Citus spreads them, one by
   * one.
   */
  | 'several'
  /** What belongs to nobody: catalogue, documents, pointers. The same on every machine. */
  | 'shared'
  /** All people, in the background, in pages; never while somebody waits. */
  | 'everybody';

export interface Statement {
  readonly reach: Reach;
  readonly text: string;
}

const person = (text: string): Statement => ({ reach: 'person', text });
const several = (text: string): Statement => ({ reach: 'several', text });
const shared = (text: string): Statement => ({ reach: 'shared', text });
const everybody = (text: string): Statement => ({ reach: 'everybody', text });

/** Journals and the outbox. */
const PEOPLE = {
  load: person(`
    SELECT floor AS seq, 0 AS kind, snapshot AS sealed FROM people WHERE person = $1
    UNION ALL
    SELECT seq, kind, sealed FROM entries
    WHERE person = $1 AND seq > (SELECT floor FROM people WHERE person = $1)`),
  // Of each the row of the person, and what came after it; the whole of it at one moment.
  loadSeveral: several(`
    SELECT p.person, p.floor AS seq, 0 AS kind, p.snapshot AS sealed
    FROM unnest($1::uuid[]) AS asked (person)
    JOIN LATERAL (
      SELECT person, floor, snapshot FROM people WHERE person = asked.person OFFSET 0
    ) AS p ON true
    UNION ALL
    SELECT e.person, e.seq, e.kind, e.sealed
    FROM unnest($1::uuid[]) AS asked (person)
    JOIN LATERAL (SELECT floor FROM people WHERE person = asked.person OFFSET 0) AS p ON true
    JOIN LATERAL (
      SELECT person, seq, kind, sealed FROM entries WHERE person = asked.person AND seq > p.floor OFFSET 0
    ) AS e ON true`),
  history: person('SELECT seq, kind, sealed FROM entries WHERE person = $1 ORDER BY seq'),
  entry: person('SELECT seq, kind, sealed FROM entries WHERE person = $1 AND seq = $2'),
  // OFFSET keeps the server from joining whole tables, as it does where it has not counted rows yet.
  since: several(`
    SELECT asked.person, p.floor, e.seq, e.kind, e.sealed
    FROM unnest($1::uuid[], $2::bigint[]) AS asked (person, seq)
    LEFT JOIN LATERAL (SELECT floor FROM people WHERE person = asked.person OFFSET 0) AS p ON true
    LEFT JOIN LATERAL (
      SELECT seq, kind, sealed FROM entries WHERE person = asked.person AND seq > asked.seq OFFSET 0
    ) AS e ON true
    WHERE e.seq IS NOT NULL OR p.floor > asked.seq OR (p.floor IS NULL AND asked.seq >= 0)`),
  // The row of the person is held until the commit, so that no snapshot or erasure passes in between. Rows
  // that exist already stop the whole of it by their primary key. What was decided under another policy than
  // the one in force when this begins is not kept.
  append: person(`
    WITH head AS MATERIALIZED (SELECT floor FROM people WHERE person = $1 FOR SHARE),
    made AS (
      INSERT INTO people (person) SELECT $1 WHERE NOT EXISTS (SELECT FROM head)
      ON CONFLICT (person) DO NOTHING RETURNING floor
    ),
    place AS MATERIALIZED (SELECT floor FROM head UNION ALL SELECT floor FROM made),
    added AS (
      INSERT INTO entries (person, seq, kind, expires, sealed)
      SELECT $1, seq, kind, expires, sealed
      FROM unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::bytea[])
        AS rows (seq, kind, expires, sealed)
      WHERE (SELECT min(seq) FROM unnest($2::bigint[]) AS seq) > (SELECT floor FROM place)
        AND ($7::bigint IS NULL OR $7 >= (SELECT epoch FROM revisions WHERE id = 0))
      RETURNING 1
    ),
    logged AS (
      INSERT INTO outbox (person, leaf)
      SELECT DISTINCT $1::uuid, leaf FROM unnest($6::bytea[]) AS leaf WHERE EXISTS (SELECT FROM added)
      ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM place) AS places, (SELECT count(*) FROM added) AS added`),
  hold: person('SELECT floor FROM people WHERE person = $1 FOR UPDATE'),
  snapshot: person(`
    UPDATE people SET floor = $2, snapshot = $3, tx = pg_current_xact_id() WHERE person = $1`),
  absorb: person('DELETE FROM entries WHERE person = $1 AND seq <= $2 AND kind = ANY ($3::smallint[])'),
  strip: person(`
    UPDATE people SET snapshot = NULL, tx = pg_current_xact_id(),
      floor = greatest(floor, (SELECT max(seq) FROM entries WHERE person = $1)) + 1
    WHERE person = $1`),
  dropOthers: person('DELETE FROM entries WHERE person = $1 AND NOT kind = ANY ($2::smallint[])'),
  dropPerson: person('DELETE FROM people WHERE person = $1'),
  dropShare: person('DELETE FROM shares WHERE person = $1'),
  expireOne: person('DELETE FROM entries WHERE person = $1 AND expires > 0 AND expires < $2 RETURNING seq'),
  addLeaves: person(`
    INSERT INTO outbox (person, leaf) SELECT $1, leaf FROM unnest($2::bytea[]) AS leaf
    ON CONFLICT DO NOTHING`),
  dropLeaves: person('DELETE FROM outbox WHERE person = $1 AND leaf = ANY ($2::bytea[])'),
  people: everybody('SELECT person FROM people WHERE person > $1 ORDER BY person LIMIT $2'),
  firstPeople: everybody('SELECT person FROM people ORDER BY person LIMIT $1'),
  expiring: everybody(`
    SELECT DISTINCT person FROM entries WHERE expires > 0 AND expires < $1 ORDER BY person LIMIT $2`),
  outbox: everybody('SELECT person, leaf FROM outbox LIMIT $1'),
  outboxCount: everybody('SELECT count(*) AS waiting FROM outbox'),
  // Entries that a snapshot has swallowed since are told by the snapshot.
  changes: everybody(`
    SELECT person, max(seq) AS seq, bool_or(decided) AS decided, bool_or(leaves) AS leaves FROM (
      SELECT person, CASE WHEN kind = ANY ($3::smallint[]) THEN -1 ELSE seq END AS seq, kind = $4 AS decided,
        kind = $5 AS leaves
      FROM entries WHERE tx >= $1::xid8 AND tx < $2::xid8
      UNION ALL
      SELECT person, floor, false, snapshot IS NULL AND floor >= 0
      FROM people WHERE tx >= $1::xid8 AND tx < $2::xid8
    ) AS written GROUP BY person`),
};

const KEYS = {
  keys: person('SELECT state, wrapped, withdrawals FROM keys WHERE person = $1'),
  keysOf: several(`
    SELECT k.person, k.state, k.wrapped, k.withdrawals
    FROM unnest($1::uuid[]) AS asked (person)
    JOIN LATERAL (
      SELECT person, state, wrapped, withdrawals FROM keys WHERE person = asked.person OFFSET 0
    ) AS k ON true`),
  // Both are fenced: what another master key wrapped than the one in use is not taken (PG13).
  addKeys: person(`
    INSERT INTO keys (person, state, wrapped) SELECT $1::uuid, $2::smallint, $3::bytea
    WHERE EXISTS (SELECT FROM masters WHERE id = $4 AND masters.state = 1)
    ON CONFLICT (person) DO NOTHING RETURNING state`),
  // Compare-and-set by the wrapped bytes, which never repeat: each wrapping has a nonce of its own.
  swapKeys: person(`
    UPDATE keys SET state = $3, wrapped = $4, until = $5, erasures = erasures + $6, withdrawals = 0
    WHERE person = $1 AND wrapped = $2
      AND EXISTS (SELECT FROM masters WHERE id = $7 AND masters.state = 1) RETURNING state`),
  revoke: person(`
    UPDATE keys SET withdrawals = withdrawals + 1 WHERE person = $1 AND state = 0 RETURNING withdrawals`),
  ended: everybody('SELECT person FROM keys WHERE until <= $1 ORDER BY until LIMIT $2'),
  counts: everybody(`
    SELECT (SELECT count(*) FROM keys) AS rows, (SELECT count(*) FROM keys WHERE state = 1) AS erased`),
  erasures: everybody('SELECT coalesce(sum(erasures), 0)::bigint AS erasures FROM keys WHERE erasures > 0'),
};

/** A shop that moves here or away; nothing serves meanwhile. */
const MOVING = {
  movedPerson: person('SELECT floor, snapshot FROM people WHERE person = $1'),
  movedEntries: person('SELECT seq, kind, expires, sealed FROM entries WHERE person = $1 ORDER BY seq'),
  putPerson: person('INSERT INTO people (person, floor, snapshot) VALUES ($1, $2, $3)'),
  putEntries: person(`
    INSERT INTO entries (person, seq, kind, expires, sealed)
    SELECT $1, seq, kind, expires, sealed
    FROM unnest($2::bigint[], $3::smallint[], $4::bigint[], $5::bytea[])
      AS rows (seq, kind, expires, sealed)`),
  documentNames: shared('SELECT kind, document FROM documents ORDER BY kind, document'),
  movedDocument: shared('SELECT time, bytes FROM documents WHERE kind = $1 AND document = $2'),
  pointers: shared('SELECT pointer, document FROM pointers ORDER BY pointer'),
  dropPointer: shared('DELETE FROM pointers WHERE pointer = $1'),
  revisions: shared('SELECT newest, pruned FROM revisions WHERE id = 0'),
  movedItems: shared('SELECT item, revision, replaced, body FROM items ORDER BY item, revision'),
  dropItems: shared('DELETE FROM items'),
  putItems: shared(`
    INSERT INTO items (item, revision, replaced, body)
    SELECT item, revision, replaced, body FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[])
      AS rows (item, revision, replaced, body)`),
  setRevisions: shared('UPDATE revisions SET newest = $1, pruned = $2 WHERE id = 0'),
};

const MOVING_KEYS = {
  movedKeys: everybody(`
    SELECT person, state, wrapped, withdrawals, until FROM keys WHERE person > $1 ORDER BY person LIMIT $2`),
  firstKeys: everybody(`
    SELECT person, state, wrapped, withdrawals, until FROM keys ORDER BY person LIMIT $1`),
  movedKey: person('SELECT person, state, wrapped, withdrawals, until FROM keys WHERE person = $1'),
  putKey: person(`
    INSERT INTO keys (person, state, wrapped, withdrawals, until) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person) DO UPDATE SET state = $2, wrapped = $3, withdrawals = $4, until = $5`),
  setErasures: person('UPDATE keys SET erasures = erasures + $2 WHERE person = $1'),
};

const SHARED = {
  items: shared(`
    WITH now AS (SELECT newest, pruned FROM revisions WHERE id = 0)
    SELECT now.newest, now.pruned, items.body FROM now LEFT JOIN items
      ON items.revision <= coalesce($1::bigint, now.newest)
      AND (items.replaced IS NULL OR items.replaced > coalesce($1::bigint, now.newest))
    ORDER BY items.item`),
  holdRevision: shared('SELECT newest FROM revisions WHERE id = 0 FOR UPDATE'),
  currentItems: shared('SELECT item, body FROM items WHERE item = ANY ($1::text[]) AND replaced IS NULL'),
  replaceItems: shared('UPDATE items SET replaced = $2 WHERE item = ANY ($1::text[]) AND replaced IS NULL'),
  addItems: shared(`
    INSERT INTO items (item, revision, body)
    SELECT item, $3, body FROM unnest($1::text[], $2::text[]) AS rows (item, body)`),
  setRevision: shared('UPDATE revisions SET newest = $1 WHERE id = 0'),
  setPruned: shared('UPDATE revisions SET pruned = greatest(pruned, $1) WHERE id = 0'),
  pruneItems: shared('DELETE FROM items WHERE replaced <= $1'),
  addDocument: shared(`
    INSERT INTO documents (kind, document, time, bytes) VALUES ($1, $2, $3, $4)
    ON CONFLICT (kind, document) DO NOTHING RETURNING time`),
  document: shared('SELECT bytes FROM documents WHERE kind = $1 AND document = $2'),
  documents: shared('SELECT document, time FROM documents WHERE kind = $1 ORDER BY time, document'),
  dropDocument: shared('DELETE FROM documents WHERE kind = $1 AND document = $2'),
  pointer: shared('SELECT document FROM pointers WHERE pointer = $1'),
  point: shared(`
    INSERT INTO pointers (pointer, document) VALUES ($1, $2)
    ON CONFLICT (pointer) DO UPDATE SET document = $2`),
};

/** What nodes ask several times a second, and what they change for all. */
const NODES = {
  look: shared(`
    SELECT 'epoch' AS name, epoch::text AS value FROM revisions WHERE id = 0
    UNION ALL SELECT 'catalogue', newest::text FROM revisions WHERE id = 0
    UNION ALL
    SELECT 'count/' || kind, count(*)::text FROM documents WHERE kind = ANY ($1::text[]) GROUP BY kind
    UNION ALL SELECT pointer, document FROM pointers`),
  raise: shared('UPDATE revisions SET epoch = epoch + 1 WHERE id = 0'),
  horizon: shared(`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS ended,
      pg_snapshot_xmax(pg_current_snapshot())::text AS next`),
};

export const STATEMENTS = {
  ...PEOPLE,
  ...MOVING,
  ...KEYS,
  ...MOVING_KEYS,
  ...SHARED,
  ...NODES,
  ...LOG,
  ...LOG_GUARD,
  ...MASTERS,
  ...MOVING_MASTERS,
  ...SHARING,
  ...LOG_KEYS,
  ...MOVING_LOG_KEYS,
};
export type StatementName = keyof typeof STATEMENTS;
/** Which of the two databases a statement is for. */
export const KEY_STATEMENTS: readonly string[] = Object.keys({
  ...KEYS,
  ...MOVING_KEYS,
  ...LOG_GUARD,
  ...MASTERS,
  ...MOVING_MASTERS,
  ...LOG_KEYS,
  ...MOVING_LOG_KEYS,
});

/** Tables with a part for each five first bits of a pseudonym (sql/). */
const TABLES = /\b(people|entries|outbox|shares|keys)\b/g;

/**
 * The statement on the partitions of its person instead of the whole tables. Whole tables have their plan
 * made anew each time, or one that opens all 32 partitions: a load took 215 µs of the server's time, and
 * takes 120.
 */
export function onPartition(
  name: StatementName,
  who: string,
): { readonly name: string; readonly text: string } {
  const part = Number.parseInt(who.slice(0, 2), 16) >>> 3;
  return { name: `${name}_p${part}`, text: STATEMENTS[name].text.replace(TABLES, `$1_p${part}`) };
}
