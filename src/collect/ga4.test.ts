// Goal: GA4 e-commerce events in their three shapes become our events.

import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { noLeak, purchase } from './payloads.ts';
import { context } from './testing.ts';

describe('GA4', () => {
  it('[C1] reads the Measurement Protocol', () => {
    const message = {
      client_id: '1234.5678',
      user_id: 'u1',
      timestamp_micros: '1769851800000000',
      user_properties: { plan: { value: 'alice' } },
      ip_override: '203.0.113.9',
      events: [purchase, { name: 'page_view', params: { page_location: 'https://search.example' } }],
    };
    const found = collect(message, context);
    expect(found.events).toMatchObject([
      {
        id: 'order:T_12345:purchase',
        person: 'u1',
        timeMs: 1_769_851_800_000,
        lines: [
          { item: 'SKU_1', quantity: 3, priceMinor: 1001 },
          { item: 'SKU_2', quantity: 1 },
        ],
      },
    ]);
    expect(found).toMatchObject({ ignored: 1, problemsTotal: 0 });
    expect(found.links[0]).toMatchObject({ known: 'u1', guest: 'guest:1234.5678' });
    expect(JSON.stringify(found)).not.toMatch(noLeak);
  });

  it('[C1] reads gtag calls and data-layer pushes', () => {
    const bare = { client_id: 'c', ...purchase };
    const gtag = ['event', 'purchase', { ...purchase.params, client_id: 'c' }];
    const layer = { event: 'purchase', client_id: 'c', ecommerce: purchase.params };
    for (const message of [bare, gtag, layer]) {
      expect(collect(message, context).events).toMatchObject([
        { id: 'order:T_12345:purchase', person: 'guest:c' },
      ]);
    }
  });

  it.each([
    ['view_item', 'view'],
    ['view_item_list', 'impression'],
    ['select_item', 'click'],
    ['add_to_cart', 'basket-add'],
    ['remove_from_cart', 'basket-remove'],
    ['refund', 'return'],
  ])('[C5] reads %s as %s with a derived id', (name, kind) => {
    const event = {
      name,
      params: { ...purchase.params, currency: 'EUR' },
      user_id: 'u',
      timestamp_micros: 1_769_851_800_000_000,
    };
    const [found] = collect(event, context).events;
    expect(found).toMatchObject({ kind, lines: [{ item: 'SKU_1' }, { item: 'SKU_2', priceMinor: 1050 }] });
    expect(found?.id).toMatch(/^sha256:/);
  });

  it('[C10] hears a denied consent', () => {
    const of = (more: object): readonly string[] | undefined =>
      collect({ client_id: 'c', ...more, events: [purchase] }, context).objections[0]?.purposes;
    expect(of({})).toBeUndefined();
    expect(of({ consent: { ad_user_data: 'GRANTED', ad_personalization: 'GRANTED' } })).toBeUndefined();
    expect(of({ consent: { ad_personalization: 'DENIED' } })).toEqual(['advertise', 'contact']);
    expect(of({ consent: { ad_user_data: 'DENIED', ad_personalization: 'GRANTED' } })).toEqual([
      'advertise',
      'contact',
    ]);
    expect(of({ non_personalized_ads: true })).toEqual(['advertise']);
  });
});
