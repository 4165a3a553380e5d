// Goal: the embedded stores keep the contracts, in memory of the process and after being closed and opened again.

import { runCatalogueStore } from '../../../test/contracts/catalogue-store.contract.ts';
import { runDocumentStore } from '../../../test/contracts/document-store.contract.ts';
import { runKeyStore } from '../../../test/contracts/key-store.contract.ts';
import { runPersonStore } from '../../../test/contracts/person-store.contract.ts';
import { newHome } from './testing.ts';

function harnessOf<Port extends 'people' | 'keys' | 'catalogue' | 'documents'>(port: Port) {
  return async () => {
    const home = newHome();
    let store = await home.open();
    return {
      store: store[port],
      reopen: async () => {
        await store.close();
        store = await home.open();
        return store[port];
      },
      end: async () => {
        await store.close();
        home.remove();
      },
    };
  };
}

runPersonStore('sqlite', harnessOf('people'));
runKeyStore('sqlite', harnessOf('keys'));
runCatalogueStore('sqlite', harnessOf('catalogue'));
runDocumentStore('sqlite', harnessOf('documents'));
