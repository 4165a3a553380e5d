// Owns: the four stores of the embedded preset, kept in memory. For tests, the simulator and the browser, and
// the model that every other adapter is compared with (test/contracts): plain maps, nothing clever, same
// meaning.

import { createGate } from './gate.ts';
import { memoryCatalogueStore } from './catalogue-store.ts';
import { memoryDocumentStore } from './document-store.ts';
import { MemoryKeyStore } from './key-store.ts';
import { MemoryPersonStore } from './person-store.ts';

import type { CatalogueStore, DocumentStore, Entropy, KeyStore, PersonStore } from '../../engine/ports.ts';
import type { FaultHook } from './gate.ts';

export interface MemoryStore {
  readonly people: PersonStore;
  readonly keys: KeyStore;
  readonly catalogue: CatalogueStore;
  readonly documents: DocumentStore;
  close(): Promise<void>;
}

export interface MemoryOptions {
  /** Where person keys and the pepper come from; default: the platform's `crypto.getRandomValues`. */
  readonly entropy?: Entropy;
  /** Makes the world fail: `(op) => (op === 'people.append' ? new Fault('disk-full', …) : undefined)`. */
  readonly fault?: FaultHook;
}

const platformEntropy: Entropy = {
  bytes: (count) => globalThis.crypto.getRandomValues(new Uint8Array(count)),
};

/** New and empty. Everything in it is gone with the process. */
export function memoryStore(options: MemoryOptions = {}): MemoryStore {
  const entropy = options.entropy ?? platformEntropy;
  const people = createGate(options.fault);
  const keys = createGate(options.fault);
  return {
    people: new MemoryPersonStore(people),
    keys: new MemoryKeyStore(keys, entropy),
    catalogue: memoryCatalogueStore(people),
    documents: memoryDocumentStore(people),
    async close(): Promise<void> {
      people.close();
      keys.close();
    },
  };
}
