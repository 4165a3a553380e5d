// A leaf on its way to the log, as stores hand it out.

import type { PersonKey } from './person-key.ts';

export interface Waiting {
  /** Whose it is; absent: nobody's, or the store does not keep that. Only for `logged` to find it again. */
  readonly owner?: PersonKey;
  readonly leaf: Uint8Array;
}
