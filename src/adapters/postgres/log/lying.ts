// Owns: whether a log lies in the databases, asked before anybody makes a key or moves one.

import type { LogTables } from './tables.ts';

/**
 * `none`: never one. `here`: a log, or what a restored backup left of one. `moved`: it went on elsewhere, or
 * is on its way here.
 */
export type Lying = 'none' | 'here' | 'moved';

/** Changes nothing. The guard is asked first: the data may have gone back to before there was a log. */
export async function lyingLog(tables: Pick<LogTables, 'head' | 'guards'>): Promise<Lying> {
  const signed = (await tables.guards()).find(({ kind }) => kind === 'signed');
  if (signed?.moved === true) return 'moved';
  return signed !== undefined || (await tables.head()) !== undefined ? 'here' : 'none';
}
