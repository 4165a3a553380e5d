// Owns: what the writer does to the catalogue, documents and pointers. Runs in the worker, inside the
// transaction.

import { Fault } from '../../kernel/fault.ts';
import { equalBytes } from '../../kernel/bytes.ts';
import { blobOf, numberOf, textOf } from './columns.ts';

import type { DatabaseSync } from 'node:sqlite';
import type { DataOperation } from './operations.ts';

export type CatalogueKind = 'put-items' | 'prune-items' | 'put-document' | 'remove-document' | 'point';
type CatalogueOperation = Extract<DataOperation, { kind: CatalogueKind }>;

export interface CatalogueWriter {
  apply(operation: CatalogueOperation): number | undefined;
}

export function catalogueWriter(db: DatabaseSync): CatalogueWriter {
  const readRevision = db.prepare('SELECT newest FROM revisions');
  const setRevision = db.prepare('UPDATE revisions SET newest = ?');
  const setPruned = db.prepare('UPDATE revisions SET pruned = max(pruned, ?)');
  const current = db.prepare('SELECT rowid, body FROM items WHERE item = ? AND replaced IS NULL');
  const replace = db.prepare('UPDATE items SET replaced = ? WHERE rowid = ?');
  const insert = db.prepare('INSERT INTO items (item, revision, body) VALUES (?, ?, ?)');
  const prune = db.prepare('DELETE FROM items WHERE replaced <= ?');
  const findDocument = db.prepare('SELECT bytes FROM documents WHERE kind = ? AND document = ?');
  const addDocument = db.prepare('INSERT INTO documents (kind, document, time, bytes) VALUES (?, ?, ?, ?)');
  const dropDocument = db.prepare('DELETE FROM documents WHERE kind = ? AND document = ?');
  const setPointer = db.prepare(
    `INSERT INTO pointers (pointer, document) VALUES (?1, ?2)
     ON CONFLICT (pointer) DO UPDATE SET document = ?2`,
  );

  const putItems = (ids: readonly string[], bodies: readonly string[]): number => {
    const revision = numberOf(readRevision.get()?.['newest']);
    let changed = false;
    for (const [index, id] of ids.entries()) {
      const body = bodies[index] ?? '';
      const row = current.get(id);
      if (row !== undefined && textOf(row['body']) === body) continue;
      if (row !== undefined) replace.run(revision + 1, numberOf(row['rowid']));
      insert.run(id, revision + 1, body);
      changed = true;
    }
    if (changed) setRevision.run(revision + 1);
    return changed ? revision + 1 : revision;
  };

  const putDocument = (operation: Extract<CatalogueOperation, { kind: 'put-document' }>): void => {
    const { documentKind, id, bytes, timeMs } = operation;
    const there = findDocument.get(documentKind, id);
    if (there === undefined) {
      addDocument.run(documentKind, id, timeMs, bytes);
    } else if (!equalBytes(blobOf(there['bytes']), bytes)) {
      const message = `${documentKind} ${id} exists with other bytes: documents never change`;
      throw new Fault('conflict', message, { retry: 'never' });
    }
  };

  return {
    apply(operation): number | undefined {
      switch (operation.kind) {
        case 'put-items':
          return putItems(operation.ids, operation.bodies);
        case 'prune-items': {
          const newest = numberOf(readRevision.get()?.['newest']);
          if (operation.revision > newest) {
            const message = `the catalogue has no revision ${operation.revision}, the newest is ${newest}`;
            throw new Fault('no-revision', message, { retry: 'never' });
          }
          setPruned.run(operation.revision);
          prune.run(operation.revision);
          return undefined;
        }
        case 'put-document':
          putDocument(operation);
          return undefined;
        case 'remove-document':
          dropDocument.run(operation.documentKind, operation.id);
          return undefined;
        case 'point':
          setPointer.run(operation.name, operation.id);
          return undefined;
      }
    },
  };
}
