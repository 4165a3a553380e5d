// Propensities are right: for a list of which nothing was taken away, the last place tells it all. With a
// pool of n the usual thing has 1 − r + r/n and any other r/n; the pool is counted by a naive decider.

import { naiveDecide } from '../../../src/decide/testing-naive.ts';
import type { Checker, Scene, SeenDecision, Verdict } from '../checker.ts';
import { EXPLORE_RATE } from '../settings.ts';

/** One decision in so many: the naive way costs a hundred times as much. */
const ONE_IN = 25;

export function propensity(): Checker {
  function decided(seen: SeenDecision, { random }: Scene): Verdict {
    const { result, record } = seen.decided;
    const told = record.result.propensity;
    if (!(told > 0 && told <= 1) || told !== result.propensity) return `a propensity of ${told}`;
    const rate = EXPLORE_RATE[seen.placement];
    if (rate === 0) return told === 1 ? undefined : `nothing is explored, and the propensity is ${told}`;
    if (random.below(ONE_IN) !== 0) return undefined;
    const { shelf } = seen.engine.core.shelves.current();
    const placement = seen.engine.core.config.policy.placements.find(
      ({ id }) => id === record.input.placement,
    );
    if (placement === undefined || shelf.model.id !== record.input.model) return undefined;
    const { chosen } = naiveDecide(shelf, placement, record.input);
    const limit = Math.min(record.input.limit, placement.itemsMax);
    const spare = chosen.length - limit;
    const usual = chosen.slice(0, limit).map(({ item }) => item);
    const got = result.items.map(({ item }) => item);
    if (got.slice(0, limit - 1).join() !== usual.slice(0, limit - 1).join())
      return `the list is ${got.join()}, naively ${usual.join()}`;
    if (spare > 0 && got.length < limit) return undefined;
    const isUsual = got.at(-1) === usual.at(-1);
    const size = 1 + Math.max(0, spare);
    const right = spare <= 0 ? 1 : rate / size + (isUsual ? 1 - rate : 0);
    return Math.abs(told - right) < 1e-12 ? undefined : `the propensity is ${told}, naively ${right}`;
  }
  return { name: 'propensity', invariants: 'I13 (exploration)', decided };
}
