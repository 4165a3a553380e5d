// I2: what neither the contract nor any allowed purpose needs is not taken in.

import { GRANTABLE_PURPOSES } from '../../../src/facts/purpose.ts';
import type { Checker } from '../checker.ts';

/**
 * Kinds that rest on consent, with their category; an order, a basket, a statement of oneself rest on the
 * contract.
 */
const BY_CONSENT: Readonly<Record<string, string>> = {
  view: 'browsing',
  click: 'interactions',
  dismiss: 'interactions',
  review: 'reviews',
};

export function admitted(): Checker {
  return {
    name: 'admitted',
    invariants: 'I2',
    taken: (life, { kind, place, gpc, nowMs }, taken, { book }) => {
      const category = BY_CONSENT[kind];
      if (category === undefined || taken.accepted === 0) return undefined;
      const asking = { place, gpc, nowMs };
      const isNeeded = GRANTABLE_PURPOSES.some((purpose) =>
        book.mayRead(life, category, { ...asking, purpose }),
      );
      return isNeeded ? undefined : `${life.id}: a ${kind} was kept that nothing allows`;
    },
  };
}
