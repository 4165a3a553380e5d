// Goal: what is said of the log's keys in `keys.db`, by the process that serves and by a command beside it.
// Method: the suite of every such store, on files.

import { describe } from 'vitest';
import { logKeyTableSuite } from '../../../test/contracts/log-key-table.contract.ts';
import { openLogKeyTable } from './log-keys.ts';
import { newHome } from './testing.ts';

describe('LogKeyTable: sqlite, in the process that serves', () => {
  logKeyTableSuite(async () => {
    const home = newHome();
    const store = await home.open();
    const end = async (): Promise<void> => {
      await store.close();
      home.remove();
    };
    return { table: store.logKeys, end };
  });
});

describe('LogKeyTable: sqlite, a command beside it', () => {
  logKeyTableSuite(async () => {
    const home = newHome();
    const store = await home.open();
    const table = openLogKeyTable(home.keysDir);
    const end = async (): Promise<void> => {
      table.close();
      await store.close();
      home.remove();
    };
    return { table, end };
  });
});
