// What is asked of the stages: decisions and arrivals, one after the other, on a clock that mostly goes on.

import type { Exposure } from '../../src/decide/caps.ts';
import { EVENT_KINDS, type Event } from '../../src/facts/event.ts';
import type { Look } from '../../src/facts/fact.ts';
import { FATIGUE_STATES } from '../../src/facts/fatigue.ts';
import { CHANNELS } from '../../src/facts/channel.ts';
import type { CampaignId, EventId, ItemId, PersonId, PlacementId, SourceId } from '../../src/facts/ids.ts';
import type { Random } from '../../src/kernel/random.ts';
import {
  type Arrival,
  type Ask,
  CONTROLLERS,
  DAY,
  type DrawnPolicy,
  GONE,
  HOUR,
  NOW,
  SHOP_ID,
  SOURCES,
  type Shop,
  YEAR,
} from './case.ts';
import { between, oneIn, pick, some, times } from './draw.ts';
import { PLACES } from './draw-life.ts';

export interface AskFrom {
  readonly shop: Shop;
  readonly policy: DrawnPolicy;
  /** Looks of the person, some of them still to come. */
  readonly looks: readonly Look[];
  /** The question before; another slot of the same page comes at the same moment. */
  readonly before: Ask | undefined;
}

export function drawAsk(random: Random, { shop, policy, looks, before }: AskFrom): Ask {
  const samePage = before !== undefined && oneIn(random, 3);
  const placement = samePage && oneIn(random, 2) ? before.placement : pick(random, policy.placements);
  const ids = shop.things.map(({ id }) => id);
  const isNextClick = placement.strategy === 'next-click';
  const most = isNextClick ? 7 : 3;
  const context = oneIn(random, 3) ? [] : times(between(random, 1, most), () => drawInFront(random, ids));
  const nowMs = before?.nowMs ?? NOW;
  const later = oneIn(random, 25) ? nowMs - HOUR : nowMs + random.below(pick(random, [HOUR, 9 * HOUR]));
  const moved = isNextClick && !oneIn(random, 3) ? soonAfter(random, looks, { nowMs, later }) : later;
  const drawn = {
    placement,
    channel: pick(random, placement.channels),
    campaign: pick(random, CAMPAIGNS),
    localMinutes: oneIn(random, 10) ? [] : times(between(random, 1, 2), () => random.below(1440)),
    limit: between(random, 1, 9),
    context: isNextClick ? context : [...new Set(context)],
    place: samePage ? before.place : oneIn(random, 2) ? undefined : pick(random, PLACES),
    gpc: samePage ? before.gpc : oneIn(random, 6),
    nowMs: samePage ? nowMs : moved,
    seed: times(4, () => random.u32().toString(16).padStart(8, '0')).join(''),
    nobody: oneIn(random, 20),
    audienceSize: oneIn(random, 3) ? pick(random, ['few', 'uncounted'] as const) : ('enough' as const),
    stopped: oneIn(random, 2) ? [] : some(random, FATIGUE_STATES, 0.6),
  };
  return { ...drawn, ...withinBy(drawn.seed, shop) };
}

/**
 * The path of a thing, or its beginning: one in eight asks for a part of the catalogue. From the seed of the
 * answer, so that everything else is drawn as it was before there was this.
 */
function withinBy(seed: string, { things }: Shop): Pick<Ask, 'within'> {
  const drawn = Number.parseInt(seed.slice(-8), 16);
  if (drawn % 8 !== 0) return {};
  const path = things[(drawn >>> 3) % things.length]?.path ?? [];
  return path.length === 0 ? {} : { within: path.slice(0, 1 + ((drawn >>> 16) % path.length)) };
}

/** While somebody looks around, or a little after it. */
function soonAfter(
  random: Random,
  looks: readonly Look[],
  { nowMs, later }: { readonly nowMs: number; readonly later: number },
): number {
  const ahead = looks.filter(({ timeMs }) => timeMs >= nowMs);
  return ahead.length === 0 ? later : pick(random, ahead).timeMs + random.below(45 * MINUTE);
}

const MINUTE = 60_000;
const CAMPAIGNS: readonly (CampaignId | undefined)[] = [undefined, undefined, 'sale', 'spring'] as (
  | CampaignId
  | undefined
)[];

function drawInFront(random: Random, ids: readonly ItemId[]): ItemId {
  return oneIn(random, 40) ? ('t98' as ItemId) : pick(random, ids);
}

/** What was shown before the first question; the clock may have been set back meanwhile. */
export function drawGiven(random: Random, { shop, policy }: Pick<AskFrom, 'shop' | 'policy'>): Exposure[] {
  const ids = shop.things.map(({ id }) => id);
  const given = times(random.below(9), () => ({
    placement: oneIn(random, 8) ? ('elsewhere' as PlacementId) : pick(random, policy.placements).id,
    items: some(random, ids, 0.2),
    timeMs: NOW - random.below(8 * DAY),
    ...drawWhere(random),
  }));
  return given.toSorted((a, b) => a.timeMs - b.timeMs).filter(({ items }) => items.length > 0);
}

/** One in ten is of before channels were remembered. */
function drawWhere(random: Random): Pick<Exposure, 'channel' | 'campaign'> {
  const campaign = pick(random, CAMPAIGNS);
  return {
    ...(oneIn(random, 10) ? {} : { channel: pick(random, CHANNELS) }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}

const FROM: readonly SourceId[] = [...SOURCES.map(({ id }) => id), GONE];

export function drawArrival(
  random: Random,
  { shop, nowMs }: { readonly shop: Shop; readonly nowMs: number },
): Arrival {
  const kind = pick(random, EVENT_KINDS);
  const event: Event = {
    id: `e${random.u32()}` as EventId,
    kind,
    person: 'p' as PersonId,
    controller: oneIn(random, 25) ? pick(random, CONTROLLERS) : SHOP_ID,
    source: oneIn(random, 4) ? pick(random, FROM) : ('web' as SourceId),
    channel: 'web',
    timeMs: drawWhen(random, nowMs),
    lines: kind === 'declare' ? [] : [{ item: pick(random, shop.things).id, quantity: 1 }],
    ...(oneIn(random, 3) ? { traits: { birthYear: 1990 } } : {}),
  };
  const end = oneIn(random, 4) ? nowMs + between(random, -3, 40) * DAY : undefined;
  return { event, notAfterMs: end };
}

function drawWhen(random: Random, nowMs: number): number {
  if (oneIn(random, 12)) return nowMs + random.below(20 * 60_000);
  if (oneIn(random, 12)) return nowMs - between(random, 360, 370) * DAY;
  if (oneIn(random, 12)) return nowMs - between(random, 9, 11) * YEAR;
  if (oneIn(random, 20)) return nowMs - 20 * YEAR + between(random, -2, 2) * DAY;
  return nowMs - random.below(300 * DAY);
}
