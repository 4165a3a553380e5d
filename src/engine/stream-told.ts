// What a node tells of the event stream it works with, for surfaces: whether it is there, what waits in it,
// and what this node takes out.

import type { Lag } from './event-stream.ts';
import type { WorkerFigures } from './taking.ts';

export interface StreamTold {
  /**
   * `away`: nothing is confirmed now, or was not in the last seconds. `full`: senders are told to wait. A
   * look may be some seconds old.
   */
  readonly state: 'open' | 'full' | 'away';
  /** As it was seen last; absent while it was never seen. */
  readonly lag?: Lag;
  /** Partitions whose events this node takes now. */
  readonly partitions: number;
  /** What this node did with them since it began. */
  readonly worker?: WorkerFigures;
}
