// Nodes of a log on PostgreSQL, also for processes that are no tests.

import { randomBytes } from 'node:crypto';
import { Database } from '../../src/adapters/postgres/database.ts';
import {
  openPostgresLog,
  type PostgresLog,
  type PostgresLogOptions,
} from '../../src/adapters/postgres/log/log.ts';
import { type LogTables, logTables } from '../../src/adapters/postgres/log/tables.ts';
import { utf8Text } from '../../src/kernel/bytes.ts';
import { verifyEd25519 } from './log-key.ts';
import { KEY, ORIGIN } from './tile-logs.ts';

export interface LogUrls {
  readonly dataUrl: string;
  readonly keysUrl: string;
}

export type NodeOptions = Partial<
  Pick<PostgresLogOptions, 'origin' | 'leaseMs' | 'crypto' | 'copy' | 'mayWrite'>
> & {
  /** Sees every text that is signed, before anybody else can. */
  readonly onSign?: (text: string) => void;
  /** Stands between the log and its tables. */
  readonly between?: (tables: LogTables) => LogTables;
};

/** The key that all nodes of a test share. */
export function sharedCrypto(onSign: (text: string) => void = () => {}): PostgresLogOptions['crypto'] {
  return {
    publicKey: KEY.publicKey,
    sign: (message) => {
      onSign(utf8Text(message));
      return KEY.signer.sign(message);
    },
    verify: (publicKey, message, signature) => verifyEd25519({ publicKey, message, signature }),
  };
}

/** A node with connections of its own; `end` closes them without a word to the log, as a death would. */
export async function openNode(
  { dataUrl, keysUrl }: LogUrls,
  { onSign, between = (tables) => tables, ...options }: NodeOptions = {},
): Promise<{ readonly log: PostgresLog; end(): Promise<void> }> {
  const [data, keys] = [
    new Database({ url: dataUrl, poolMax: 3 }),
    new Database({ url: keysUrl, poolMax: 3 }),
  ];
  const end = async (): Promise<void> => {
    await data.close();
    await keys.close();
  };
  try {
    const log = await openPostgresLog(between(logTables(data, keys)), {
      origin: ORIGIN,
      crypto: sharedCrypto(onSign),
      entropy: { bytes: (count) => new Uint8Array(randomBytes(count)) },
      ...options,
    });
    return { log, end };
  } catch (error) {
    await end();
    throw error;
  }
}
