// Goal: the stores on PostgreSQL keep the contracts, while they are open and after being opened again.

import { describe } from 'vitest';
import { runCatalogueStore } from '../../../test/contracts/catalogue-store.contract.ts';
import { runDocumentStore } from '../../../test/contracts/document-store.contract.ts';
import { runKeyStore } from '../../../test/contracts/key-store.contract.ts';
import { runPersonStoreModel } from '../../../test/contracts/person-store-model.ts';
import { runPersonStore } from '../../../test/contracts/person-store.contract.ts';
import { newPair } from '../../../test/support/postgres-pair.ts';

function harnessOf<Port extends 'people' | 'keys' | 'catalogue' | 'documents'>(port: Port) {
  return async () => {
    const pair = await newPair();
    let store = await pair.open();
    return {
      store: store[port],
      reopen: async () => {
        await store.close();
        store = await pair.open();
        return store[port];
      },
      end: async () => {
        await store.close();
        await pair.end();
      },
    };
  };
}

runPersonStore('postgres', harnessOf('people'));
runKeyStore('postgres', harnessOf('keys'));
runCatalogueStore('postgres', harnessOf('catalogue'));
runDocumentStore('postgres', harnessOf('documents'));

describe('PostgreSQL beside the model', () => {
  runPersonStoreModel(process.env['FINELINE_FULL'] === '1' ? 300 : 15, harnessOf('people'));
});
