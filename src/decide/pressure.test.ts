// Goal: nobody is spoken to more often than the policy says, whatever channel, campaign or kind it is split
// over; silence and a no make the next contact later; nobody is spoken to at night. Method: small histories,
// and random ones against a naive count.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS, type Channel, REACHES_OUT } from '../facts/channel.ts';
import type { ContactCap, ContactRules, Pressure } from '../facts/contact.ts';
import { type CampaignId, parseCampaignId } from '../facts/ids.ts';
import type { Exposure } from './caps.ts';
import { type Contacting, NO_ANSWERS, bindsChannel, pressureOf } from './pressure.ts';
import { itemId, must } from './testing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_784_980_800_000;
const SALE = must(parseCampaignId('sale'));

const QUIET_NEVER = { fromMinute: 0, toMinute: 0, channels: CHANNELS } as const;
const QUIET_PUSH = { fromMinute: 1260, toMinute: 480, channels: ['push'] } as const;
const NO_BACK_OFF = { silentMax: 50, gapDays: 1, gapDaysMax: 1 };
const CALM: ContactRules = { caps: [], quietHours: QUIET_NEVER, backOff: NO_BACK_OFF };

/** A list of some hours ago. Things of one letter are of one leaf. */
function shown(hoursAgo: number, more: Partial<Exposure> = {}): Exposure {
  const { items = [itemId('a1')], ...rest } = more;
  return { placement: 'slot', items, timeMs: NOW - hoursAgo * HOUR, channel: 'email', ...rest };
}

function now(lists: readonly Exposure[], more: Partial<Contacting> = {}): Contacting {
  return {
    own: lists,
    joined: [],
    forgottenMs: Number.NEGATIVE_INFINITY,
    answers: NO_ANSWERS,
    channel: 'email',
    nowMs: NOW,
    localMinutes: () => [720],
    leafOf: (item) => item.charCodeAt(0),
    ...more,
  };
}

const capped = (...caps: ContactCap[]): ContactRules => ({ ...CALM, caps });
const stopOf = (rules: ContactRules, of: Contacting): Pressure['stop'] => pressureOf(rules, of).stop;

const WEEK: ContactCap = { per: 'person', channels: REACHES_OUT, impressionsMax: 2, windowHours: 168 };

