// Goal: nobody can make `collect` throw or answer without bound, and no value that is not on a list comes
// out. Method: random JSON, and real payloads with random parts replaced by random JSON that carries a marker
// in every dropped place.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { collect } from './collect.ts';
import { PROBLEMS_MAX } from './intake.ts';
import { context } from './testing.ts';

const runs = process.env['FINELINE_FULL'] === '1' ? 50_000 : 2000;

const WORDS = [
  ...[
    'fineline',
    'specversion',
    'id',
    'source',
    'type',
    'data',
    'kind',
    'person',
    'time',
    'lines',
    'items',
    'item',
    'traits',
  ],
  ...[
    'batch',
    'events',
    'name',
    'params',
    'event',
    'ecommerce',
    'properties',
    'products',
    'product_id',
    'userId',
    'context',
  ],
  ...[
    'anonymousId',
    'consent',
    'categoryPreferences',
    'grants',
    'notice',
    'place',
    'gpc',
    'tcf',
    'gpp',
    'att',
    'device',
    'adTrackingEnabled',
    'user_id',
    'client_id',
    'quantity',
  ],
  ...[
    'price',
    'currency',
    'order',
    'order_id',
    '__proto__',
    'constructor',
    'toString',
    'expirytime',
    'dataregulation',
  ],
];
const TEXTS = [
  'consent',
  '1.0',
  'track',
  'identify',
  'view',
  'purchase',
  'Order Completed',
  'view_item',
  'till',
  'p1',
  '2026-01-31',
  'given',
];

const { message } = fc.letrec<{ message: unknown }>((tie) => ({
  message: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(...TEXTS),
    fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null), fc.string()),
    fc.array(tie('message'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...WORDS), fc.string()), tie('message'), { maxKeys: 8 }),
  ),
}));

describe('collect under random input', () => {
  it('[C2] never throws and answers within bounds', () => {
    fc.assert(
      fc.property(message, (value) => {
        const found = collect(value, context);
        expect(found.events.length).toBeLessThanOrEqual(LIMITS.eventsPerBatchMax + 1);
        expect(found.problems.length).toBeLessThanOrEqual(PROBLEMS_MAX);
        for (const event of found.events) {
          expect(event.id.length).toBeLessThanOrEqual(LIMITS.idLengthMax);
          expect(event.controller).toBe('shop');
          expect(event.lines.every((line) => Number.isInteger(line.quantity) && line.quantity > 0)).toBe(
            true,
          );
        }
        for (const { changes, notice } of found.consents) {
          if (changes.some((change) => change.state === 'given')) expect(notice).toBeDefined();
        }
      }),
      { numRuns: runs },
    );
  });

  it('[C1] keeps no value of a field that is not on a list', () => {
    const secret = 'SECRET-7f3a';
    const extra = fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'b', 'q', 'z', '_', '@', '9'), minLength: 1, maxLength: 8 }),
      fc.oneof(fc.constant(secret), fc.constant({ deep: [secret] }), fc.constant([secret])),
      { minKeys: 1, maxKeys: 6 },
    );
    const kinds = fc.constantFrom('segment', 'ga4', 'plain', 'cloudevent');
    fc.assert(
      fc.property(kinds, extra, (kind, more) => {
        const item = { ...more, product_id: 'a', item_id: 'a', item: 'a', price: 1, quantity: 1 };
        const messages = {
          segment: {
            ...more,
            type: 'track',
            event: 'Order Completed',
            userId: 'u',
            messageId: 'm',
            context: more,
            properties: { ...more, products: [item] },
          },
          ga4: {
            ...more,
            client_id: 'c',
            events: [{ ...more, name: 'purchase', params: { ...more, items: [item] } }],
          },
          plain: { ...more, kind: 'view', person: 'p', lines: [item], traits: more },
          cloudevent: {
            ...more,
            specversion: '1.0',
            id: '1',
            source: 'till',
            type: 'view',
            data: { ...more, person: 'p', items: [item] },
          },
        };
        const found = collect(messages[kind], context);
        expect(found.events.length).toBe(1);
        expect(JSON.stringify(found)).not.toContain(secret);
      }),
      { numRuns: runs },
    );
  });

  it('[C5] gives the same events for the same input', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(collect(value, context)).toEqual(collect(value, context));
      }),
      { numRuns: 200 },
    );
  });
});
