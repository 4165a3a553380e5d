// Goal: the embedded stores keep the contracts, in memory of the process and after being closed and opened
// again.

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
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

describe('embedded store and its process', () => {
  it('[S20] a process waits for `close`, and one that forgets to close can end all the same', async () => {
    const module = JSON.stringify(new URL('./store.ts', import.meta.url).href);
    const home = newHome();
    const programOf = (last: string): readonly string[] => [
      '--input-type=module',
      '-e',
      `const { openEmbeddedStore } = await import(${module});
       const [dataDir, keysDir] = process.argv.slice(1);
       const store = await openEmbeddedStore({ dataDir, keysDir });
       await store.documents.put('model', 'a', new Uint8Array(9), 1);
       ${last}
       console.log('done');`,
      home.dataDir,
      home.keysDir,
    ];
    for (const last of ['await store.close();', '']) {
      const child = spawnSync(process.execPath, programOf(last), { encoding: 'utf8' });
      expect([child.stdout, child.stderr, child.status]).toEqual(['done\n', '', 0]);
    }
    const store = await home.open();
    expect(await store.documents.get('model', 'a')).toHaveLength(9);
    await store.close();
    home.remove();
  });
});

runPersonStore('sqlite', harnessOf('people'));
runKeyStore('sqlite', harnessOf('keys'));
runCatalogueStore('sqlite', harnessOf('catalogue'));
runDocumentStore('sqlite', harnessOf('documents'));
