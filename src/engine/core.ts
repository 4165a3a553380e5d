// What every part of the engine works with. Made once in engine.ts, passed as the first argument: no globals, no container.

import type { Tallies } from '../measure/tally.ts';
import type { EngineConfig } from './config.ts';
import type { DecisionNames } from './decision-name.ts';
import type { Touched } from './touched.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';
import type { World } from './ports.ts';
import type { Sources } from './sources.ts';
import type { Shelves } from './shelves.ts';
import type { Witness } from './witness.ts';

export interface Core {
  readonly world: World;
  readonly config: EngineConfig;
  readonly people: People;
  readonly sources: Sources;
  readonly witness: Witness;
  readonly shelves: Shelves;
  readonly touched: Touched;
  readonly names: DecisionNames;
  readonly tallies: Tallies;
  /** People with decisions that no digest covers yet; held here so that they stay in memory until one does. */
  readonly digests: Set<Person>;
  /** People whose journal is to be folded into a snapshot with the next maintenance. */
  readonly compaction: Set<Person>;
}
