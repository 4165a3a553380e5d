// What an engine among several knows of the others, and which duties it has. An engine that is alone has all
// duties, and nobody to follow.

import { Fault } from '../kernel/fault.ts';
import type { EngineConfig } from './config.ts';
import type { Duty, Look, PersonKey, World } from './ports.ts';
import type { Role } from './roles.ts';

export interface Others {
  /** What was last seen and is in force here: what is decided now is decided under this epoch. */
  look: Look;
  /** Of all else, by name as in a look, what is in service here. */
  readonly served: Map<string, string>;
  /**
   * Takes up what allows as it was before this was called; resolves when it is in force here. (taking-up.ts)
   */
  takeAllowed(): Promise<void>;
  /** The same, and everything else that another engine changed. */
  takeUp(): Promise<void>;
  /** What allows, and the catalogue. */
  takeCatalogue(): Promise<void>;
  /** Counts and commits to what others wrote before this was called, where that is a duty of this engine. */
  follow(): Promise<void>;
  /** Up to where it was followed; `undefined` without a duty. */
  position: string | undefined;
  /** Erasures that the statistics account for; `undefined` until everybody is counted. */
  erasures: number | undefined;
  /** So many will be accounted for when that position is reached. */
  awaited: { readonly erasures: number; readonly position: string } | undefined;
  /** Erasures begun by others, with the time since when they have not ended. */
  readonly leaving: Map<PersonKey, number>;
  /** Where engines share the counting: parts that are this one’s, by token. */
  readonly parts: Map<number, number>;
  /** Up to where shares were taken up ('': from the beginning); `undefined` without the duty to learn. */
  told: string | undefined;
  /**
   * What was learned from when everybody’s share was last heard; `undefined` since the statistics began anew.
   */
  heard: string | undefined;
  /** How many were taken out of the statistics who left through other engines. */
  forgotten: number;
  /** A round was asked for and has not ended. */
  isAsked: boolean;
  /** Counts the parts that are this engine’s. (parts.ts) */
  countParts(): Promise<void>;
  /** Takes up what all of them counted, where to learn is a duty of this engine. (shares-told.ts) */
  takeShares(): Promise<void>;
}

export type Duties = Record<Duty, boolean>;

interface Sharing {
  readonly duties: Duties;
  readonly others?: Pick<Others, 'follow'>;
  readonly world: World;
}

/** Whoever asks something of a node whose part it is not. Fault `elsewhere`. */
export async function assertDuty({ duties, world, others }: Sharing, duty: Duty): Promise<void> {
  // It may be free, and nobody has looked yet.
  if (!duties[duty]) await others?.follow();
  if (duties[duty]) return;
  const holder = await world.commons?.holder(duty);
  const who = holder === undefined ? 'No node' : `Node ${holder}`;
  const remedy = holder === undefined ? `Start one with the role ${duty}.` : 'Ask that one.';
  throw new Fault('elsewhere', `${who} has the duty ${duty}, and this one has not. ${remedy}`, {
    retry: 'later',
  });
}

/** Whether this node was started for it; one that is alone does everything. */
export function hasRole({ config }: { readonly config: EngineConfig }, role: Role): boolean {
  return config.roles === undefined || config.roles.includes(role);
}

/** Fault `elsewhere`: this node was started without that role. */
export function assertRole(core: { readonly config: EngineConfig }, role: Role): void {
  if (hasRole(core, role)) return;
  const message = `This node was started without the role ${role}. Ask one that has it.`;
  throw new Fault('elsewhere', message, { retry: 'later' });
}

interface Sharer {
  readonly world: World;
  readonly others?: Others | undefined;
}

/** Whether all that makes a model was heard of; where nobody shares the counting it always was. */
export function isHeard({ world, others }: Sharer): boolean {
  return world.sharing === undefined || others?.heard !== undefined;
}
