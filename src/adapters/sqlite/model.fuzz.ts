// Goal: the embedded store answers like the memory store, whatever comes in whatever order. One file for all
// runs, so that spare slots of earlier runs are filled again.

import { describe } from 'vitest';
import { runPersonStoreModel } from '../../../test/contracts/person-store-model.ts';
import { newHome } from './testing.ts';

describe('embedded store beside its model', () => {
  runPersonStoreModel(process.env['FINELINE_FULL'] === '1' ? 1000 : 60, async () => {
    const home = newHome();
    const store = await home.open();
    return {
      store: store.people,
      end: async () => {
        await store.close();
        home.remove();
      },
    };
  });
});
