// What every part of the engine works with. Made once in engine.ts, passed as the first argument: no globals,
// no container.

import type { ResponseCounts } from '../measure/responses/response-counts.ts';
import type { Tallies } from '../measure/tally.ts';
import type { Policy } from '../facts/policy.ts';
import type { Notices } from '../consent/notices.ts';
import type { Source } from '../facts/source.ts';
import type { Audiences } from './audiences.ts';
import type { Campaigns } from './campaigns.ts';
import type { EngineConfig } from './config.ts';
import type { DecisionNames } from './decision-name.ts';
import type { Feeding } from './feeding.ts';
import type { DriftState } from './drift-told.ts';
import type { Digests } from './digests.ts';
import type { Touched } from './touched.ts';
import type { StringReaders } from '../consent/signals.ts';
import type { Before } from './notices.ts';
import type { People } from './people.ts';
import type { Duties, Others } from './others.ts';
import type { Nobody } from './nobody.ts';
import type { Person } from './person.ts';
import type { Fallen, PersonKey, World } from './ports.ts';
import type { Queue } from './queue.ts';
import type { Releases } from './releases.ts';
import type { Sources } from './sources.ts';
import type { Shelves } from './shelves.ts';
import type { KeptStops } from './stop-tables.ts';
import type { Witness } from './witness.ts';

export interface Core {
  readonly world: World;
  readonly config: EngineConfig;
  /** In force; replaced as a whole (policing.ts). */
  policy: Policy;
  readonly people: People;
  readonly nobody: Nobody;
  /** Replaced as a whole when one is registered. Only sources whose notice is registered. */
  sources: Sources;
  /** Replaced as a whole when one is registered (notices.ts). */
  notices: Notices;
  readonly before: Before;
  /** Sources that name a notice nobody registered: what they send is refused. */
  withoutNotice: readonly Source[];
  /** How consent strings of requests and lines are read. */
  readonly strings: StringReaders;
  readonly witness: Witness;
  /** How far the log is behind, where this engine is alone. */
  readonly feeding: Feeding;
  readonly shelves: Shelves;
  readonly touched: Touched;
  readonly names: DecisionNames;
  readonly tallies: Tallies;
  /** How far the last model lay from those before it. */
  readonly drift: DriftState;
  /** What contacts brought, by how tired of them people were. */
  readonly responses: ResponseCounts;
  /** In which states of fatigue nobody is contacted; replaced as a whole (stopping.ts). */
  stops: KeptStops | undefined;
  /** Contacts of the week, and those that were freed. */
  readonly campaigns: Campaigns;
  /** How many are in the audiences of the policy, as far as that may be told. */
  readonly audiences: Audiences;
  /** People with decisions that no digest covers yet. */
  readonly digests: Digests;
  /** People whose journal is to be folded into a snapshot with the next maintenance. */
  readonly compaction: Set<PersonKey>;
  /**
   * People whose last words could not be written: read again with the next maintenance, and counted as they
   * were.
   */
  readonly lost: Set<PersonKey>;
  /** Erasures that are under way, or were stopped by a fault. */
  readonly leaving: Map<PersonKey, Ending>;
  /** What fell with somebody and is not out of the models in service yet. */
  readonly unmasked: Set<Fallen>;
  /** Erased people who come back, one after the other. */
  readonly returning: Queue;
  /**
   * Counting everybody after a start: until it is done, a fit waits, and an erasure asks for one afterwards.
   */
  readonly recovery: {
    running: Promise<void> | undefined;
    done: boolean;
    refit: boolean;
    /** Everybody was read, but not counted to the end: where engines share that, it is not read again. */
    isRead?: boolean;
    /** Why a count that nobody waited for failed, until it is told. */
    fault?: Error | undefined;
  };
  /**
   * Models taken into service, one after the other: what an erasure took out of one must not come back with
   * the next.
   */
  readonly serving: Queue;
  /** What was made public, and what it cost (releases.ts). */
  readonly releases: Releases;
  /** The other engines over the same store; absent: this one is alone. */
  readonly others?: Others;
  /** What this engine does for all of them; one that is alone has all duties. */
  readonly duties: Duties;
}

/** An erasure whose record is written and whose end is not reached. */
export interface Ending {
  readonly person: Person;
  readonly evidenceUntilMs: number;
  readonly leaf: Uint8Array;
}
