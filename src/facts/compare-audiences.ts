// What changes between two policies' audiences. Another condition is another choice; one more is stricter,
// because fewer are written to and nothing else is read of the others.

import type { Audience } from './audience.ts';
import { audienceText, conditionText } from './audience-text.ts';
import type { Difference } from './difference.ts';
import type { Placement } from './placement.ts';

export function compareAudiences(
  before: readonly Audience[] = [],
  after: readonly Audience[] = [],
): readonly Difference[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return names.flatMap((name): readonly Difference[] => {
    const from = before.find((one) => one.name === name);
    const to = after.find((one) => one.name === name);
    const [a, b] = [from, to].map((one) => (one === undefined ? 'none' : audienceText(one)));
    if (a === undefined || b === undefined || a === b) return [];
    return [{ field: `audiences/${name}`, before: a, after: b, effect: effectOf(from, to) }];
  });
}

/** Whom it means alone; which slots it keeps for them is told of each slot. */
function effectOf(from: Audience | undefined, to: Audience | undefined): Difference['effect'] {
  if (from === undefined || to === undefined) return 'neither';
  const [a, b] = [from, to].map(({ all }) => all.map(conditionText));
  const isMore = a?.every((one) => b?.includes(one) === true) === true;
  const isLess = b?.every((one) => a?.includes(one) === true) === true;
  if (isMore === isLess) return 'mixed';
  return isMore ? 'stricter' : 'looser';
}

/** A slot for some is stricter than one for everybody; for others is neither. */
export function compareFor(field: string, a: Placement, b: Placement): readonly Difference[] {
  if (a.audience === b.audience) return [];
  const effect = a.audience === undefined ? 'stricter' : b.audience === undefined ? 'looser' : 'neither';
  const [before, after] = [a.audience ?? 'everybody', b.audience ?? 'everybody'];
  return [{ field: `${field}/audience`, before, after, effect }];
}
