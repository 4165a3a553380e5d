// What an import is told: what its importer vouches for, and how to go about it.

import type { Engine } from '../../../engine/engine.ts';
import { type SourceId, parseSourceId } from '../../../facts/ids.ts';
import type { Channel } from '../../../facts/channel.ts';
import type { NoticeRef } from '../../../facts/grant.ts';
import type { Purpose } from '../../../facts/purpose.ts';
import type { Basis } from '../../../facts/source.ts';
import type { OrderLinesOptions } from '../../../collect/order-events.ts';
import { usage } from '../command.ts';
import type { Sizes } from './by-person.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';

/** What the importer vouches for, for the data as a whole. */
export interface Claim {
  /** Source of lines that name none. */
  readonly source: string;
  readonly description: string;
  readonly channel: Channel;
  readonly basis: Basis;
  readonly notice: NoticeRef;
  /** Purposes for which consent is declared; none when the data rest on the contract. */
  readonly purposes: readonly Purpose[];
  /** Also for people in event files who answered nothing there; else such files speak for themselves. */
  readonly forEvents: boolean;
}

export interface ImportOptions {
  readonly claim: Claim;
  readonly currency?: string;
  readonly strict: boolean;
  /** `old`: move data that ended long ago so that they end now; `always`: move whatever ended; `never`. */
  readonly shift: 'never' | 'old' | 'always';
  /**
   * Sources that event lines name and nobody registered are registered under the claim, instead of being
   * refused.
   */
  readonly adoptSources: boolean;
  /** Where lines of large files are sorted; what is written there is sealed and without a name. */
  readonly spillDir: string;
  /** When event files go in by person; `SIZES` unless told otherwise. */
  readonly sizes?: Sizes;
  readonly howToGoOn: string;
  readonly interrupt: Interrupt;
  readonly io: Io;
  /** Hears what a reader should know: sources, shifts, bases. */
  readonly say: (text: string) => void;
}

/** Fault `usage` when the name is none. */
export function sourceOf({ source }: Claim): SourceId {
  const id = parseSourceId(source);
  if (id.ok) return id.value;
  throw usage(`the source needs a name that is one: expected ${id.error.expected}`);
}

export function orderOptions(engine: Engine, { claim, currency, strict }: ImportOptions): OrderLinesOptions {
  const { controller } = engine.core.config;
  const options = { controller, source: sourceOf(claim), channel: claim.channel, strict };
  return currency === undefined ? options : { ...options, currency };
}
