// Who stands in a journal where a decision is about nobody. Each node writes to a nobody of its own, or all
// strangers of a shop would race for one journal.

import type { PersonId } from '../facts/ids.ts';
import type { People } from './people.ts';
import type { PersonKey } from './ports.ts';

/** Engines over one store, at most. */
export const NODES_MAX = 64;

export interface Nobody {
  /**
   * Whose journal this engine writes to. The name cannot come from outside: ids have no control characters.
   */
  readonly id: PersonId;
  /** Those of all nodes: none of them is a person, and no count of people holds one. */
  readonly keys: ReadonlySet<PersonKey>;
}

/** `node`: number of this engine, 0 to 63. */
export function nobodyOf(people: Pick<People, 'keyOf'>, node: number): Nobody {
  const ids = Array.from({ length: NODES_MAX }, (_, other) => idOf(other));
  return { id: idOf(node), keys: new Set(ids.map((id) => people.keyOf(id))) };
}

function idOf(node: number): PersonId {
  return `\u0000nobody${node === 0 ? '' : `-${node}`}` as PersonId;
}
