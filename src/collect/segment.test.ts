// Goal: Segment messages as the libraries send them become our events, and nothing of their baggage stays.

import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { baggage, noLeak, orderCompleted } from './payloads.ts';
import { NOW_MS, context } from './testing.ts';

describe('Segment', () => {
  it('[C1][C3] reads an order and leaves the baggage', () => {
    const found = collect(orderCompleted, context);
    expect(found.problems).toEqual([]);
    expect(found.events).toEqual([
      {
        id: 'order:50314b8e:purchase',
        kind: 'purchase',
        person: '4711',
        controller: 'shop',
        source: 'web-shop',
        channel: 'web',
        timeMs: Date.UTC(2026, 0, 31, 9, 30),
        lines: [
          { item: '507f1f77', quantity: 1, priceMinor: 1900 },
          { item: '46493-32', quantity: 2, priceMinor: 399 },
        ],
      },
    ]);
    expect(found.dropped).toMatchObject({ 'context/ip': 1, 'properties/products/*/name': 2, writeKey: 1 });
    expect(JSON.stringify(found)).not.toMatch(noLeak);
  });

  it('[C4] reports a visitor who is known, and joins nobody', () => {
    expect(collect(orderCompleted, context).links).toEqual([
      {
        known: '4711',
        guest: 'guest:507f191e-810c-1972-9de8-60ea00000000',
        timeMs: Date.UTC(2026, 0, 31, 9, 30),
      },
    ]);
    const { userId: _userId, ...guest } = orderCompleted;
    const found = collect(guest, context);
    expect(found.events[0]?.person).toBe('guest:507f191e-810c-1972-9de8-60ea00000000');
    expect(found.links).toEqual([]);
    expect(collect({ type: 'alias', previousId: 'anon', userId: 'u1' }, context).links[0]).toMatchObject({
      known: 'u1',
      guest: 'guest:anon',
    });
    expect(collect({ ...orderCompleted, userId: 'guest:x' }, context).problems[0]?.field).toBe('userId');
    expect(collect({ ...guest, anonymousId: null }, context).problems[0]?.field).toBe('userId');
  });

  it.each([
    ['Product Viewed', 'view'],
    ['Product Clicked', 'click'],
    ['Product Added', 'basket-add'],
    ['Product Removed', 'basket-remove'],
  ])('[C1] reads %s as %s', (event, kind) => {
    const properties = {
      product_id: 7,
      sku: 'x',
      price: 12.5,
      quantity: 2,
      brand: 'B',
      cart_id: 'c',
      value: 25,
    };
    const found = collect({ type: 'track', event, messageId: 'm', userId: 'u', properties }, context);
    expect(found.events).toMatchObject([
      { id: 'm', kind, timeMs: NOW_MS, lines: [{ item: '7', quantity: 2, priceMinor: 1250 }] },
    ]);
  });

  it.each([
    ['Product List Viewed', 'impression'],
    ['Cart Viewed', 'view'],
    ['Order Refunded', 'return'],
    ['Order Cancelled', 'return'],
  ])('[C1] reads %s as %s', (event, kind) => {
    const properties = {
      list_id: 'l',
      order_id: 'o',
      products: [{ product_id: 'a', position: 1 }, { product_id: 'b' }],
    };
    const found = collect({ type: 'track', event, messageId: 'm', userId: 'u', properties }, context);
    expect(found.events).toMatchObject([{ id: 'm', kind, lines: [{ item: 'a' }, { item: 'b' }] }]);
  });

  it('[C2] passes over what has nothing for us, and says what an order lacks', () => {
    const of = (message: object): ReturnType<typeof collect> =>
      collect({ userId: 'u', messageId: 'm', ...message }, context);
    expect(of({ type: 'track', event: 'constructor' })).toMatchObject({
      events: [],
      ignored: 1,
      problemsTotal: 0,
    });
    expect(of({ type: 'page', name: 'Home', properties: { url: 'https://shop.example' } })).toMatchObject({
      ignored: 1,
    });
    expect(of({ type: 'group', groupId: 'g', traits: { name: 'Acme' } })).toMatchObject({ ignored: 1 });
    expect(of({ type: 'screen', properties: { product_id: 'a' } }).events).toMatchObject([{ kind: 'view' }]);
    expect(of({ type: 'track', event: 'Order Completed', properties: {} }).problems[0]?.field).toBe(
      'properties/products',
    );
  });

  it('[C23] takes the year of a birthday and the country of an address', () => {
    const traits = {
      email: 'alice@example.com',
      firstName: 'Alice',
      birthday: '1990-05-01',
      address: { street: '6th St', city: 'Berlin', country: 'Germany', postalCode: '10115' },
      language: 'de',
    };
    const found = collect(
      { type: 'identify', messageId: 'm', userId: 'u', traits, context: baggage },
      context,
    );
    expect(found.events[0]).toMatchObject({
      kind: 'declare',
      lines: [],
      traits: { birthYear: 1990, country: 'DE', language: 'de' },
    });
    expect(JSON.stringify(found)).not.toMatch(/lice|1990-05|10115|Berlin/);
  });

  it('[C10] reads preferences as refusals only', () => {
    const of = (categoryPreferences: unknown): readonly string[] | undefined =>
      collect({ ...orderCompleted, context: { consent: { categoryPreferences } } }, context).objections[0]
        ?.purposes;
    expect(of({ Advertising: true, Analytics: true })).toBeUndefined();
    expect(of({ Advertising: false, Analytics: true })).toEqual(['advertise']);
    expect(of({ analytics_storage: 'denied' })).toEqual(['improve', 'measure']);
    expect(of({ C0002: false })).toContain('recommend');
    expect(of('none')).toContain('recommend');
    expect(of(undefined)).toContain('recommend');
    const found = collect(
      { ...orderCompleted, context: { consent: { categoryPreferences: { Advertising: true } } } },
      context,
    );
    expect(found.consents).toEqual([]);
  });

  it('[C10] hears what the phone answered, and nothing else of the device', () => {
    const of = (device: unknown): readonly string[] | undefined =>
      collect({ ...orderCompleted, context: { device } }, context).objections[0]?.purposes;
    for (const yes of [{}, { adTrackingEnabled: true }, { trackingStatus: 'authorized' }, undefined])
      expect(of(yes)).toBeUndefined();
    const noes = [
      { adTrackingEnabled: false },
      { adTrackingEnabled: 'true' },
      { adTrackingEnabled: 0, trackingStatus: 'authorized' },
      { trackingStatus: 'denied', adTrackingEnabled: true },
      { trackingStatus: 'notDetermined' },
      { trackingStatus: 3 },
      { adTrackingEnabled: null },
      { trackingStatus: null },
      'phone',
      null,
    ];
    for (const no of noes) expect(of(no), JSON.stringify(no)).toEqual(['advertise']);
    const device = { advertisingId: '7A3CBEA0', adTrackingEnabled: false };
    const found = collect({ ...orderCompleted, context: { device } }, context);
    expect(found.dropped['context/device/advertisingId']).toBe(1);
    expect(JSON.stringify(found)).not.toContain('7A3CBEA0');
  });

  it('[C2] reads a batch, with the context of the batch where a message has none', () => {
    const { context: _context, ...bare } = orderCompleted;
    const refusing = { consent: { categoryPreferences: { Advertising: false } } };
    const found = collect(
      { batch: [bare, { type: 'track' }], context: refusing, sentAt: '2026-01-31T09:30:00Z' },
      context,
    );
    expect(found.events.length).toBe(1);
    expect(found.objections.length).toBe(1);
    expect(found.problems[0]?.field).toBe('batch/1/userId');
  });
});
