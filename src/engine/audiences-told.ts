// What may be told of the audiences of the policy, for whoever writes to them: whom each means, whether it
// can be written to now, and roughly how many they are. Never who.

import { audienceOn } from '../decide/audience.ts';
import { buildShelf } from '../decide/shelf.ts';
import { conditionText } from '../facts/audience-text.ts';
import { type Problem, problem } from '../facts/parse.ts';
import type { Policy } from '../facts/policy.ts';
import type { Purpose } from '../facts/purpose.ts';
import type { Core } from './core.ts';
import { usesOf } from './audiences.ts';

/**
 * `few`: fewer than k are in it, or fewer than k are kept out by one of its conditions. `tells`: a condition
 * names something sensitive. `uncounted`: nobody has counted since the start, or since the policy changed.
 */
export const AUDIENCE_STATES = ['enough', 'few', 'tells', 'uncounted'] as const;

export interface AudienceTold {
  readonly name: string;
  readonly purpose: Purpose;
  /** All of them hold. */
  readonly conditions: readonly string[];
  readonly placements: readonly string[];
  readonly state: (typeof AUDIENCE_STATES)[number];
  /** In steps of a hundred, roughly; 0: fewer than a hundred. Only where there are enough. */
  readonly about?: number;
  /** Of `tells`: the first condition that does, and the class, or `unknown`. */
  readonly because?: { readonly condition: string; readonly tells: string };
}

/**
 * Conditions that name what is of a class, or betrays one, by the catalogue and the list of proxies as they
 * are now, under a policy that need not be in force.
 */
export function problemsOfAudiences({ shelves }: Core, policy: Policy): readonly Problem[] {
  const { model, revision } = shelves.current().shelf;
  const items = [...shelves.items().values()];
  const shelf = buildShelf(model, revision, items, { rules: policy.sensitive, shadow: shelves.shadow() });
  return (policy.audiences ?? []).flatMap((audience, at): readonly Problem[] => {
    const { unfit } = audienceOn(shelf, audience);
    // What the catalogue does not have yet tells nothing yet.
    if (unfit === undefined || unfit.tells === 'unknown') return [];
    const remedy = 'Name narrower paths or other things: to be written to would tell of it.';
    const expected = `no things of the class ${unfit.tells}, nor any that betray it`;
    return [problem(`audiences/${at}/all/${unfit.at}`, expected, remedy)];
  });
}

export function tellAudiences(core: Core): readonly AudienceTold[] {
  const { policy, audiences, shelves } = core;
  const { shelf } = shelves.current();
  return usesOf(policy).map(({ audience, purpose }): AudienceTold => {
    const { name } = audience;
    const conditions = audience.all.map(conditionText);
    const placements = policy.placements
      .filter((slot) => slot.audience === name && slot.purpose === purpose)
      .map(({ id }) => id);
    const told = { name, purpose, conditions, placements };
    const { unfit } = audienceOn(shelf, audience);
    if (unfit !== undefined) {
      const because = { condition: conditions[unfit.at] ?? '', tells: unfit.tells };
      return { ...told, state: 'tells', because };
    }
    const size = audiences.toldOf(policy, { name, purpose });
    if (size === undefined) return { ...told, state: 'uncounted' };
    return size === 'few' ? { ...told, state: 'few' } : { ...told, state: 'enough', about: size };
  });
}
