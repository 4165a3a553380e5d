// Owns: that data and keys belong together. Journals without keys are removed after a start, which is how a
// restored backup brings nobody back; so a keys folder that is missing (a disk that was not mounted), empty,
// or of another home would cost everybody. Such a pair is refused before anything is made or removed.

import { existsSync } from 'node:fs';
import { Fault } from '../../kernel/fault.ts';
import { hex } from '../../kernel/bytes.ts';
import { textOf } from './columns.ts';
import { openReading } from './connection.ts';
import { DATA_SCHEMA } from './schema.ts';

import type { DocumentStore, KeyStore } from '../../engine/ports.ts';

/** Where data.db says whose keys it was written with. */
const POINTER = 'key-store';
const MARK_BYTES = 16;

/** Fault `no-keys`: there are journals of people, and no key store. */
export function assertKeysThere(dataFile: string, keysFile: string): void {
  if (existsSync(keysFile) || !existsSync(dataFile) || !hasPeople(dataFile)) return;
  throw new Fault(
    'no-keys',
    `${keysFile} is missing, and ${dataFile} holds people whose keys were in it: put the keys folder back`,
    { retry: 'never' },
  );
}

/** `false` too for a file that cannot be read: opening it says why. */
function hasPeople(dataFile: string): boolean {
  try {
    const db = openReading(dataFile, DATA_SCHEMA);
    try {
      return db.prepare('SELECT 1 FROM people LIMIT 1').get() !== undefined;
    } finally {
      db.close();
    }
  } catch {
    return false;
  }
}

/**
 * Fault `other-keys`: the data were written with the keys of another store. The mark is derived from the
 * master key; it opens nothing and names nobody.
 */
export async function assertBelong(
  data: Pick<DocumentStore, 'pointer' | 'point'>,
  keys: Pick<KeyStore, 'derive'>,
): Promise<void> {
  const mark = markOf(keys);
  const known = await data.pointer(POINTER);
  if (known === undefined) await data.point(POINTER, mark);
  else if (known !== mark) throw otherKeys(DATA_SCHEMA.name);
}

/**
 * The same of a file at rest, e.g. a backup. One that was written before there were marks belongs to anybody.
 */
export function assertFileBelongs(file: string, keys: Pick<KeyStore, 'derive'>): void {
  const db = openReading(file, DATA_SCHEMA);
  try {
    const row = db.prepare('SELECT document FROM pointers WHERE pointer = ?').get(POINTER);
    if (row !== undefined && textOf(row['document']) !== markOf(keys)) throw otherKeys('the backup');
  } finally {
    db.close();
  }
}

function markOf(keys: Pick<KeyStore, 'derive'>): string {
  return hex(keys.derive('data-mark').slice(0, MARK_BYTES));
}

function otherKeys(file: string): Fault<'other-keys'> {
  const message = `${file} was written with the keys of another home: use what belongs together`;
  return new Fault('other-keys', message, { retry: 'never' });
}