describe('caps over all channels', () => {
  it('[D29] count lists of every channel that they name together, and bind each of them', () => {
    const lists = [shown(100, { channel: 'letter' }), shown(10, { channel: 'push' })];
    for (const channel of REACHES_OUT)
      expect(stopOf(capped(WEEK), now(lists, { channel }))).toEqual({ by: 'contact-cap', number: 2 });
    expect(stopOf(capped(WEEK), now(lists.slice(1)))).toBeUndefined();
    // A page is none of them: it is not counted, and not stopped.
    expect(stopOf(capped(WEEK), now([...lists.slice(1), shown(1, { channel: 'web' })]))).toBeUndefined();
    expect(stopOf(capped(WEEK), now(lists, { channel: 'web' }))).toBeUndefined();
  });

  it('[D29] end with their window, to the millisecond, and count no empty list', () => {
    const old = shown(168);
    expect(stopOf(capped(WEEK), now([old, shown(1)]))).toBeUndefined();
    expect(stopOf(capped(WEEK), now([{ ...old, timeMs: old.timeMs + 1 }, shown(1)]))).toBeDefined();
    expect(stopOf(capped(WEEK), now([shown(2, { items: [] }), shown(1)]))).toBeUndefined();
  });

  it('[D29] count what was shown under a joined identity, and what no record places on a channel', () => {
    const joined = now([shown(5)], { joined: [[shown(6)]] });
    expect(stopOf(capped(WEEK), joined)).toEqual({ by: 'contact-cap', number: 2 });
    const { channel: _, ...unplaced } = shown(4);
    expect(stopOf(capped(WEEK), now([unplaced, shown(3)]))).toEqual({ by: 'contact-cap', number: 2 });
  });

  it('[D29] of a campaign count that campaign alone', () => {
    const cap: ContactCap = { ...WEEK, per: 'campaign', impressionsMax: 1 };
    const lists = [shown(3, { campaign: SALE }), shown(2)];
    expect(stopOf(capped(cap), now(lists, { campaign: SALE }))).toEqual({ by: 'campaign-cap', number: 1 });
    expect(stopOf(capped(cap), now(lists, { campaign: must(parseCampaignId('other')) }))).toBeUndefined();
    expect(stopOf(capped(cap), now(lists))).toBeUndefined();
  });

  it('[D29] of a leaf take its things away, once they stood in so many lists', () => {
    const cap: ContactCap = { per: 'leaf', channels: CHANNELS, impressionsMax: 2, windowHours: 168 };
    const lists = [
      shown(3, { items: [itemId('a1'), itemId('a2'), itemId('b1')], channel: 'web' }),
      shown(2, { items: [itemId('a3')], channel: 'till' }),
    ];
    expect(pressureOf(capped(cap), now(lists))).toEqual({ leaves: [{ item: 'a1', number: 2 }] });
  });

  it('[D29] of a leaf name nothing that another identity was shown', () => {
    const cap: ContactCap = { per: 'leaf', channels: CHANNELS, impressionsMax: 1, windowHours: 168 };
    const theirs = { joined: [[shown(2, { items: [itemId('b1')] })]] };
    expect(pressureOf(capped(cap), now([shown(3)], theirs))).toEqual({ leaves: [{ item: 'a1', number: 1 }] });
  });

  it('[D29] hold where lists of the window are forgotten: who is shown so much has enough', () => {
    const lost = { forgottenMs: NOW - 167 * HOUR };
    expect(stopOf(capped(WEEK), now([], lost))).toEqual({ by: 'contact-cap', number: 0 });
    expect(stopOf(capped(WEEK), now([], { forgottenMs: NOW - 168 * HOUR }))).toBeUndefined();
    const cap: ContactCap = { per: 'leaf', channels: CHANNELS, impressionsMax: 9, windowHours: 168 };
    expect(pressureOf(capped(cap), now([shown(1)], lost)).leaves).toEqual([{ item: 'a1', number: 1 }]);
  });

  it('[D29] equal a naive count for random histories and caps', () => {
    const channel = fc.constantFrom(...CHANNELS);
    const campaign = fc.constantFrom<CampaignId | undefined>(undefined, SALE, must(parseCampaignId('b')));
    const lists = fc.array(
      fc.record({
        hours: fc.integer({ min: 0, max: 60 }),
        channel,
        campaign,
        items: fc.uniqueArray(fc.constantFrom('a1', 'a2', 'b1', 'c1'), { maxLength: 3 }),
      }),
      { maxLength: 12 },
    );
    const cap = fc.record({
      per: fc.constantFrom('person', 'campaign', 'leaf'),
      channels: fc.uniqueArray(channel, { minLength: 1 }),
      impressionsMax: fc.integer({ min: 1, max: 4 }),
      windowHours: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(lists, cap, channel, campaign, (history, rule, on, of) => {
        const exposures = history.map((one) =>
          shown(one.hours, {
            channel: one.channel,
            items: one.items.map(itemId),
            ...(one.campaign === undefined ? {} : { campaign: one.campaign }),
          }),
        );
        const binds = rule.channels.includes(on);
        const inWindow = history.filter(
          (one) =>
            one.hours < rule.windowHours && rule.channels.includes(one.channel) && one.items.length > 0,
        );
        const told = pressureOf(capped(rule), now(exposures, { channel: on, campaign: of }));
        const same = inWindow.filter((one) => rule.per === 'person' || one.campaign === of);
        const isStopped =
          binds &&
          rule.per !== 'leaf' &&
          (rule.per === 'person' || of !== undefined) &&
          same.length >= rule.impressionsMax;
        expect(told.stop !== undefined).toBe(isStopped);
        const leaves = ['a', 'b', 'c'].filter(
          (leaf) =>
            binds &&
            rule.per === 'leaf' &&
            inWindow.filter((one) => one.items.some((id) => id.startsWith(leaf))).length >=
              rule.impressionsMax,
        );
        expect(told.leaves.map(({ item }) => item[0])).toEqual(leaves);
      }),
    );
  });
});

it('[D29, D30, D31] a channel that nothing binds is never stopped', () => {
  const rules = capped({ ...WEEK, impressionsMax: 1 });
  for (const channel of CHANNELS) {
    if (bindsChannel(rules, channel)) continue;
    const lists = CHANNELS.map((each) => shown(1, { channel: each }));
    expect(pressureOf(rules, now(lists, { channel })), channel).toEqual({ leaves: [] });
  }
  expect(CHANNELS.filter((channel) => !bindsChannel({ ...rules, quietHours: QUIET_PUSH }, channel))).toEqual([
    ...['web', 'app', 'till', 'assistant', 'ar'],
  ]);
});

describe('silence', () => {
  const rules: ContactRules = { ...CALM, backOff: { silentMax: 2, gapDays: 7, gapDaysMax: 28 } };
  const silent = (...daysAgo: number[]): readonly Exposure[] => daysAgo.map((days) => shown(days * 24));
  const after = (lists: readonly Exposure[], more: Partial<Contacting> = {}) =>
    stopOf(rules, now(lists, more));

  it('[D30] is an answer: after so many contacts without one the next waits, each time twice as long', () => {
    expect(after(silent(1))).toBeUndefined();
    expect(after(silent(20, 6.9))).toEqual({ by: 'backed-off', number: 2 });
    expect(after(silent(20, 7))).toBeUndefined();
    expect(after(silent(40, 20, 13.9))).toEqual({ by: 'backed-off', number: 3 });
    expect(after(silent(40, 20, 14))).toBeUndefined();
    expect(after(silent(99, 98, 97, 96, 27.9))).toEqual({ by: 'backed-off', number: 5 });
    expect(after(silent(99, 98, 97, 96, 28))).toBeUndefined();
  });

  it('[D30] ends with an answer, and weighs half as much as a no', () => {
    const answered = { answers: { lastMs: NOW - 5 * DAY, dismissedMs: [] } };
    expect(after(silent(20, 6), answered)).toBeUndefined();
    expect(after(silent(20, 4, 3), answered)).toEqual({ by: 'backed-off', number: 2 });
    const dismissed = { answers: { lastMs: NOW - 9 * DAY, dismissedMs: [NOW - 10 * DAY, NOW - 4 * DAY] } };
    expect(after(silent(3), dismissed)).toEqual({ by: 'backed-off', number: 3 });
    // A no to a page is no contact: there is nothing to wait after.
    expect(after([], dismissed)).toBeUndefined();
  });

  it('[D30] is about being spoken to: a page is neither counted nor stopped', () => {
    const pages = silent(3, 2, 1).map((list) => ({ ...list, channel: 'web' as Channel }));
    expect(after(pages)).toBeUndefined();
    expect(after(silent(3, 2, 1), { channel: 'web' })).toBeUndefined();
  });
});

describe('quiet hours', () => {
  const rules: ContactRules = {
    ...CALM,
    quietHours: { fromMinute: 21 * 60, toMinute: 8 * 60, channels: ['push'] },
  };
  const at = (...minutes: number[]) =>
    stopOf(rules, now([], { channel: 'push', localMinutes: () => minutes }));

  it('[D31] are those of the clock where the person is, and end on the minute', () => {
    expect(at(20 * 60 + 59)).toBeUndefined();
    expect(at(21 * 60)).toEqual({ by: 'quiet-hours', number: 1260 });
    expect(at(479)).toEqual({ by: 'quiet-hours', number: 479 });
    expect(at(480)).toBeUndefined();
  });

  it('[D31] hold where it may be night, and where nobody knows', () => {
    expect(at(720, 1261)).toEqual({ by: 'quiet-hours', number: 1261 });
    for (const none of [[], [Number.NaN], [-1, 720], [720, 1440]])
      expect(at(...none), none.join()).toEqual({ by: 'quiet-hours', number: -1 });
  });

  it('[D31] bind their channels alone', () => {
    expect(stopOf(rules, now([], { channel: 'email', localMinutes: () => [] }))).toBeUndefined();
  });
});
