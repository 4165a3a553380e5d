// Goal: the log on PostgreSQL keeps the contract of the logs on disk and in memory.

import { runWitnessLog } from '../../../../test/contracts/witness-log.contract.ts';
import { newPostgresLog } from '../../../../test/support/postgres-logs.ts';

runWitnessLog('postgres', newPostgresLog);
