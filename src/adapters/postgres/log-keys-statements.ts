// Owns: every statement about keys that sign the log, by name; in the database of the keys.

interface Statement {
  readonly reach: 'shared';
  readonly text: string;
}

const shared = (text: string): Statement => ({ reach: 'shared', text });

export const LOG_KEYS = {
  logKeyRows: shared('SELECT vkey, state, made, note, proof FROM log_keys ORDER BY number'),
  firstLogKey: shared(`
    INSERT INTO log_keys (vkey, state, made) SELECT $1, 1, $2::bigint
    WHERE NOT EXISTS (SELECT FROM log_keys) ON CONFLICT DO NOTHING`),
  announceLogKey: shared(`
    INSERT INTO log_keys (vkey, state, made) SELECT $1, 0, $2::bigint
    WHERE NOT EXISTS (SELECT FROM log_keys WHERE state = 0) ON CONFLICT DO NOTHING RETURNING vkey`),
  takeBackLogKey: shared('DELETE FROM log_keys WHERE vkey = $1 AND state = 0 RETURNING vkey'),
  holdLogKey: shared('SELECT vkey FROM log_keys WHERE vkey = $1 AND state = 0 FOR UPDATE'),
  // What another key put in its place meanwhile is not followed by a note that names the one before.
  retireLogKey: shared(`
    UPDATE log_keys SET state = 2 WHERE state = 1 AND vkey = $1
    AND NOT EXISTS (SELECT FROM log_keys AS other WHERE other.note <> '' AND other.proof = '')
    RETURNING vkey`),
  useLogKey: shared(`
    UPDATE log_keys SET state = 1, note = $2 WHERE vkey = $1 AND state = 0 RETURNING vkey`),
  proveLogKey: shared(`
    UPDATE log_keys SET proof = $2 WHERE vkey = $1 AND note <> '' AND proof = '' RETURNING vkey`),
  endLogKey: shared(`
    UPDATE log_keys SET state = 3 WHERE vkey = $1 AND state = 2
    AND NOT EXISTS (SELECT FROM log_keys AS other WHERE other.note <> '' AND other.proof = '')
    RETURNING vkey`),
  logKeyNodes: shared('SELECT node, holds, uses FROM log_key_nodes ORDER BY node'),
  forgetLogKeyNodes: shared('DELETE FROM log_key_nodes'),
  sayLogKeyNode: shared(`
    INSERT INTO log_key_nodes (node, holds, uses) VALUES ($1, $2, $3)
    ON CONFLICT (node) DO UPDATE SET holds = $2, uses = $3`),
};

/** A shop that moves here or away. */
export const MOVING_LOG_KEYS = {
  dropLogKeys: shared('DELETE FROM log_keys'),
  putLogKey: shared('INSERT INTO log_keys (vkey, state, made, note, proof) VALUES ($1, $2, $3, $4, $5)'),
};
