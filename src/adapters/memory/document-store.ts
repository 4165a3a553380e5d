// Owns: named immutable documents and pointers, in memory.

import { equalBytes } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';

import type { DocumentStore } from '../../engine/ports.ts';
import type { Gate } from './gate.ts';

interface Document {
  readonly bytes: Uint8Array;
  readonly timeMs: number;
}

export function memoryDocumentStore(gate: Gate): DocumentStore {
  const kinds = new Map<string, Map<string, Document>>();
  const pointers = new Map<string, string>();

  return {
    async put(kind, id, bytes, timeMs): Promise<void> {
      gate.enter('documents.put');
      const documents = kinds.get(kind) ?? new Map<string, Document>();
      const there = documents.get(id);
      if (there !== undefined) {
        if (equalBytes(there.bytes, bytes)) return;
        throw new Fault('conflict', `${kind} ${id} exists with other bytes: documents never change`, {
          retry: 'never',
        });
      }
      documents.set(id, { bytes: bytes.slice(), timeMs });
      kinds.set(kind, documents);
    },

    async get(kind, id): Promise<Uint8Array | undefined> {
      gate.enter('documents.get');
      return kinds.get(kind)?.get(id)?.bytes.slice();
    },

    async list(kind): Promise<readonly { readonly id: string; readonly timeMs: number }[]> {
      gate.enter('documents.list');
      const documents = [...(kinds.get(kind) ?? [])].map(([id, { timeMs }]) => ({ id, timeMs }));
      return documents.sort((a, b) => a.timeMs - b.timeMs || (a.id < b.id ? -1 : 1));
    },

    async remove(kind, id): Promise<void> {
      gate.enter('documents.remove');
      kinds.get(kind)?.delete(id);
    },

    async pointer(name): Promise<string | undefined> {
      gate.enter('documents.pointer');
      return pointers.get(name);
    },

    async point(name, id): Promise<void> {
      gate.enter('documents.point');
      pointers.set(name, id);
    },
  };
}
