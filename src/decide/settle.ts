// Settling: the guards that see the whole list. They only take away; what they take is gone, not replaced.

import { type GuardContext, LIST_GUARDS } from './guards.ts';

export function settle(
  list: readonly number[],
  context: Pick<GuardContext, 'shelf' | 'placement'>,
): readonly number[] {
  let settled = list;
  for (const guard of LIST_GUARDS) {
    const taken = guard.judge(settled, context);
    if (taken.size > 0) settled = settled.filter((_, position) => !taken.has(position));
  }
  return settled;
}
