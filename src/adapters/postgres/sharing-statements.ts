// Owns: every statement about learning that nodes share, by name. A part is one partition of people, and what
// is written of it is written together with how far it has come, by whoever holds its token.

interface Statement {
  readonly reach: 'part' | 'shared' | 'everybody';
  readonly text: string;
}

const part = (text: string): Statement => ({ reach: 'part', text });
const shared = (text: string): Statement => ({ reach: 'shared', text });
const everybody = (text: string): Statement => ({ reach: 'everybody', text });

const STATE = 'part, token, round, counting, after, whole, upto::text AS upto, goal::text AS goal';

/** `$1` and `$2` of a part are the first and the last pseudonym that can lie there. */
export const SHARING = {
  era: shared(`SELECT extract(epoch FROM pg_postmaster_start_time())::text AS era`),
  parts: shared(`SELECT ${STATE} FROM learning_parts ORDER BY part`),
  takePart: shared(`UPDATE learning_parts SET token = token + 1 WHERE part = $1 RETURNING ${STATE}`),
  askRound: shared(`
    INSERT INTO learning_parts (part, round) SELECT part, $1 FROM generate_series(0, 31) AS part
    ON CONFLICT (part) DO UPDATE SET round = $1`),
  askGoal: shared('UPDATE learning_parts SET goal = $1::xid8 WHERE goal < $1::xid8'),
  partPeople: part(`
    SELECT person FROM people WHERE person BETWEEN $1 AND $2 AND person > $3 ORDER BY person LIMIT $4`),
  partBegin: part('SELECT person FROM people WHERE person BETWEEN $1 AND $2 ORDER BY person LIMIT $3'),
  partChanges: part(`
    SELECT person FROM entries
    WHERE person BETWEEN $1 AND $2 AND tx >= $3::xid8 AND tx < $4::xid8 AND NOT kind = ANY ($5::smallint[])
    UNION
    SELECT person FROM people WHERE person BETWEEN $1 AND $2 AND tx >= $3::xid8 AND tx < $4::xid8`),
  // All of a page or nothing, and nothing unless the part is still held by who counted it: then all of it is
  // counted once, wherever somebody died. Whoever has no share, and had none, gets no row.
  movePart: part(`
    WITH mine AS MATERIALIZED (
      UPDATE learning_parts SET counting = $5, after = $6, whole = $7, upto = $8::xid8
      WHERE part = $3 AND token = $4 RETURNING part
    ), gone AS (
      DELETE FROM shares WHERE person BETWEEN $1 AND $2 AND person = ANY ($9::uuid[])
        AND EXISTS (SELECT FROM mine)
    ), emptied AS (
      UPDATE shares SET sealed = rows.sealed, tx = pg_current_xact_id()
      FROM unnest($10::uuid[], $11::bytea[]) AS rows (who, sealed)
      WHERE person BETWEEN $1 AND $2 AND person = rows.who AND EXISTS (SELECT FROM mine)
    ), kept AS (
      INSERT INTO shares (person, sealed)
      SELECT rows.who, rows.sealed FROM unnest($12::uuid[], $13::bytea[]) AS rows (who, sealed)
      WHERE EXISTS (SELECT FROM mine)
      ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, tx = pg_current_xact_id()
    )
    SELECT count(*) AS mine FROM mine`),
  sharesTold: everybody(`
    SELECT person, tx::text AS tx, sealed FROM shares
    WHERE (tx, person) > ($1::xid8, $2::uuid) AND tx < $3::xid8 ORDER BY tx, person LIMIT $4`),
};
