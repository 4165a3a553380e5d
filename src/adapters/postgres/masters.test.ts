// Goal: a master key takes the place of another in the database of the keys. Method: the suite of every such
// store, on the server of the run.

import { describe } from 'vitest';
import { type MastersPlace, masterTableSuite } from '../../../test/contracts/master-table.contract.ts';
import { newPair } from '../../../test/support/postgres-pair.ts';
import { createRing } from '../sqlite/ring.ts';
import { masterIdOf } from '../sqlite/wrapping.ts';

describe('MasterTable: postgres', () => {
  const newPlace = async (): Promise<MastersPlace> => {
    const pair = await newPair();
    return {
      open: (secrets) => pair.open({ ring: () => createRing(secrets) }),
      end: () => pair.end(),
    };
  };
  masterTableSuite({ idOf: masterIdOf, newPlace });
});
