// Goal: outcomes find the decision that led to them, once. Method: small histories, and random ones against a
// naive join.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit } from '../consent/admit.ts';
import { ALL, permitting } from '../consent/testing.ts';
import type { AdmittedEvent, EventKind } from '../facts/event.ts';
import { type DecisionId, parseDecisionId } from '../facts/ids.ts';
import { DAY, NOW, SOURCES, WEB, admitted, event, itemId, must } from '../profile/testing.ts';
import { type Shown, joinOutcomes } from './join.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Tallies, countOutcome, inSteps, leaveTallies, tallyOf, toldOf } from './tally.ts';

const idOf = (name: string): DecisionId => must(parseDecisionId(name));

function shown(name: string, items: readonly string[], timeMs: number, propensity = 0.5): Shown {
  return { decision: idOf(name), placement: `slot of ${name}`, items: items.map(itemId), timeMs, propensity };
}

function happened(
  kind: EventKind,
  items: readonly string[],
  more: { readonly decision?: string; readonly timeMs?: number } = {},
): AdmittedEvent {
  const { decision, timeMs = NOW - DAY } = more;
  const told = event(kind, {
    items,
    timeMs,
    ...(decision === undefined ? {} : { decision: idOf(decision) }),
  });
  return admitted(admit({ event: told, source: SOURCES.get(WEB), permissions: permitting({ chain: ALL }) }));
}

const LISTS = [
  shown('one', ['tea', 'coat'], NOW - 5 * DAY, 0.25),
  shown('two', ['tea', 'hat'], NOW - 2 * DAY, 0.75),
];

describe('what is reported', () => {
  it.each([
    ['impression', 'impression'],
    ['click', 'click'],
    ['dismiss', 'dismissal'],
  ] as const)('[M1, M4] %s joins the decision it names, with its propensity', (kind, outcome) => {
    expect(joinOutcomes(LISTS, happened(kind, ['tea'], { decision: 'one' }))).toEqual([
      {
        placement: 'slot of one',
        outcome: { decision: 'one', item: 'tea', kind: outcome, timeMs: NOW - DAY, propensity: 0.25 },
      },
    ]);
  });

  it('[M1] joins nothing when no decision is named, it is not known, or it did not show the thing', () => {
    expect(joinOutcomes(LISTS, happened('click', ['tea']))).toEqual([]);
    expect(joinOutcomes(LISTS, happened('click', ['tea'], { decision: 'three' }))).toEqual([]);
    expect(joinOutcomes(LISTS, happened('click', ['hat'], { decision: 'one' }))).toEqual([]);
    expect(joinOutcomes(LISTS, happened('view', ['tea'], { decision: 'one' }))).toEqual([]);
  });
});

describe('a purchase', () => {
  const decisions = (bought: AdmittedEvent, lists: readonly Shown[] = LISTS): readonly string[] =>
    joinOutcomes(lists, bought).map(({ outcome }) => `${outcome.item} ${outcome.decision}`);

  it('[M2] joins the newest list that had shown the thing', () => {
    expect(decisions(happened('purchase', ['tea', 'coat', 'hat', 'lamp']))).toEqual([
      'tea two',
      'coat one',
      'hat two',
    ]);
    expect(decisions(happened('purchase', ['tea']), LISTS.toReversed())).toEqual(['tea two']);
  });

  it('[M2] within seven days, and never a list of afterwards', () => {
    const at = (timeMs: number): readonly string[] =>
      decisions(happened('purchase', ['coat'], { timeMs }), [shown('one', ['coat'], NOW - 9 * DAY)]);
    expect(at(NOW - 2 * DAY)).toEqual(['coat one']);
    expect(at(NOW - 2 * DAY + 1)).toEqual([]);
    expect(at(NOW - 9 * DAY)).toEqual(['coat one']);
    expect(at(NOW - 9 * DAY - 1)).toEqual([]);
  });

  it('[M3] counts a thing once, on however many lines it stands', () => {
    expect(decisions(happened('purchase', ['tea', 'tea', 'tea*4']))).toEqual(['tea two']);
    expect(joinOutcomes(LISTS, happened('click', ['tea', 'tea'], { decision: 'one' }))).toHaveLength(1);
  });

  it('[M2, M3] equals a naive join for random histories', () => {
    const list = fc.record({
      items: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 }),
      hoursAgo: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(
        fc.array(list, { maxLength: 12 }),
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 6 }),
        (lists, bought) => {
          const given = lists.map(({ items, hoursAgo }, n) =>
            shown(`d${n}`, items, NOW - hoursAgo * 3_600_000),
          );
          const purchase = happened('purchase', bought, { timeMs: NOW - DAY });
          const expected = new Set<string>();
          for (const thing of bought) {
            const before = given
              .filter(
                ({ items, timeMs }) =>
                  items.includes(itemId(thing)) && timeMs <= NOW - DAY && timeMs >= NOW - 8 * DAY,
              )
              .toSorted((a, b) => a.timeMs - b.timeMs);
            const last = before.at(-1);
            if (last !== undefined) expected.add(`${thing} ${last.decision}`);
          }
          expect(decisions(purchase, given)).toEqual([...expected]);
        },
      ),
    );
  });
});

