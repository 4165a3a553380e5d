// A policy with everything a policy can say, each part there about as often as not.

import { CHANNELS, type Channel, PUBLICITIES, REACHES_OUT } from '../../src/facts/channel.ts';
import { DATA_CATEGORIES } from '../../src/facts/category.ts';
import type { ContactRules, HoldOut } from '../../src/facts/contact.ts';
import type { SubjectLine } from '../../src/facts/subject.ts';
import type { Audience, Condition } from '../../src/facts/audience.ts';
import type { AudienceName, ItemId, PlacementId } from '../../src/facts/ids.ts';
import type { ClassName } from '../../src/facts/item.ts';
import type { Goods, Merchandising } from '../../src/facts/merchandising.ts';
import type { Cap, Placement } from '../../src/facts/placement.ts';
import {
  type ChannelRules,
  DEFAULT_CHANNELS,
  type PurposeRules,
  type SensitiveRules,
  type Things,
} from '../../src/facts/policy.ts';
import { SLOT_PURPOSES } from '../../src/facts/purpose.ts';
import { STANDARD_PURPOSES } from '../../src/facts/standard-notice.ts';
import type { Random } from '../../src/kernel/random.ts';
import type { DrawnPolicy, Shop } from './case.ts';
import { between, oneIn, pick, some, times } from './draw.ts';
import { CLASSES, PATHS } from './draw-shop.ts';

export function drawPolicy(random: Random, shop: Shop): DrawnPolicy {
  const sensitive = oneIn(random, 3) ? undefined : drawSensitive(random, shop);
  const channels = oneIn(random, 2) ? undefined : drawChannels(random);
  const purposes = oneIn(random, 2) ? undefined : drawPurposes(random);
  const contact = oneIn(random, 2) ? undefined : drawContact(random);
  const audiences = times(random.below(3), (at) => drawAudience(random, shop, at));
  return {
    placements: times(between(random, 2, 4), (at) => drawPlacement(random, at, { shop, audiences })),
    minPeople: between(random, 3, 5),
    ...(audiences.length === 0 ? {} : { audiences }),
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(channels === undefined ? {} : { channels }),
    ...(purposes === undefined ? {} : { purposes }),
    ...(contact === undefined ? {} : { contact }),
  };
}

/** Purposes that placements have: mostly those that shops use. */
const PURPOSES = [
  ...(['recommend', 'recommend', 'recommend', 'contact', 'contact', 'advertise'] as const),
  ...SLOT_PURPOSES,
] as const;

const STRATEGIES_DRAWN = ['for-you', 'for-you', 'complements', 'next-basket', 'next-click'] as const;

interface DrawnFor {
  readonly shop: Shop;
  readonly audiences: readonly Audience[];
}

function drawPlacement(random: Random, at: number, { shop, audiences }: DrawnFor): Placement {
  const audience = audiences.length > 0 && oneIn(random, 3) ? pick(random, audiences).name : undefined;
  const publicity = oneIn(random, 3) ? pick(random, PUBLICITIES) : undefined;
  const channels: Channel[] = some(random, CHANNELS, 0.3);
  const itemsMax = between(random, 1, 8);
  return {
    id: `place-${at}` as PlacementId,
    purpose: pick(random, PURPOSES),
    channels: channels.length === 0 ? ['web'] : channels,
    strategy: pick(random, STRATEGIES_DRAWN),
    itemsMax,
    exploreRate: pick(random, [0, 0, 0.05, 0.5]),
    perLeafMax: between(random, 1, 3),
    capPerItem: drawCap(random, 4),
    capPerPerson: drawCap(random, 14),
    ...(publicity === undefined ? {} : { publicity, reason: 'drawn' }),
    ...(audience === undefined ? {} : { audience }),
    ...(oneIn(random, 2) ? {} : { subject: drawSubject(random) }),
    ...(oneIn(random, 2) ? {} : { merchandising: drawMerchandising(random, shop, itemsMax) }),
  };
}

function drawSubject(random: Random): SubjectLine {
  const texts = { de: 'Neu: {item}', en: 'New in {category}: {item}' };
  return { texts: oneIn(random, 4) ? {} : texts, fallback: 'News' };
}

