// What speaks for a next click, told naively: see testing-naive.ts.

import type { DecisionInput } from '../facts/decision.ts';
import type { Shelf } from './shelf.ts';

export interface NaiveLooks {
  /** `undefined` where no look says anything of the thing at this place of the shelf. */
  earned(index: number): number | undefined;
  prior(index: number): number;
}

/**
 * Every thing that was looked at, newest first: the context from its end, then the person's own looks at
 * things that are not in it. Each look weighs `decay` times the next, and is forgotten below a thousandth. A
 * look of their own that is not forgotten also speaks for the thing itself, and fades by `ownDecay` in that.
 */
export function naiveLooks(
  shelf: Shelf,
  input: DecisionInput,
  speaks: (item: string) => boolean,
): NaiveLooks {
  const click = shelf.nextClick;
  if (input.nextClick === undefined || click === undefined)
    return { earned: () => undefined, prior: () => 0 };
  const { model, fades } = click;
  const context = input.context.map(({ item }) => item).filter(speaks);
  const own = input.facts
    .filter(({ item }) => !context.includes(item))
    .flatMap(({ key, item, orders = [] }, n) => orders.map((at) => ({ at, n, key, item })))
    .sort((a, b) => a.at - b.at || a.n - b.n);
  const looks = [...own, ...context.map((item) => ({ key: `context ${item}`, item }))].toReversed();
  const fadedBy = (decay: number): Map<string, { readonly item: string; value: number }> => {
    const strengths = new Map<string, { readonly item: string; value: number }>();
    let strength = 1;
    for (const { key, item } of looks) {
      if (strength <= 1e-3) break;
      const known = strengths.get(key) ?? { item, value: 0 };
      known.value += strength;
      strengths.set(key, known);
      strength *= decay;
    }
    return strengths;
  };
  const strengths = fadedBy(fades.decay);
  const again = [...fadedBy(fades.ownDecay)].filter(
    ([key, { value }]) =>
      (input.rules ?? 0) >= 5 &&
      fades.ownWeight * Math.round(value * 1024) > 0 &&
      strengths.has(key) &&
      !key.startsWith('context '),
  );
  const placeOf = (item: string): number => model.itemIds.indexOf(item);
  const weightOf = (from: number, to: number): number | undefined => {
    if (from < 0 || to < 0) return undefined;
    for (let at = model.offsets[from]!; at < model.offsets[from + 1]!; at += 1)
      if (model.targets[at] === to) return model.weights[at]!;
    return undefined;
  };
  return {
    earned: (index) => {
      const to = placeOf(shelf.names[index]!);
      const parts = [...strengths.values()].flatMap(({ item, value }) => {
        const found = shelf.names.includes(item as never) ? weightOf(placeOf(item), to) : undefined;
        return found === undefined ? [] : [found * (Math.round(value * 1024) / 1024)];
      });
      for (const [, { item, value }] of again)
        if (item === shelf.names[index]) parts.push((fades.ownWeight * Math.round(value * 1024)) / 1024);
      return parts.length === 0 ? undefined : parts.reduce((sum, part) => sum + part, 0);
    },
    prior: (index) => model.prior[placeOf(shelf.names[index]!)] ?? 0,
  };
}
