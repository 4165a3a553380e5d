// Owns: the DocumentStore port.

import { equalBytes } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { bytesOf, numberOf, textOf } from './columns.ts';

import type { DocumentStore } from '../../engine/ports.ts';
import type { Database } from './database.ts';

export function createDocumentStore(database: Database): DocumentStore {
  const get = async (kind: string, id: string): Promise<Uint8Array | undefined> => {
    const [row] = await database.read('document', [kind, id]);
    return row === undefined ? undefined : bytesOf(row['bytes']);
  };

  return {
    async put(kind, id, bytes, timeMs): Promise<void> {
      const own = Buffer.from(bytes);
      const added = await database.write('addDocument', [kind, id, timeMs, own], own.length);
      if (added.length > 0) return;
      const there = await get(kind, id);
      if (there !== undefined && equalBytes(there, own)) return;
      const message = `${kind} ${id} exists with other bytes: documents never change`;
      throw new Fault('conflict', message, { retry: 'never' });
    },

    get,

    async list(kind): Promise<readonly { readonly id: string; readonly timeMs: number }[]> {
      const rows = await database.read('documents', [kind]);
      return rows.map((row) => ({ id: textOf(row['document']), timeMs: numberOf(row['time']) }));
    },

    async remove(kind, id): Promise<void> {
      await database.write('dropDocument', [kind, id]);
    },

    async pointer(name): Promise<string | undefined> {
      const [row] = await database.read('pointer', [name]);
      return row === undefined ? undefined : textOf(row['document']);
    },

    async point(name, id): Promise<void> {
      await database.write('point', [name, id]);
    },
  };
}
