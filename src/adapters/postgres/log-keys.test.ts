// Goal: what is said of the log's keys in the database of the keys. Method: the suite of every such store, on
// the server of the run.

import { describe } from 'vitest';
import { logKeyTableSuite } from '../../../test/contracts/log-key-table.contract.ts';
import { newPair } from '../../../test/support/postgres-pair.ts';

describe('LogKeyTable: postgres', () => {
  logKeyTableSuite(async () => {
    const pair = await newPair();
    const store = await pair.open();
    const end = async (): Promise<void> => {
      await store.close();
      await pair.end();
    };
    return { table: store.logKeys, end };
  });
});
