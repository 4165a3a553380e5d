// One-line faults of what is permitted and what is kept (src/consent/). See sabotages.ts.

import type { Sabotage } from './sabotage.ts';

const PERMIT = 'src/consent/permit.ts';
const CHAIN = 'src/consent/chain.ts';
const PACKS = 'src/consent/packs.ts';
const ADMIT = 'src/consent/admit.ts';

export const CONSENT_SABOTAGES: readonly Sabotage[] = [
  { file: PERMIT, old: 'if (chain.broken)', now: 'if (chain.broken && chain.seq < 0)', caughtBy: 'torn' },
  {
    file: PERMIT,
    old: 'if (!(chain.withdrawals >= (revocations ?? 0))) {',
    now: 'if (!(chain.withdrawals + 1 >= (revocations ?? 0))) {',
    caughtBy: 'restored',
    worldsBefore: 67,
  },
  {
    file: PERMIT,
    old: 'if (chain.seq >= 0 && revocations === undefined)',
    now: 'if (chain.seq >= 9 && revocations === undefined)',
    caughtBy: 'restored',
  },
  {
    file: PERMIT,
    old: 'return ageYears >= least && ageYears < Infinity',
    now: 'return !(ageYears < least)',
    caughtBy: 'minor',
    worldsBefore: 16,
  },
  {
    file: PERMIT,
    old: "const PROFILED_ADS: readonly Purpose[] = ['advertise', 'contact'];",
    now: "const PROFILED_ADS: readonly Purpose[] = ['advertise'];",
    caughtBy: 'ads-minor',
    worldsBefore: 29,
  },
  {
    file: PERMIT,
    old: '&& pack.gpcForbids.includes(purpose)) {',
    now: "&& purpose === 'advertise') {",
    caughtBy: 'signal',
  },
  {
    file: PERMIT,
    old: "if (lawful === 'opt-out' && !isEnded) return undefined;",
    now: "if (lawful === 'opt-out') return undefined;",
    caughtBy: 'signal',
  },
  {
    file: PERMIT,
    old: "if (grant.state !== 'given')",
    now: "if (grant.state === 'withdrawn')",
    caughtBy: 'refused',
  },
  {
    file: PERMIT,
    old: 'if (grant.sinceMs > nowMs + LIMITS.clockSkewMsMax) {',
    now: 'if (grant.sinceMs > nowMs + DAY_MS) {',
    caughtBy: 'not-begun',
    worldsBefore: 45,
  },
  {
    file: PERMIT,
    old: 'if (nowMs >= Math.min(grant.expiresMs, grant.sinceMs + GRANT_MS_MAX)) {',
    now: 'if (nowMs >= grant.expiresMs + GRANT_MS_MAX) {',
    caughtBy: 'run-out',
  },
  {
    file: PERMIT,
    old: 'if (categories?.includes(category) === true) return undefined;',
    now: 'if (categories !== undefined) return undefined;',
    caughtBy: 'category-out',
  },
  {
    file: PERMIT,
    old: '? purposes[purpose] : undefined;',
    now: '? purposes[purpose] : DATA_CATEGORIES;',
    caughtBy: 'purpose-out',
  },
  {
    file: PERMIT,
    old: "DataCategory[] = ['purchases', 'basket', 'declared'];",
    now: "DataCategory[] = ['purchases', 'basket', 'declared', 'browsing'];",
    caughtBy: 'kept-basis',
  },
  {
    file: CHAIN,
    old: 'hasLost(chain, record) ? allTakenBack(record) : chain.grants',
    now: 'chain.grants',
    caughtBy: 'lost',
  },
  { file: CHAIN, old: 'broken: !fits,', now: 'broken: false,', caughtBy: 'torn' },
  {
    file: PACKS,
    old: 'pack = pack === undefined ? next : strictest(pack, next);',
    now: 'pack = next;',
    caughtBy: 'own-law',
  },
  { file: PACKS, old: 'return pack ?? STRICTEST;', now: 'return pack ?? US_CA;', caughtBy: 'silence' },
  {
    file: ADMIT,
    old: "if (source.origin !== 'first-party')",
    now: "if (source.origin === 'sensor')",
    caughtBy: 'kept-source',
  },
  {
    file: ADMIT,
    old: 'if (source.controller !== event.controller)',
    now: 'if (source.controller === undefined)',
    caughtBy: 'kept-source',
  },
  {
    file: ADMIT,
    old: 'event.timeMs <= nowMs + LIMITS.clockSkewMsMax',
    now: 'event.timeMs <= nowMs + DAY_MS',
    caughtBy: 'kept-future',
    worldsBefore: 46,
  },
  { file: ADMIT, old: 'if (!(expiresMs > nowMs))', now: 'if (!(expiresMs > 0))', caughtBy: 'kept-old' },
  {
    file: ADMIT,
    old: 'if (refusal === undefined) return mint',
    now: "if (refusal?.refused !== 'minor') return mint",
    caughtBy: 'kept-useless',
  },
  {
    file: ADMIT,
    old: '{ purchases: 3650, declared: 3650 };',
    now: '{ purchases: 3650, declared: 36500 };',
    caughtBy: 'kept-long',
  },
  {
    file: ADMIT,
    old: 'notAfterMs ?? Number.POSITIVE_INFINITY',
    now: 'Number.POSITIVE_INFINITY',
    caughtBy: 'kept-long',
  },
  {
    file: ADMIT,
    old: 'TELLING_KINDS.includes(event.kind) && traits !== undefined',
    now: 'traits !== undefined',
    caughtBy: 'kept-traits',
  },
];
