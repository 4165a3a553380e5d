// Which numbers may leave the server, for the surfaces that tell some: never an exact count of people or of
// what they did (measure/SPEC.md, M6).
//
// Steps alone are not enough. Near a step each person who comes or goes moves the figure, and whoever invents
// people can bring it near one. So a figure is rough, and stands still until it is drawn to move: a change is
// seen by itself once in 40 times, wherever the count stands and however often somebody looks.

import type { Random } from '../kernel/random.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Counted, inSteps, toldOf } from '../measure/tally.ts';
import type { Core } from './core.ts';
import { keepsStill } from './groups.ts';

const STEP = LIMITS.peopleOutsideMin;

export type Tell = (name: string, counted: Counted) => number;

/** Up to a step more or less, then down to a whole step. */
function rough(random: Random, count: number): number {
  return Math.max(0, inSteps(count + random.below(2 * STEP) - STEP));
}

/** Figures that are looked at again and again while they grow. State: what was told last, of each name. */
export function createSteadyFigures(random: Random): Tell {
  const kept = new Map<string, { readonly acts: number; readonly told: number }>();
  return (name, { count, acts, isFew }) => {
    const before = kept.get(name);
    const changes = before === undefined ? 0 : Math.abs(acts - before.acts);
    const stays = before !== undefined && random.unit() < keepsStill(changes);
    const told = stays ? before.told : isFew ? 0 : rough(random, count);
    kept.set(name, { acts, told });
    return told;
  };
}

/** A count that is told once, with how many people stand behind it; `few` also stands for none. */
export type TellOnce = (count: number, people: number) => number | 'few';

/** Drawn anew for every count: two answers cannot be subtracted to see one person. */
export function createRoughCounts(random: Random): TellOnce {
  return (count, people) => {
    if (people - random.below(STEP) < STEP) return 'few';
    return Math.max(STEP, rough(random, count));
  };
}

/** What came of each placement, as far as it may be told. */
export function outcomesTold(
  { tallies }: Core,
  tell: Tell,
): ReadonlyMap<string, Readonly<Record<string, number>>> {
  return new Map(
    [...tallies].map(([placement, tally]) => [
      placement,
      toldOf(tally, (figure, counted) => tell(`${placement} ${figure}`, counted)),
    ]),
  );
}

/** How many people there are, or were: each is one act, and few are not told. */
export function countedPeople(count: number): Counted {
  return { count, acts: count, isFew: count < STEP };
}

/** Contacts that back-off freed in seven days, and how many of them newcomers got. */
export function freedTold(
  { campaigns, policy, world }: Core,
  tell: Tell,
): { readonly freed: number; readonly used: number } {
  const { freed, used } = campaigns.told(policy.contact?.campaigns ?? [], world.clock.nowMs());
  return {
    freed: tell('contacts freed', { ...freed, acts: freed.count }),
    used: tell('contacts freed, used', { ...used, acts: used.count, isFew: used.isFew || used.count < STEP }),
  };
}
