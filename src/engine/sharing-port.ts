// What several engines that learn ask of the store they share: who counts which part of the people, how far
// each part has come, and what everybody adds, sealed. Part of ports.ts.

import type { PersonKey } from './person-key.ts';

/** Parts of the people, by the first five bits of their pseudonym. */
export const PARTS = 32;

/** How far one part has come. */
export interface PartState {
  readonly part: number;
  /** Raised by whoever takes the part over: what was taken under an older one moves nothing any more. */
  readonly token: number;
  /** Which count is asked for; empty: none was yet. */
  readonly round: string;
  /** Which count this is. */
  readonly counting: string;
  /** Last person who was counted; `undefined` at the beginning. */
  readonly after: PersonKey | undefined;
  /** Everybody was counted in this round, and since then who was written to. */
  readonly whole: boolean;
  /** Position (`Commons.beginning`, then `Changes.upTo`) up to which it was followed. */
  readonly upTo: string;
  /** Position that somebody waits for. */
  readonly goal: string;
}

/** A step of a part, kept as a whole or not at all. */
export interface PartMove {
  readonly to: PartState;
  /** In place of what was kept of them. */
  readonly shares: ReadonlyMap<PersonKey, Uint8Array>;
  /** Who adds nothing: kept only of those of whom something was. */
  readonly empty: ReadonlyMap<PersonKey, Uint8Array>;
  /** Who is not there any more. */
  readonly gone: readonly PersonKey[];
}

export interface ShareTold {
  readonly person: PersonKey;
  readonly sealed: Uint8Array;
  /** As they were after the share was read. */
  readonly keys: { readonly profile: Uint8Array } | 'erased' | undefined;
}

export interface SharesTold {
  readonly shares: readonly ShareTold[];
  /** Where to ask on. */
  readonly upTo: string;
  /** Nothing more is known to be there at this moment. */
  readonly isAll: boolean;
}

export interface Sharing {
  /** Changes whenever positions and what was counted before mean nothing any more: the server began anew. */
  era(): Promise<string>;
  /** Parts that are this engine's now. Lost with the connection that holds them. */
  own(): Promise<ReadonlySet<number>>;
  /** Of all parts; of none while nobody asked for a count since the server began. */
  parts(): Promise<readonly PartState[]>;
  /** Takes a part over: from here on whoever had it moves nothing. */
  take(part: number): Promise<PartState | undefined>;
  /** Everybody is to be counted in a new round. */
  ask(round: string): Promise<void>;
  /** Each part is to be followed up to there. */
  await(goal: string): Promise<void>;
  /** People of a part, ascending. */
  people(part: number, after: PersonKey | undefined, limit: number): Promise<readonly PersonKey[]>;
  /** Who of a part was written to, as `Commons.changes`; what was only shown is left out. */
  changes(
    part: number,
    since: string,
  ): Promise<{ readonly people: readonly PersonKey[]; readonly upTo: string; readonly isAll: boolean }>;
  /** `false`: somebody else has the part, and nothing was kept. */
  move(move: PartMove): Promise<boolean>;
  /**
   * Shares that were kept at or after a position ('': all there are); again from `upTo`. Some may come twice.
   */
  told(since: string): Promise<SharesTold>;
  /** Whether everything that was kept before a position (`Commons.position`) was told. */
  isTold(position: string, upTo: string): boolean;
}
