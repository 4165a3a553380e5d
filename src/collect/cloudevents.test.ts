// Goal: CloudEvents are opened as the specification and its extensions demand.

import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import { orderCompleted, purchase } from './payloads.ts';
import { NOW_MS, context } from './testing.ts';

describe('CloudEvents', () => {
  const event = {
    specversion: '1.0',
    id: 'A234',
    source: 'till',
    type: 'com.example.shop.purchase.v1',
    time: '2026-01-31T09:30:00Z',
    datacontenttype: 'application/json; charset=utf-8',
    subject: 'alice',
    traceparent: '00-1-2-3',
    data: {
      person: 'p1',

      currency: 'EUR',
      items: [{ item: 'a', quantity: 2, price: 1.5, name: 'A' }],
    },
  };

  it('[C7] are read with their source, id, time and the kind in their type', () => {
    const found = collect(event, context);
    expect(found.problems).toEqual([]);
    expect(found.events).toEqual([
      {
        id: 'till A234',
        kind: 'purchase',
        person: 'p1',
        controller: 'shop',
        source: 'till',
        channel: 'till',
        timeMs: Date.UTC(2026, 0, 31, 9, 30),
        lines: [{ item: 'a', quantity: 2, priceMinor: 150 }],
      },
    ]);
    expect(found.dropped).toEqual({ subject: 1, traceparent: 1, 'lines/*/name': 1 });
  });

  it('[C7] come in batches, and from sources of other names', () => {
    const other = { ...event, source: 'https://till-7.example/3' };
    const found = collect([event, other], context);
    expect(found.events.map((one) => [one.id, one.source])).toEqual([
      ['till A234', 'till'],
      ['https://till-7.example/3 A234', 'web-shop'],
    ]);
  });

  it('[C7] carry the other formats', () => {
    const inside = (data: object): ReturnType<typeof collect> =>
      collect({ ...event, type: 'com.segment.track', data }, context);
    const { properties, ...rest } = orderCompleted;
    expect(inside({ ...rest, properties }).events).toMatchObject([
      { id: 'order:50314b8e:purchase', source: 'till', person: '4711' },
    ]);
    expect(
      inside({
        client_id: 'c',
        events: [
          { ...purchase, name: 'view_item' },
          { ...purchase, name: 'select_item' },
        ],
      }).events,
    ).toMatchObject([{ id: 'till A234 data/events/0' }, { id: 'till A234 data/events/1' }]);
    expect(inside({ batch: [rest] }).problems[0]?.field).toBe('data/data');
    expect(inside(event).problems[0]?.field).toBe('data/data');
  });

  it.each([
    ['specversion', '0.3'],
    ['id', ''],
    ['id', undefined],
    ['source', undefined],
    ['source', 'a b'],
    ['type', 7],
    ['time', 'noon'],
    ['data', 'text'],
    ['datacontenttype', 'text/xml'],
  ])('[C7] with %s = %s are refused', (field, value) => {
    const found = collect({ ...event, [field]: value }, context);
    expect(found.events).toEqual([]);
    expect(found.problems[0]?.field).toBe(field);
  });

  it.each([
    [{ dataclassification: 'internal', dataregulation: 'GDPR, CCPA', datacategory: 'standard' }, true],
    [{ dataclassification: 'public' }, true],
    [{ dataclassification: 'restricted' }, false],
    [{ dataclassification: 'internal', dataregulation: 'GDPR,HIPAA' }, false],
    [{ dataclassification: 'internal', dataregulation: '' }, false],
    [{ dataclassification: 'internal', datacategory: 'special-category' }, false],
    [{ dataregulation: 'GDPR' }, false],
    [{ datacategory: 'standard' }, false],
    [{ dataclassification: null }, false],
    [{ dataclassification: ['internal'] }, false],
  ])('[C8] labelled %j: admitted %s', (labels, good) => {
    const found = collect({ ...event, ...labels }, context);
    expect(found.events.length).toBe(good ? 1 : 0);
    expect(found.problemsTotal).toBe(good ? 0 : 1);
  });

  it('[C9] that have expired are refused, others hand on their end', () => {
    const iso = (ms: number): string => new Date(ms).toISOString();
    expect(collect({ ...event, expirytime: iso(NOW_MS) }, context)).toMatchObject({
      events: [],
      problemsTotal: 1,
    });
    expect(collect({ ...event, expirytime: 'soon' }, context)).toMatchObject({
      events: [],
      problemsTotal: 1,
    });
    expect(collect({ ...event, expirytime: iso(NOW_MS + 1000) }, context).expiries).toEqual([
      { event: 'till A234', notAfterMs: NOW_MS + 1000 },
    ]);
  });
});
