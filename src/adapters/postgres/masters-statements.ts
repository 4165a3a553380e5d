// Owns: every statement about master keys, by name; in the database of the keys.

interface Statement {
  readonly reach: 'shared' | 'person';
  readonly text: string;
}

const shared = (text: string): Statement => ({ reach: 'shared', text });

export const MASTERS = {
  masters: shared('SELECT id, state, root, made, cursor FROM masters ORDER BY number'),
  firstMaster: shared(`
    INSERT INTO masters (id, state, root, made, cursor) SELECT $1, 1, $2, $3, 'whole'
    WHERE NOT EXISTS (SELECT FROM masters) ON CONFLICT DO NOTHING`),
  announceMaster: shared(`
    INSERT INTO masters (id, state, root, made) SELECT $1, 0, $2, $3
    WHERE NOT EXISTS (SELECT FROM masters WHERE state = 0) ON CONFLICT DO NOTHING RETURNING id`),
  takeBackMaster: shared('DELETE FROM masters WHERE id = $1 AND state = 0 RETURNING id'),
  holdMaster: shared('SELECT id FROM masters WHERE id = $1 AND state = 0 FOR UPDATE'),
  retireMaster: shared('UPDATE masters SET state = 2 WHERE state = 1'),
  useMaster: shared(`UPDATE masters SET state = 1, cursor = '' WHERE id = $1 AND state = 0 RETURNING id`),
  endMaster: shared('UPDATE masters SET state = 3, root = $2 WHERE id = $1 AND state = 2 RETURNING id'),
  masterProgress: shared('UPDATE masters SET cursor = $2 WHERE id = $1 AND state = 1'),
  masterNodes: shared('SELECT node, holds, uses FROM master_nodes ORDER BY node'),
  forgetMasterNodes: shared('DELETE FROM master_nodes'),
  sayMasterNode: shared(`
    INSERT INTO master_nodes (node, holds, uses) VALUES ($1, $2, $3)
    ON CONFLICT (node) DO UPDATE SET holds = $2, uses = $3`),
  // Withdrawals, terms and erasures stay as they are: only who wraps changes.
  rewrapKeys: {
    reach: 'person',
    text: 'UPDATE keys SET wrapped = $3 WHERE person = $1 AND wrapped = $2',
  } as Statement,
};

/** A shop that moves here or away. */
export const MOVING_MASTERS = {
  dropMasters: shared('DELETE FROM masters'),
  putMaster: shared('INSERT INTO masters (id, state, root, made, cursor) VALUES ($1, $2, $3, $4, $5)'),
};
