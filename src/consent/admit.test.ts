// Goal: nothing is kept that neither the order nor an allowed purpose needs, and nothing of unknown origin.

import { describe, expect, test } from 'vitest';
import { EVENT_KINDS, type Event, type EventKind } from '../facts/event.ts';
import { parseControllerId, parseEventId, parseItemId, parsePersonId, parseSourceId } from '../facts/ids.ts';
import type { Permissions } from '../facts/permissions.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { Source } from '../facts/source.ts';
import { admit } from './admit.ts';
import { US_CA } from './packs.ts';
import { NOW, SHOP, chainOf, change, must, permitting } from './testing.ts';

const DAY = 86_400_000;
const WEB = must(parseSourceId('web-shop'));

const source: Source = {
  id: WEB,
  controller: SHOP,
  origin: 'first-party',
  channel: 'web',
  basis: 'consent',
  noticeId: 'n1',
  description: 'our web shop',
};

function event(kind: EventKind, more: Partial<Event> = {}): Event {
  return {
    id: must(parseEventId('e1')),
    kind,
    person: must(parsePersonId('anna')),
    controller: SHOP,
    source: WEB,
    channel: 'web',
    timeMs: NOW - DAY,
    lines: [{ item: must(parseItemId('coat')), quantity: 1 }],
    ...more,
  };
}

function answer(asked: Event, permissions: Permissions = permitting(), from: Source | undefined = source) {
  const admitted = admit({ event: asked, source: from, permissions });
  if (isRefusal(admitted)) return admitted.refused;
  return `${admitted.basis} for ${Math.round((admitted.expiresMs - asked.timeMs) / DAY)} days`;
}

describe('the origin', () => {
  test.each([
    ['not registered', undefined, 'source-unregistered'],
    ['registered under another name', { ...source, id: must(parseSourceId('other')) }, 'source-unregistered'],
    ['bought', { ...source, origin: 'third-party' as const }, 'source-not-first-party'],
    ['a sensor', { ...source, origin: 'sensor' as const }, 'source-not-first-party'],
    ['misspelled', { ...source, origin: 'First-Party' as never }, 'source-not-first-party'],
    [
      "another seller's",
      { ...source, controller: must(parseControllerId('other')) },
      'source-other-controller',
    ],
  ])('[G22] %s is refused, also for an order', (_what, from, refused) => {
    expect(isRefusal(admit({ event: event('purchase'), source: from, permissions: permitting() }))).toBe(
      true,
    );
    expect(admit({ event: event('purchase'), source: from, permissions: permitting() })).toMatchObject({
      refused,
    });
  });
});

describe('the time', () => {
  test.each([
    ['now', NOW, 'contract for 3650 days'],
    ['ten minutes ahead', NOW + 600_000, 'contract for 3650 days'],
    ['further ahead', NOW + 600_001, 'event-in-future'],
    ['not a number', Number.NaN, 'event-in-future'],
    ['infinite', Infinity, 'event-in-future'],
    ['before all time', -Infinity, 'event-too-old'],
    ['beyond what may be sent', NOW - 7300 * DAY - 1, 'event-too-old'],
    ['older than the contract keeps it', NOW - 3650 * DAY, 'expired'],
    ['just within', NOW - 3650 * DAY + 1, 'contract for 3650 days'],
  ])('[G23] %s', (_what, timeMs, expected) => {
    expect(answer(event('purchase', { timeMs }))).toBe(expected);
  });

  test('[G23] unknown to ourselves: nothing is kept', () => {
    for (const nowMs of [Number.NaN, Infinity, -Infinity]) {
      expect(isRefusal(admit({ event: event('purchase'), source, permissions: permitting({ nowMs }) }))).toBe(
        true,
      );
    }
  });
});

describe('what is kept', () => {
  test('[G24] without any grant: what the order needs, a basket for a year at most', () => {
    expect(Object.fromEntries(EVENT_KINDS.map((kind) => [kind, answer(event(kind))]))).toEqual({
      view: 'no-grant',
      'basket-add': 'contract for 365 days',
      'basket-remove': 'contract for 365 days',
      purchase: 'contract for 3650 days',
      return: 'contract for 3650 days',
      impression: 'no-grant',
      click: 'no-grant',
      dismiss: 'no-grant',
      declare: 'contract for 3650 days',
      review: 'no-grant',
    });
  });

  test('[G24] with a grant for any purpose: its category, as long as the pack lets a profile live', () => {
    const chain = chainOf([change('browsing', 'measure', 'given')]);
    expect(answer(event('view'), permitting({ chain }))).toBe('consent for 365 days');
    expect(answer(event('click'), permitting({ chain }))).toBe('no-grant');
    expect(answer(event('view', { timeMs: NOW - 365 * DAY }), permitting({ chain }))).toBe('expired');
  });

  test('[G24] on silence where the law is opt-out, until the person or their browser objects', () => {
    expect(answer(event('view'), permitting({ pack: US_CA }))).toBe('consent for 365 days');
    expect(answer(event('view'), permitting({ pack: US_CA, signals: { gpc: true } }))).toBe('signal-objects');
  });

  test('[G24] the refusal says what decided', () => {
    expect(answer(event('view'), permitting({ ageYears: 9 }))).toBe('minor');
    expect(answer(event('view'), permitting({ revocations: 1 }))).toBe('consent-state-stale');
    expect(answer(event('view'), permitting({ pack: undefined }))).toBe('no-pack');
    expect(answer(event('purchase'), permitting({ pack: undefined }))).toBe('no-pack');
  });

  test('[G25] what a person says of themselves comes with a declaration, not with a page view', () => {
    const traits = { birthYear: 1990, country: 'DE' };
    const chain = chainOf([change('browsing', 'recommend', 'given')]);
    const kept = (kind: EventKind) =>
      admit({ event: event(kind, { traits }), source, permissions: permitting({ chain }) });
    expect(kept('declare')).toMatchObject({ traits, basis: 'contract' });
    for (const kind of ['view', 'purchase'] as const) expect(kept(kind)).not.toHaveProperty('traits');
  });
});
