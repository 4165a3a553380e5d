// The guard counts and who is in them: people who let it be looked for what betrays a sensitive class.

import { LIMITS } from '../../kernel/limits.ts';
import type { PersonKey } from '../../engine/ports.ts';
import { type ProxiesAnswer, type ProxyQuestion, findProxies } from '../../learn/proxies/find-proxies.ts';
import type { GuardContribution } from '../../learn/proxies/guard-contribution.ts';
import { leafTilts } from '../../learn/proxies/leaf-tilts.ts';
import { createGuardCounts } from '../../learn/proxies/guard-counts.ts';

export interface Volunteers {
  /** Replaces what somebody adds; `undefined`: they are no volunteer (any more). */
  change(person: PersonKey, next: GuardContribution | undefined): void;
  proxies(question: ProxyQuestion): ProxiesAnswer;
  /** Empty while there are none; else begins with a line break. */
  canonicalText(): string;
}

export function createVolunteers(): Volunteers {
  const counts = createGuardCounts();
  const counted = new Map<PersonKey, GuardContribution>();
  return {
    change: (person, next) => {
      const old = counted.get(person);
      if (old !== undefined) counts.subtract(old);
      counted.delete(person);
      if (next === undefined) return;
      counts.add(next);
      counted.set(person, next);
    },
    proxies: ({ domain, falseRate, volunteersMin, erase }) => {
      const step = LIMITS.peopleOutsideMin;
      // One more or one less is nobody's business.
      const volunteers = counted.size - (counted.size % step);
      if (counted.size < volunteersMin) return { found: 'few-volunteers', volunteers };
      const found = findProxies(counts, domain, { choose: { rate: falseRate } });
      if (!erase) return { found, volunteers };
      const items = domain.items.map(({ item }) => item);
      return { found, volunteers, tilts: leafTilts(counts, { items, leaves: domain.leaves }) };
    },
    canonicalText: () => (counted.size === 0 ? '' : `\n${counts.canonicalText()}`),
  };
}
