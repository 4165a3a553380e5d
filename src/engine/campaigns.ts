// Contacts by campaign, and contacts that were freed: those that back-off withheld from somebody who bought
// before. Counted by day (UTC) over seven days, today included. In memory alone: what was sent is counted
// again from the journals after a start, and until then a campaign with a number of its own sends nothing;
// what was freed before the start is forgotten, because with less of it less is sent.

import type { CampaignRule } from '../facts/contact.ts';
import { REACHES_OUT } from '../facts/channel.ts';
import type { DecisionRecord } from '../facts/decision.ts';
import type { CampaignId } from '../facts/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import { DAY_MS } from '../kernel/time.ts';
import type { Given } from './person.ts';
import type { PersonKey } from './ports.ts';

const WEEK_DAYS = 7;

interface Day {
  count: number;
  /** Who they are, for k; `many` from `peopleOutsideMin` on, and then nobody is held. */
  people: Set<PersonKey> | 'many';
}

/** Day since 1970 → what was counted on it. */
type Days = Map<number, Day>;

/** Of seven days. */
export interface Counted {
  readonly count: number;
  /** Fewer than `peopleOutsideMin` people are surely behind it. */
  readonly isFew: boolean;
}

export interface Room {
  /** Contacts of the campaign in seven days. */
  readonly sent: number;
  readonly most: number;
}

export interface Campaigns {
  /** Takes a decision into account, in the moment it is made. */
  decided(record: Pick<DecisionRecord, 'input' | 'result'>, who: PersonKey, isCustomer: boolean): void;
  /** What was sent to a person before a start. */
  recall(given: readonly Given[], who: PersonKey): void;
  /** Before everybody is recalled. */
  clear(): void;
  leave(who: PersonKey): void;
  room(rule: CampaignRule, all: readonly CampaignRule[], nowMs: number): Room;
  /** Contacts freed, and those of campaigns beyond their own number. */
  told(all: readonly CampaignRule[], nowMs: number): Readonly<Record<'freed' | 'used', Counted>>;
}

export function createCampaigns(): Campaigns {
  const sent = new Map<CampaignId, Days>();
  const freed: Days = new Map();
  /** One a person and week, however often somebody asks for them. */
  const freedOn = new Map<PersonKey, number>();
  const daysOf = (campaign: CampaignId): Days => {
    const days = sent.get(campaign) ?? new Map<number, Day>();
    sent.set(campaign, days);
    return days;
  };
  const countOf = ({ id }: CampaignRule, today: number): number => totalOf(sent.get(id), today).count;
  const beyond = (all: readonly CampaignRule[], today: number): number =>
    all.reduce(
      (sum, rule) => sum + (rule.freedToo ? Math.max(0, countOf(rule, today) - rule.contactsPerWeekMax) : 0),
      0,
    );
  return {
    decided: ({ input, result }, who, isCustomer) => {
      const { campaign, channel, timeMs } = input;
      if (!REACHES_OUT.includes(channel)) return;
      const today = dayOf(timeMs);
      if (result.items.length > 0 && campaign !== undefined) count(daysOf(campaign), today, who);
      const isSpared = result.nothing === 'backed-off' || result.nothing === 'learned-stop';
      if (!isSpared || !isCustomer || isWithin(freedOn.get(who), today)) return;
      for (const [other, day] of freedOn) {
        // In the order they were put in: the oldest stand first.
        if (isWithin(day, today)) break;
        freedOn.delete(other);
      }
      freedOn.delete(who);
      freedOn.set(who, today);
      count(freed, today, who);
    },
    recall: (given, who) => {
      for (const { campaign, channel, timeMs } of given) {
        const isContact = channel === undefined || REACHES_OUT.includes(channel);
        if (campaign !== undefined && isContact) count(daysOf(campaign), dayOf(timeMs), who);
      }
    },
    clear: () => sent.clear(),
    leave: (who) => {
      freedOn.delete(who);
      for (const days of [freed, ...sent.values()]) {
        for (const { people } of days.values()) if (people !== 'many') people.delete(who);
      }
    },
    room: (rule, all, nowMs) => {
      const today = dayOf(nowMs);
      const used = countOf(rule, today);
      const spare = rule.freedToo ? Math.max(0, totalOf(freed, today).count - beyond(all, today)) : 0;
      return { sent: used, most: Math.max(rule.contactsPerWeekMax, used) + spare };
    },
    told: (all, nowMs) => {
      const today = dayOf(nowMs);
      const isFew = all.every(({ id, freedToo }) => !freedToo || totalOf(sent.get(id), today).isFew);
      return { freed: totalOf(freed, today), used: { count: beyond(all, today), isFew } };
    },
  };
}

function dayOf(timeMs: number): number {
  return Math.floor(timeMs / DAY_MS);
}

function isWithin(day: number | undefined, today: number): boolean {
  return day !== undefined && day > today - WEEK_DAYS;
}

function count(days: Days, today: number, who: PersonKey): void {
  for (const day of days.keys()) if (!isWithin(day, today)) days.delete(day);
  const found = days.get(today) ?? { count: 0, people: new Set<PersonKey>() };
  found.count += 1;
  if (found.people !== 'many') {
    found.people.add(who);
    if (found.people.size >= LIMITS.peopleOutsideMin) found.people = 'many';
  }
  days.set(today, found);
}

function totalOf(days: Days | undefined, today: number): Counted {
  let total = 0;
  let isMany = false;
  const people = new Set<PersonKey>();
  for (const [day, found] of days ?? []) {
    if (!isWithin(day, today)) continue;
    total += found.count;
    if (found.people === 'many') isMany = true;
    else for (const who of found.people) people.add(who);
  }
  return { count: total, isFew: !isMany && people.size < LIMITS.peopleOutsideMin };
}
