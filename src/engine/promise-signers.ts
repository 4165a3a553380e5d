// Who signs promises: the keys of the log, as the log says, or the one key of a log that has one.

import { Fault } from '../kernel/fault.ts';
import { type Signers, signingOfOne } from '../prove/signing.ts';
import type { World } from './ports.ts';

/** Asked for each promise. Fault `wrong-key`: the log was opened with another key than signs promises. */
export function promiseSigners({ log, crypto }: Pick<World, 'log' | 'crypto'>): () => Signers {
  if (log.signers !== undefined) return log.signers;
  const one = signingOfOne({ origin: log.origin, crypto });
  if (one.vkey === log.vkey) return one.signers;
  throw new Fault('wrong-key', 'The log was opened with another key than the one that signs promises.', {
    retry: 'never',
  });
}
