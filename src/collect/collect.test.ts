import { describe, expect, it } from 'vitest';
import { LIMITS } from '../kernel/limits.ts';
import { collect } from './collect.ts';
import { NOW_MS, context } from './testing.ts';

const view = {
  id: 'e1',
  kind: 'view',
  person: 'p1',
  time: 1_769_000_000,
  lines: [{ item: 'coat', quantity: 1 }],
};

describe('collect', () => {
  it('[C6] takes controller from the key and the source from the registry', () => {
    const { events } = collect({ ...view, controller: 'other', channel: 'till' }, context);
    expect(events).toEqual([
      {
        id: 'e1',
        kind: 'view',
        person: 'p1',
        controller: 'shop',
        source: 'web-shop',
        channel: 'web',
        timeMs: 1_769_000_000_000,
        lines: [{ item: 'coat', quantity: 1 }],
      },
    ]);
    expect(collect({ ...view, source: 'till' }, context).events[0]).toMatchObject({
      source: 'till',
      channel: 'till',
    });
    const unknown = collect({ ...view, source: 'bought-list' }, context);
    expect(unknown.events).toEqual([]);
    expect(unknown.problems[0]?.field).toBe('source');
    const { source: _source, ...nameless } = context;
    expect(collect(view, nameless).problems[0]?.field).toBe('source');
  });

  it('[C1] drops what is not on a list and counts its path, never its value', () => {
    const message = {
      ...view,
      ip: '192.0.2.7',
      email: 'alice@example.com',
      lines: [
        { item: 'coat', note: 'for Alice' },
        { item: 'hat', note: 'x' },
      ],
      'alice@example.com': true,
      user12345: 1,
      __proto__x: 1,
    };
    const found = collect(message, context);
    expect(found.dropped).toEqual({ ip: 1, email: 1, 'lines/*/note': 2, '?': 3 });
    expect(JSON.stringify(found)).not.toMatch(/192\.0\.2\.7|lice/);
  });

  it('[C1] remembers a bounded number of paths', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const many = Object.fromEntries(
      letters.split('').flatMap((a) => letters.split('').map((b) => [`field${a}${b}`, 1])),
    );
    const { dropped } = collect({ ...view, ...many }, context);
    expect(Object.keys(dropped).length).toBe(257);
    expect(dropped['(other)']).toBe(676 - 256);
  });

  it('[C2] reports a bad message with its place and takes the others', () => {
    const found = collect(
      [view, { kind: 'view' }, 7, { ...view, id: 'e2', lines: [{ item: '' }] }, { hello: 1 }],
      context,
    );
    expect(found.events.map((event) => event.id)).toEqual(['e1']);
    expect(found.problems.map((one) => one.field)).toEqual([
      '1/person',
      '2/message',
      '3/lines/0/item',
      '4/message',
    ]);
  });

  it('[C2] reads a bounded number of messages', () => {
    const batch = Array.from({ length: LIMITS.eventsPerBatchMax + 500 }, (_, index) => ({
      ...view,
      id: `e${index}`,
    }));
    const found = collect(batch, context);
    expect(found.events.length).toBe(LIMITS.eventsPerBatchMax);
    expect(found.problemsTotal).toBe(1);
    const nested = collect([{ batch: batch.map(() => ({})) }, { batch: batch.map(() => ({})) }], context);
    expect(nested.problems.length).toBe(100);
    expect(nested.problemsTotal).toBeLessThanOrEqual(LIMITS.eventsPerBatchMax + 2);
  });

  it('[C3] refuses an e-mail address as an id', () => {
    const found = collect({ ...view, person: 'alice@example.com' }, context);
    expect(found.events).toEqual([]);
    expect(found.problems[0]?.expected).toContain('e-mail');
    expect(JSON.stringify(found)).not.toContain('alice');
  });

  it('[C5] derives the same id for the same event, whatever else the message holds', () => {
    const { id: _id, ...bare } = view;
    const one = collect(bare, context).events[0]?.id;
    expect(one).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(collect({ utm: 'x', ...bare }, { ...context, nowMs: NOW_MS + 1e9 }).events[0]?.id).toBe(one);
    expect(collect({ ...bare, person: 'p2' }, context).events[0]?.id).not.toBe(one);
    expect(collect({ ...bare, time: 1_769_000_001 }, context).events[0]?.id).not.toBe(one);
  });

  it('[C5] without id and time, a repeat within the minute is the same event', () => {
    const bare = { kind: 'view', person: 'p1', lines: [{ item: 'coat' }] };
    const at = (nowMs: number): string | undefined => collect(bare, { ...context, nowMs }).events[0]?.id;
    expect(at(NOW_MS + 1000)).toBe(at(NOW_MS + 2000));
    expect(at(NOW_MS + 60_000)).not.toBe(at(NOW_MS));
  });

  it('[C12] takes prices in main units with a currency, and leaves inexact ones out', () => {
    const lines = [
      { item: 'a', price: 12.5 },
      { item: 'b', price: 8.3333 },
      { item: 'c', priceMinor: 99 },
    ];
    const found = collect({ ...view, lines, currency: 'KWD' }, context);
    expect(found.events[0]?.lines).toEqual([
      { item: 'a', quantity: 1, priceMinor: 12_500 },
      { item: 'b', quantity: 1 },
      { item: 'c', quantity: 1, priceMinor: 99 },
    ]);
    expect(found.dropped).toEqual({ 'lines/*/price': 1 });
  });

  it('[C23] reads a closed list of traits', () => {
    const traits = {
      birthYear: 1990,
      language: 'zh-Hant',
      country: 'tw',
      likes: 'tea',
      name: 'Alice',
      income: 9,
    };
    const found = collect({ id: 'd', kind: 'declare', person: 'p1', time: view.time, traits }, context);
    expect(found.events[0]?.traits).toEqual({
      birthYear: 1990,
      language: 'zh-Hant',
      country: 'TW',
      likes: 'tea',
    });
    expect(found.dropped).toEqual({ 'traits/name': 1, 'traits/income': 1 });
    const wrong = collect({ kind: 'declare', person: 'p1', traits: { birthYear: 3000 } }, context);
    expect(wrong.problems.map((one) => one.field)).toEqual(['traits/birthYear', 'traits']);
  });

  it('[C24] an event under an id that is nobody’s is left out', () => {
    for (const person of [
      ' ',
      '\u00a0',
      'null',
      'undefined',
      'NaN',
      ' [object Object]',
      'None',
      '0',
      0,
      -1,
    ]) {
      expect(collect({ ...view, person }, context).events, String(person)).toEqual([]);
      const segment = { type: 'track', event: 'Product Viewed', properties: { product_id: 'a' } };
      expect(collect({ ...segment, userId: person }, context).events, String(person)).toEqual([]);
      expect(collect({ ...segment, anonymousId: person }, context).events, String(person)).toEqual([]);
    }
    for (const person of ['nullius', 'anonymous-7', '00', '10']) {
      expect(collect({ ...view, person }, context).events, person).toHaveLength(1);
    }
  });
});