describe('totals', () => {
  it('[M4, M5] count outcomes by placement, clicks by their inverse propensity too', () => {
    const tallies: Tallies = new Map();
    const events = [
      happened('impression', ['tea', 'coat'], { decision: 'one' }),
      happened('click', ['tea'], { decision: 'one' }),
      happened('click', ['coat'], { decision: 'one' }),
      happened('dismiss', ['hat'], { decision: 'two' }),
      happened('purchase', ['tea']),
    ];
    for (const one of events) {
      for (const joined of joinOutcomes(LISTS, one)) countOutcome(tallies, joined, 'p1');
    }
    const nothing = {
      decisions: 0,
      nothing: 0,
      impressions: 0,
      clicks: 0,
      conversions: 0,
      dismissals: 0,
      clicksWeighted: 0,
      behind: new Map(),
    };
    const p1 = new Set(['p1']);
    expect(Object.fromEntries(tallies)).toEqual({
      'slot of one': {
        ...{ ...nothing, impressions: 2, clicks: 2, clicksWeighted: 8 },
        behind: new Map([
          ['impression', p1],
          ['click', p1],
        ]),
      },
      'slot of two': {
        ...{ ...nothing, dismissals: 1, conversions: 1 },
        behind: new Map([
          ['dismissal', p1],
          ['conversion', p1],
        ]),
      },
    });
    expect(tallyOf(tallies, 'slot of one')).toBe(tallies.get('slot of one'));
    expect(tallyOf(tallies, 'new')).toEqual(nothing);
  });

  it('[M5, M6] are told in steps, and not before enough people are behind them', () => {
    const tallies: Tallies = new Map();
    const k = LIMITS.peopleOutsideMin;
    const [click] = joinOutcomes(LISTS, happened('click', ['tea'], { decision: 'one' }));
    const told = (): unknown =>
      toldOf(tallyOf(tallies, 'slot of one'), (_, { count, isFew }) => (isFew ? 0 : inSteps(count)));
    const none = { decisions: 0, nothing: 0, impressions: 0, conversions: 0, dismissals: 0 };
    // One of them clicks on many evenings.
    for (let n = 0; n < 53; n += 1) countOutcome(tallies, click!, 'she');
    for (let n = 0; n < k - 2; n += 1) countOutcome(tallies, click!, `other-${n}`);
    expect(told()).toEqual({ ...none, clicks: 0, clicksWeighted: 0 });
    leaveTallies(tallies, 'she');
    countOutcome(tallies, click!, 'one more');
    expect(told(), 'who left stands behind nothing').toEqual({ ...none, clicks: 0, clicksWeighted: 0 });
    countOutcome(tallies, click!, 'and another');
    // 53 + 18 + 2 = 73 clicks of propensity 1/4, by twenty people who are here.
    expect(told()).toEqual({ ...none, clicks: 60, clicksWeighted: 280 });
    expect(tallyOf(tallies, 'slot of one').behind).toEqual(new Map([['click', 'many']]));
  });
});
