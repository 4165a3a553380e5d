// How much each caller may ask for. The defaults stop a loop that ran wild, not a busy shop.

import type { Caller } from './authorise.ts';
import { KEY_ROLES } from './keys.ts';
import { type Rate, createBucket, createBuckets } from './rate.ts';

export interface Rates {
  /** Each role's key. */
  readonly key: Rate;
  /** Each person with a token: pages of one human. */
  readonly person: Rate;
  /** All requests without a key together: probes, the log, the documentation. */
  readonly anybody: Rate;
}

export const RATES: Rates = {
  key: { burst: 50_000, perSecond: 50_000 },
  person: { burst: 100, perSecond: 20 },
  anybody: { burst: 5000, perSecond: 2000 },
};

export interface Limiter {
  /** 0 when the request may pass; else seconds to wait. */
  take(caller: Caller, nowMs: number): number;
}

export function createLimiter(rates: Rates): Limiter {
  const keys = new Map(KEY_ROLES.map((role) => [role, createBucket(rates.key)]));
  const people = createBuckets(rates.person);
  const anybody = createBucket(rates.anybody);
  return {
    take: (caller, nowMs) => {
      if (caller.kind === 'key') return (keys.get(caller.role) ?? anybody).take(nowMs);
      return caller.kind === 'person' ? people.take(caller.person, nowMs) : anybody.take(nowMs);
    },
  };
}
