// Where data comes from. Data without a registered, first-party source is refused when it arrives and again
// when it is read: no covert sensors, no bought lists (promise L4).

import type { Channel } from './channel.ts';
import type { ControllerId, SourceId } from './ids.ts';

/**
 * Why data may be kept at all. `contract`: the order needs it. `consent`: the person allowed a purpose for
 * it.
 */
export const BASES = ['consent', 'contract'] as const;
export type Basis = (typeof BASES)[number];

/** A registered origin. */
export interface Source {
  readonly id: SourceId;
  readonly controller: ControllerId;
  /** Only `first-party` sources are ever admitted; the others exist so that a refusal can name what came. */
  readonly origin: 'first-party' | 'third-party' | 'sensor';
  readonly channel: Channel;
  /** On what basis people agreed that this source sends data. */
  readonly basis: Basis;
  /** The notice people saw, named so that the consent record can point to it. */
  readonly noticeId: string;
  /** In words, for the person: "our web shop". */
  readonly description: string;
}
