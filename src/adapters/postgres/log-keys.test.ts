// Goal: the table of keys that sign the log does in PostgreSQL what it does everywhere. Method: the suite of
// every such store.

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
