// I1, I3: nothing is read that the book does not allow, and nothing that never reached the shop about this
// person or, where they joined one another, about the other.

import type { Checker, Scene, SeenDecision, Verdict } from '../checker.ts';
import type { Life } from '../book.ts';
import { categoryOfKey, itemOfKey } from './keys.ts';

export function permitted(): Checker {
  return { name: 'permitted', invariants: 'I1 I3', decided: judge };
}

function judge(seen: SeenDecision, { book }: Scene): Verdict {
  const { life, asking, decided } = seen;
  const { reads, input } = decided.record;
  if (input.purpose !== asking.purpose) return `asked for ${asking.purpose}, decided for ${input.purpose}`;
  for (const key of reads) {
    const joined = /^joined \d+\|(.*)$/.exec(key)?.[1];
    const own = joined ?? key;
    const category = categoryOfKey(own);
    if (category === undefined) return `${life.id}: ${key} is of no category`;
    if (life.restricted.has(key)) return `${life.id}: ${key} was read and is set aside`;
    if (!book.mayRead(life, category, asking)) return `${life.id}: ${key} was read without a yes`;
    const owners =
      joined === undefined ? [life] : [...book.lives.values()].filter((one) => areJoined(one, life));
    const item = itemOfKey(own);
    const allowed = owners.some(
      (owner) => book.mayRead(owner, category, asking) && (item === undefined || owner.items.has(item)),
    );
    if (!allowed) return `${life.id}: ${key} is not theirs to read`;
  }
  const read = new Set(reads);
  const stray = input.facts.find(({ key }) => !read.has(key));
  return stray === undefined ? undefined : `${life.id}: ${stray.key} scored and was not read`;
}

function areJoined(a: Life, b: Life): boolean {
  return a !== b && a.joins.has(b.id) && b.joins.has(a.id);
}
