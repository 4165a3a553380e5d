// Goal: the log on disk and the one in memory keep the same contract.

import { randomBytes } from 'node:crypto';
import { newHome } from '../../../test/support/tile-homes.ts';
import { openLog } from '../../../test/support/tile-logs.ts';
import { runWitnessLog } from '../../../test/contracts/witness-log.contract.ts';
import { memoryCrypto } from '../memory/crypto.ts';
import { memoryLog } from './memory-log.ts';

const entropy = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };

runWitnessLog('disk', async () => openLog(newHome()));
runWitnessLog('memory', async () =>
  memoryLog({ origin: 'town.example/log', crypto: memoryCrypto(entropy), entropy }),
);
