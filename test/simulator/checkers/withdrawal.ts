// I4: a no that was answered for rules the next decision, through crashes and restored backups, until the
// person says yes again. It remembers the last certain no and nothing else.

import type { Life, Word } from '../book.ts';
import type { Checker, SeenDecision, Verdict } from '../checker.ts';
import { categoryOfKey } from './keys.ts';

export function withdrawal(): Checker {
  const noes = new Map<string, Set<string>>();
  const of = ({ id }: Life): Set<string> => {
    const known = noes.get(id) ?? new Set<string>();
    noes.set(id, known);
    return known;
  };
  const nameOf = ({ category, purpose }: Word): string => `${category} ${purpose}`;
  function decided({ life, asking, decided: { record } }: SeenDecision): Verdict {
    const said = of(life);
    for (const key of record.reads) {
      if (key.startsWith('joined ')) continue;
      const category = categoryOfKey(key) ?? '';
      if (said.has(`${category} ${asking.purpose}`)) return `${life.id}: ${key} was read after a no`;
    }
    return undefined;
  }
  return {
    name: 'withdrawal',
    invariants: 'I4',
    decided,
    speaks: (life, words) => {
      for (const word of words) if (word.said === 'given') of(life).delete(nameOf(word));
    },
    // Whoever comes back begins anew.
    leaving: ({ id }) => {
      noes.delete(id);
    },
    said: (life, words) => {
      for (const word of words) if (word.said === 'no') of(life).add(nameOf(word));
      return undefined;
    },
  };
}
