// Owns: the DocumentStore port on data.db.

import { blobOf, numberOf, textOf } from './columns.ts';
import { closedFault, faulted } from './faults.ts';
import { DATA_SCHEMA } from './schema.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { DocumentStore } from '../../engine/ports.ts';
import type { Writer } from './writer.ts';

export function createDocumentStore(reading: DatabaseSync, writer: Writer): DocumentStore {
  const find = reading.prepare('SELECT bytes FROM documents WHERE kind = ? AND document = ?');
  const list = reading.prepare('SELECT document, time FROM documents WHERE kind = ? ORDER BY time, document');
  const findPointer = reading.prepare('SELECT document FROM pointers WHERE pointer = ?');
  const read = <T>(work: () => T): T => {
    if (!reading.isOpen) throw closedFault();
    return faulted(DATA_SCHEMA.name, work);
  };

  return {
    async put(kind, id, bytes, timeMs): Promise<void> {
      await writer.submit(
        { kind: 'put-document', documentKind: kind, id, bytes: bytes.slice(), timeMs },
        bytes.length,
      );
    },

    async get(kind, id): Promise<Uint8Array | undefined> {
      const row = read(() => find.get(kind, id));
      return row === undefined ? undefined : blobOf(row['bytes']);
    },

    async list(kind): Promise<readonly { readonly id: string; readonly timeMs: number }[]> {
      return read(() => list.all(kind)).map((row) => ({
        id: textOf(row['document']),
        timeMs: numberOf(row['time']),
      }));
    },

    async remove(kind, id): Promise<void> {
      await writer.submit({ kind: 'remove-document', documentKind: kind, id }, 0);
    },

    async pointer(name): Promise<string | undefined> {
      const row = read(() => findPointer.get(name));
      return row === undefined ? undefined : textOf(row['document']);
    },

    async point(name, id): Promise<void> {
      await writer.submit({ kind: 'point', name, id }, 0);
    },
  };
}
