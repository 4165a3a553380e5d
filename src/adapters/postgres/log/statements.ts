// Owns: every statement of the log, by name. Each is a transaction by itself: a writer that stops between two
// of them holds no row, so whoever takes over never waits for it.

interface Statement {
  readonly reach: 'shared';
  readonly text: string;
}

const shared = (text: string): Statement => ({ reach: 'shared', text });

const HEAD = 'origin, vkey, token, size, root, signed, note';

/** In the database of the data. */
export const LOG = {
  logHead: shared(`SELECT ${HEAD} FROM log_head WHERE id = 0`),
  beginLog: shared(`
    INSERT INTO log_head (id, origin, vkey, size, root) VALUES (0, $1, $2, 0, $3) ON CONFLICT DO NOTHING`),
  // Whoever has the lease keeps its token; anybody gets the next one once the lease has ended. Times are the
  // server's: what a node thinks of the hour does not matter.
  takeLog: shared(`
    UPDATE log_head SET
      token = CASE WHEN holder = $1 AND token = $2 THEN token ELSE token + 1 END,
      holder = $1,
      expires = clock_timestamp() + $3::bigint * interval '1 millisecond'
    WHERE id = 0 AND (holder = $1 OR expires <= clock_timestamp())
    RETURNING ${HEAD}`),
  leaveLog: shared(`UPDATE log_head SET expires = '-infinity' WHERE id = 0 AND holder = $1 AND token = $2`),
  // All of it or nothing, and nothing unless the tree and the writer are those it was computed for. The row
  // of the head is held from the first part on.
  enterLog: shared(`
    WITH held AS (
      UPDATE log_head SET
        size = $4, root = $5, expires = clock_timestamp() + $6::bigint * interval '1 millisecond'
      WHERE id = 0 AND token = $1 AND size = $2 AND root = $3
      RETURNING id
    ),
    entered AS (
      INSERT INTO log_entries (idx, leaf)
      SELECT $2::bigint + place - 1, leaf FROM unnest($7::bytea[]) WITH ORDINALITY AS rows (leaf, place)
      WHERE EXISTS (SELECT FROM held)
    ),
    gone AS (
      DELETE FROM log_waiting WHERE leaf = ANY ($7::bytea[]) AND EXISTS (SELECT FROM held)
    ),
    grown AS (
      INSERT INTO log_tiles (level, idx, hashes)
      SELECT level, idx, hashes FROM unnest($8::smallint[], $9::bigint[], $10::bytea[])
        AS rows (level, idx, hashes)
      WHERE EXISTS (SELECT FROM held)
      ON CONFLICT (level, idx) DO UPDATE SET hashes = EXCLUDED.hashes
    )
    SELECT count(*) AS held FROM held`),
  publishLog: shared(`
    UPDATE log_head SET signed = $2, note = $3
    WHERE id = 0 AND token = $1 AND vkey = $4 AND size >= $2 AND coalesce(signed, -1) < $2
    RETURNING signed`),
  rekeyLog: shared('UPDATE log_head SET vkey = $3 WHERE id = 0 AND token = $1 AND vkey = $2 RETURNING vkey'),
  adoptLog: shared('UPDATE log_head SET signed = $1, note = $2 WHERE id = 0 AND size >= $1'),
  // In the order of their values, so that two nodes that put the same leaves do not wait for each other.
  awaitLog: shared(`
    INSERT INTO log_waiting (leaf)
    SELECT DISTINCT leaf FROM unnest($1::bytea[]) AS rows (leaf)
    WHERE NOT EXISTS (SELECT FROM log_entries WHERE log_entries.leaf = rows.leaf) ORDER BY leaf
    ON CONFLICT DO NOTHING`),
  logWaiting: shared('SELECT leaf FROM log_waiting ORDER BY leaf LIMIT $1'),
  dropEntered: shared(`
    DELETE FROM log_waiting
    WHERE EXISTS (SELECT FROM log_entries WHERE log_entries.leaf = log_waiting.leaf)`),
  logMoment: shared('SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS moment'),
  // Only who has the lease, and when nothing that was handed to the log is left out of the checkpoint.
  fedLog: shared(`
    UPDATE log_head SET fed = greatest(fed, to_timestamp($2::bigint / 1000.0))
    WHERE id = 0 AND token = $1 AND signed = size AND NOT EXISTS (SELECT FROM log_waiting)`),
  logBehind: shared(`
    SELECT (SELECT count(*) FROM log_waiting) AS waiting,
      greatest(0, extract(epoch FROM clock_timestamp() - fed) * 1000)::bigint AS age
    FROM log_head WHERE id = 0`),
  logTiles: shared(`
    SELECT level, idx, hashes FROM log_tiles
    WHERE (level, idx) IN (
      SELECT level, idx FROM unnest($1::smallint[], $2::bigint[]) AS rows (level, idx)
    )`),
  logIndex: shared('SELECT idx FROM log_entries WHERE leaf = $1'),
  logEntries: shared('SELECT leaf FROM log_entries WHERE idx >= $1 AND idx < $2 ORDER BY idx'),
};

/** In the database of the keys. */
export const LOG_GUARD = {
  logGuard: shared('SELECT kind, origin, size, root, moved FROM log_guard'),
  beginGuard: shared(`
    INSERT INTO log_guard (kind, origin, size, root) VALUES ('signed', $1, 0, $2) ON CONFLICT DO NOTHING`),
  // Compare-and-set: two that both believe they write, on two servers that both believe they are the one,
  // meet here.
  moveGuard: shared(`
    UPDATE log_guard SET size = $3, root = $4
    WHERE kind = 'signed' AND size = $1 AND root = $2 AND NOT moved RETURNING size`),
  retireGuard: shared(`
    INSERT INTO log_guard (kind, origin, size, root, moved) VALUES ('signed', $1, 0, $2, true)
    ON CONFLICT (kind) DO UPDATE SET moved = true`),
  adoptGuard: shared(`
    UPDATE log_guard SET size = $1, root = $2, moved = false WHERE kind = 'signed' AND size <= $1`),
  witnessGuard: shared(`
    INSERT INTO log_guard (kind, origin, size, root, note) VALUES ('witnessed', $1, $2, $3, $4)
    ON CONFLICT (kind) DO UPDATE SET size = EXCLUDED.size, root = EXCLUDED.root, note = EXCLUDED.note
    WHERE log_guard.size < EXCLUDED.size`),
};