/** Mostly wide, so that people are in it. */
function drawAudience(random: Random, { things }: Shop, at: number): Audience {
  const ids = things.map(({ id }) => id);
  const all = times(between(random, 1, oneIn(random, 3) ? 3 : 1), (): Condition => {
    const { paths } = drawThings(random, ids);
    const goods = { items: some(random, ids, pick(random, [0.05, 0.3])), paths, brands: [] };
    const days = pick(random, [1, 30, 90, 400]);
    if (oneIn(random, 3)) return { by: 'customer', days };
    if (oneIn(random, 5)) return { by: 'language', oneOf: ['de'] };
    if (oneIn(random, 5)) return { by: 'country', oneOf: ['DE', 'EN'] };
    const by = pick(random, ['bought', 'bought', 'viewed', 'liked', 'not-bought'] as const);
    if (by === 'not-bought') return { by, goods, days };
    return { by, goods, times: pick(random, [1, 1, 1, 2]), ...(oneIn(random, 2) ? {} : { days }) };
  });
  return { name: `audience-${at}` as AudienceName, all };
}

/** As a file may say it: pins on half of the places at most, each thing and each place once. */
function drawMerchandising(random: Random, { things }: Shop, itemsMax: number): Merchandising {
  const ids = things.map(({ id }) => id);
  const pinned = [...new Set(times(random.below(Math.floor(itemsMax / 2) + 1), () => pick(random, ids)))];
  const goods = (): Goods => ({ ...drawThings(random, ids), brands: [] });
  const boost = times(random.below(3), () => ({
    ...goods(),
    by: 'flat' as const,
    share: random.below(1025) / 1024,
  }));
  return {
    pin: pinned.map((item, at) => ({ item, place: between(random, 1 + 2 * at, 2 + 2 * at) })),
    exclude: oneIn(random, 2) ? goods() : { items: [], paths: [], brands: [] },
    boost: boost.filter(({ items, paths }) => items.length + paths.length > 0),
  };
}

function drawCap(random: Random, most: number): Cap {
  return { impressionsMax: between(random, 1, most), windowHours: pick(random, [1, 6.5, 24, 168]) };
}

/** Each part alone often enough to be all that stops a contact. */
function drawContact(random: Random): ContactRules {
  const caps = times(random.below(3), () => ({
    per: pick(random, ['person', 'campaign', 'campaign', 'leaf'] as const),
    channels: some(random, CHANNELS, 0.6),
    ...drawCap(random, 8),
  }));
  return {
    caps: caps.filter(({ channels }) => channels.length > 0),
    quietHours: {
      fromMinute: pick(random, [0, 0, 21 * 60, 22 * 60 + 30]),
      toMinute: pick(random, [0, 8 * 60]),
      channels: some(random, CHANNELS, 0.5),
    },
    backOff: {
      silentMax: pick(random, [1, 2, 5, 50]),
      gapDays: between(random, 1, 4),
      gapDaysMax: pick(random, [1, 7, 60]),
    },
    ...(oneIn(random, 3) ? {} : { holdOut: drawHoldOut(random) }),
  };
}

/** No lot is drawn here: no question names a state of its own. */
function drawHoldOut(random: Random): HoldOut {
  return { rate: 0.05, channels: some(random, REACHES_OUT, 0.7), responseMin: 0 };
}

function drawSensitive(random: Random, { things }: Shop): SensitiveRules {
  const ids = things.map(({ id }) => id);
  const add = times(random.below(3), () => ({
    class: pick<ClassName>(random, [...CLASSES, 'own-hats', 'own-gifts']),
    ...drawThings(random, ids),
  }));
  const except = times(random.below(2), () => ({
    class: pick(random, CLASSES),
    ...drawThings(random, ids),
    reason: 'drawn',
  }));
  const named: readonly ClassName[] = [...CLASSES, ...add.map((entry) => entry.class)];
  return { add, except, neverInContext: [...new Set(some(random, named, 0.2))] };
}

function drawThings(random: Random, ids: readonly ItemId[]): Things {
  const prefix = (path: readonly string[]): readonly string[] =>
    path
      .slice(0, between(random, 1, path.length))
      .map((step) => (oneIn(random, 3) ? step.toLowerCase() : step));
  const paths = oneIn(random, 2) ? [prefix(pick(random, PATHS))] : [];
  return { items: some(random, ids, 0.1), paths };
}

function drawChannels(random: Random): ChannelRules {
  const said = some(random, CHANNELS, 0.4).map((channel) => {
    const rule = { publicity: pick(random, PUBLICITIES), reason: 'drawn' };
    return [channel, rule] as const;
  });
  return { ...DEFAULT_CHANNELS, ...Object.fromEntries(said) };
}

function drawPurposes(random: Random): PurposeRules {
  const named = STANDARD_PURPOSES.filter(() => !oneIn(random, 4));
  return Object.fromEntries(
    named.map((purpose) => [purpose, DATA_CATEGORIES.filter(() => !oneIn(random, 6))]),
  );
}
