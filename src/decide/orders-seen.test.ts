// Goal: of what was bought what is due is shown again, and orders are weighed as they passed the door.
// Method: real Views, opened through the door.

import { describe, expect, it } from 'vitest';
import type { Barred } from '../facts/decision.ts';
import type { Fact } from '../facts/fact.ts';
import { SESSION_GAP_MS, type View } from '../facts/view.ts';
import { DAY, NOW, TILL, fact as profileFact, viewOf as openedView } from '../profile/testing.ts';
import { ALL, permitting } from '../consent/testing.ts';
import { barFacts, barNotDue } from './bar.ts';
import { weighOrders, weighSession } from './weigh.ts';

describe('a next basket', () => {
  it('[D64] bars what is not due of what was bought, and always what came back or was refused', () => {
    const facts = [
      // Every ten days, four days ago; every four days, four days ago.
      purchase('bread', [34, 24, 14, 4]),
      purchase('milk', [12, 8, 4]),
      // Once: half of the usual time between the seven orders, fifteen days, has passed or not.
      purchase('pan', [4]),
      purchase('pot', [94]),
      purchase('hat', [34], { returned: 1 }),
      purchase('gone', [4], { quantity: 0 }),
      likes('tea', 'dislikes'),
    ];
    const names = (barred: readonly Barred[]) => barred.map(({ item, guard }) => `${item} ${guard}`);
    expect(names(barNotDue(viewOf(facts)))).toEqual([
      'bread bought',
      'hat returned',
      'pan bought',
      'tea disliked',
    ]);
    const once = (days: number) => barNotDue(viewOf([purchase('tea', [days])])).length;
    expect([once(3), once(4)]).toEqual([1, 0]);
    // Everywhere else what was bought is barred, due or not.
    expect(names(barFacts(viewOf(facts)))).toContain('milk bought');
  });

  it('[D60] weighs orders as they passed the door, newest facts first, without what was refused', () => {
    // Day by day five things, of 240 in turn: what was bought in the first days alone is left out.
    const facts = Array.from({ length: 240 }, (_, n) => {
      const days = [0, 1].map((round) => 49 - Math.floor((n + 240 * round) / 5)).filter((day) => day >= 0);
      return purchase(`thing-${n}`, days);
    });
    const found = weighOrders(viewOf([...facts, likes('thing-239', 'dislikes')]));
    expect(found.length).toBe(200);
    expect(found.map(({ item }) => item)).not.toContain('thing-239');
    expect(found.find(({ item }) => item === 'thing-0')?.orders).toEqual([0, 48]);
    expect(found.some(({ item }) => item === 'thing-12')).toBe(false);
    expect(found.map(({ item }) => item)).toEqual(found.map(({ item }) => item).toSorted());
  });

  it('[D60] stands in the order of things, wherever they were bought', () => {
    const facts = [purchase('tea', [3], { source: TILL }), purchase('apple', [3])];
    expect(weighOrders(viewOf(facts)).map(({ item }) => item)).toEqual(['apple', 'tea']);
  });
});

describe('a next click', () => {
  const facts = [profileFact('viewed', 'tea', { source: TILL }), profileFact('viewed', 'apple')];
  const keys = facts.map(({ key }) => key);
  const session = { items: facts.map(({ item }) => item!), keys, times: [NOW - 1, NOW - 1] };
  const found = (nowMs: number) =>
    weighSession({ ...viewOf(facts), nowMs, sessions: () => [session] }).map(({ item }) => item);

  it('[D67] reads the looks of a session that lasts, in the order of things, to the millisecond', () => {
    expect(found(NOW)).toEqual(['apple', 'tea']);
    expect(found(NOW - 2 + SESSION_GAP_MS)).toEqual(['apple', 'tea']);
    expect(found(NOW - 1 + SESSION_GAP_MS)).toEqual([]);
  });
});

const likes = (thing: string, kind: 'likes' | 'dislikes' = 'likes'): Fact => profileFact(kind, thing);

/** Bought that many days ago. */
function purchase(
  thing: string,
  days: readonly number[],
  more: Partial<Fact> = {},
): Fact & { readonly days: readonly number[] } {
  const [firstMs, lastMs] = [Math.max(...days), Math.min(...days)].map((ago) => NOW - ago * DAY);
  return {
    ...profileFact('bought', thing, { count: days.length, firstMs: firstMs!, lastMs: lastMs!, ...more }),
    days,
  };
}

/** Through the door. */
function viewOf(facts: readonly (Fact & { readonly days?: readonly number[] })[]): View {
  const boughtAt = new Map(
    facts.flatMap(({ key, days }) =>
      days === undefined ? [] : [[key, days.map((ago) => NOW - ago * DAY).sort((a, b) => a - b)] as const],
    ),
  );
  return openedView(facts, { permissions: permitting({ chain: ALL }), boughtAt });
}
