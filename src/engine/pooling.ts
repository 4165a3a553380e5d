// What of a person may be counted together with other sellers, and what this one says to them.

import { commonId } from '../facts/joint.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { Core } from './core.ts';
import type { Person } from './person.ts';
import { learnedFrom } from './shelves.ts';
import { askedNow, openView } from './viewing.ts';

/**
 * Says what the policy in force says of learning together. Said again whenever a model is made: the shadow
 * over the catalogue may be another, and then others are learned from.
 */
export function sayTerms({ world, policy, shelves }: Core): void {
  const { joint, minPeople } = policy;
  const under = learnedFrom(policy, shelves.shadow());
  world.seat?.say(joint === undefined ? undefined : { ...joint, minPeople, under });
}

/**
 * Common ids of things that a person lets be learned from together: of what is learned from here (`improve`),
 * what passes the door for `pool` as well. So it is never more, whatever was said of `pool`.
 */
export function pooledOf(
  core: Core,
  person: Person,
  improved: readonly string[] | undefined,
): readonly string[] | undefined {
  const { joint } = core.policy;
  if (joint === undefined || improved === undefined) return undefined;
  const view = openView(core, { person, joined: [] }, { purpose: 'pool', asked: askedNow(core) });
  if (isRefusal(view)) return undefined;
  const passed = new Set<string>();
  for (const { item } of view.read('purchases')) if (item !== undefined) passed.add(item);
  const common = improved.flatMap((item) => (passed.has(item) ? (commonId(joint.items, item) ?? []) : []));
  return common.length === 0 ? undefined : [...new Set(common)];
}
