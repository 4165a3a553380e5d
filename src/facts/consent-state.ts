// The fold of a person's consent chain.

import type { Grants } from './grant.ts';

export interface ConsentChain {
  readonly grants: Grants;
  /** Sequence number of the newest record; −1 when there is none. */
  readonly seq: number;
  /** Hex SHA-256 of the newest record's canonical JSON; 64 zeros when there is none. */
  readonly head: string;
  /**
   * Records that took something back. Compared with the key store's count: fewer means restored from an old
   * backup.
   */
  readonly withdrawals: number;
  /** A link of the chain is missing or cannot be read: then nothing is allowed. */
  readonly broken: boolean;
}
