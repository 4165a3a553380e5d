// I11: behind every thing that is named stand at least `minPeople` people who bought it and are still there,
// or for a next click looked at it; or in a next basket the one to whom it is named.

import type { Checker, Scene, SeenDecision, Verdict } from '../checker.ts';
import { MIN_PEOPLE } from '../settings.ts';

export function crowd(): Checker {
  function decided({ decided: { result }, life: own, placement }: SeenDecision, { book }: Scene): Verdict {
    const did = placement === 'next' ? 'looked at' : 'bought';
    for (const { item } of result.items) {
      if (placement === 'again' && own.buys.has(item)) continue;
      let people = 0;
      for (const life of book.lives.values()) {
        const has = placement === 'next' ? life.looks : life.buys;
        if (has.has(item)) people += 1;
        if (people === MIN_PEOPLE) break;
      }
      if (people < MIN_PEOPLE) return `${item} was named, and ${people} people ever ${did} it`;
    }
    return undefined;
  }
  return { name: 'crowd', invariants: 'I11', decided };
}
