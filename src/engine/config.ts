// What a company configures. Everything here is about the shop, nothing about a person.

import type { ControllerId } from '../facts/ids.ts';
import type { Notice } from '../facts/notice.ts';
import type { Place } from '../facts/place.ts';
import type { Policy } from '../facts/policy.ts';
import type { Role } from './roles.ts';
import type { Source } from '../facts/source.ts';

export interface EngineConfig {
  /** The one shop this engine decides for. */
  readonly controller: ControllerId;
  /** Origins of data from the settings; imports register more. */
  readonly sources: readonly Source[];
  /** Registered at the start, if they are not yet; those of before stay registered. */
  readonly notices: readonly Notice[];
  /** In force from the start; may be replaced while serving (policing.ts). */
  readonly policy: Policy;
  /** Nobody said it: among several engines the one that rules goes on. */
  readonly isPolicyAssumed?: boolean;
  /**
   * Where people are when neither they nor the request says so; absent = unknown, and the strictest law
   * applies.
   */
  readonly defaultPlace?: Place;
  /** The shop's own number on the vendor list of the TCF; absent: it has none, or does not say. */
  readonly tcfVendorId?: number;
  /** People kept ready in memory, opened; others cost a cold load. About 10 KB each. */
  readonly peopleCachedMax: number;
  /** One signature, one durable write per so many milliseconds. */
  readonly microBatchMs: number;
  /** Time between two checkpoints of the log; also the promise of every receipt. */
  readonly checkpointMs: number;
  /** Length of the period whose decisions are committed together, per person. A day hides who shops when. */
  readonly digestMs: number;
  /**
   * Number of this engine, 0 to 63, where several serve one store (racing.ts), each with another; absent: it
   * is alone, and what it holds in memory is all there is.
   */
  readonly node?: number;
  /** What this engine was started for, where several serve one store; absent: everything. */
  readonly roles?: readonly Role[];
  /** Decisions, and the models they name, can be replayed for so many days. */
  readonly replayDays: number;
}
