// A small shop around the whole engine in memory, for tests: a world that can be made to fail, a clock and
// dice in the test's hand, and short words for what people do. `reopen` is a restart: a new engine, with a
// new learner, over what was stored.

import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { type MemoryStore, memoryStore } from '../../src/adapters/memory/store.ts';
import { memoryLog } from '../../src/adapters/tilelog/memory-log.ts';
import type { CollectRequest, Collected } from '../../src/engine/collecting.ts';
import type { ConsentChange, ConsentKept } from '../../src/engine/consenting.ts';
import type { DecideRequest, Decided } from '../../src/engine/deciding.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { World } from '../../src/engine/ports.ts';
import { DATA_CATEGORIES, type DataCategory } from '../../src/facts/category.ts';
import type { Event, EventKind } from '../../src/facts/event.ts';
import type { ConsentState, GrantChange } from '../../src/facts/grant.ts';
import type { DecisionId, ItemId, PersonId, PlacementId, SourceId } from '../../src/facts/ids.ts';
import {
  parseControllerId,
  parseEventId,
  parseItemId,
  parsePersonId,
  parsePlacementId,
  parseSourceId,
} from '../../src/facts/ids.ts';
import type { Item } from '../../src/facts/item.ts';
import { NO_SIGNALS } from '../../src/facts/signals.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { STANDARD_PURPOSES } from '../../src/facts/standard-notice.ts';
import { type Dice, dice } from './dice.ts';
import { assert } from '../../src/kernel/assert.ts';
import type { Fault } from '../../src/kernel/fault.ts';
import type { Result } from '../../src/kernel/result.ts';
import { openMemory } from '../../src/presets/memory.ts';

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** 2026-07-01T12:00:00Z, where the clock of a house begins. */
export const START = Date.UTC(2026, 6, 1, 12);

export function must<T>(parsed: Result<T, unknown>): T {
  assert(parsed.ok, `a test gives readable input, got ${JSON.stringify(parsed)}`);
  return parsed.value;
}

export const personId = (text: string): PersonId => must(parsePersonId(text));
export const itemId = (text: string): ItemId => must(parseItemId(text));
export const sourceId = (text: string): SourceId => must(parseSourceId(text));
export const placementId = (text: string): PlacementId => must(parsePlacementId(text));
export const SHOP = must(parseControllerId('shop'));
export const HOME = placementId('home');

/** Purchases come through the till (contract), everything else through the web shop (consent). */
export const SETTINGS = `
controller: shop
place: { country: DE }
minPeople: 3
sources:
  - { id: web-shop, origin: first-party, channel: web, basis: consent, notice: notice-1,
      description: our web shop }
  - { id: till, origin: first-party, channel: till, basis: contract, notice: notice-1,
      description: our tills }
placements:
  - { id: home, purpose: recommend, channels: [web, app], strategy: for-you, itemsMax: 20,
      exploreRate: 0.1, perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 168 } }
  - { id: product, purpose: recommend, channels: [web], strategy: complements, itemsMax: 10,
      exploreRate: 0, perLeafMax: 3 }
  - { id: capped, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 3,
      exploreRate: 0, perLeafMax: 3, capPerPerson: { impressionsMax: 7, windowHours: 24 } }
  - { id: email, purpose: contact, channels: [email], strategy: for-you, itemsMax: 6,
      exploreRate: 0, perLeafMax: 3, capPerItem: { impressionsMax: 1, windowHours: 720 },
      capPerPerson: { impressionsMax: 1, windowHours: 168 } }
`;

export interface House {
  readonly engine: Engine;
  readonly world: World;
  readonly dice: Dice;
  readonly store: MemoryStore;
  /** Operations that fail from now on; `undefined` = none. */
  failing: ((operation: string) => Fault | undefined) | undefined;
  readonly operations: string[];
  advance(ms: number): void;
  nowMs(): number;
  /** A restart. The engine of before must not be used any more. */
  reopen(): Promise<House>;
  /** Another engine over the same store, beside this one, with this number. */
  beside(node: number): Promise<House>;
}

export interface HouseOptions {
  readonly settings?: string;
  readonly seed?: number;
  /** Number of the engine, where others will stand beside it. */
  readonly node?: number;
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const hook: Pick<House, 'failing' | 'operations'> = { failing: undefined, operations: [] };
  const rolled = dice(options.seed ?? 1);
  const store = memoryStore({
    entropy: rolled,
    fault: (operation) => {
      hook.operations.push(operation);
      return hook.failing?.(operation);
    },
  });
  const crypto = memoryCrypto(rolled);
  const clock = { now: START };
  const base = {
    clock: { nowMs: () => clock.now },
    entropy: rolled,
    crypto,
    keys: store.keys,
    people: store.people,
    catalogue: store.catalogue,
    documents: store.documents,
    log: memoryLog({ origin: 'fineline.test/log', crypto, entropy: rolled }),
  };
  const open = async (node?: number): Promise<House> => {
    const memory = await openMemory({
      settings: options.settings ?? SETTINGS,
      world: base,
      ...(node === undefined ? {} : { node }),
    });
    return {
      engine: memory.engine,
      world: memory.world,
      dice: rolled,
      store,
      // The world is one, however many engines were opened over it.
      get failing() {
        return hook.failing;
      },
      set failing(failing) {
        hook.failing = failing;
      },
      operations: hook.operations,
      advance: (ms: number) => {
        clock.now += ms;
      },
      nowMs: () => clock.now,
      reopen: () => open(node),
      beside: open,
    };
  };
  return open(options.node);
}

let count = 0;

export interface Told {
  readonly id?: string;
  readonly source?: string;
  readonly timeMs?: number;
  readonly decision?: DecisionId;
  readonly traits?: Event['traits'];
}

/** An event of its own id, now, by the web shop unless it is about an order. */
export function event(
  house: House,
  kind: EventKind,
  who: string,
  items: readonly string[],
  told: Told = {},
): Event {
  count += 1;
  const contract = kind === 'purchase' || kind === 'return';
  const source = told.source ?? (contract ? 'till' : 'web-shop');
  return {
    id: must(parseEventId(told.id ?? `e${count}`)),
    kind,
    person: personId(who),
    controller: SHOP,
    source: sourceId(source),
    channel: source === 'till' ? 'till' : 'web',
    timeMs: told.timeMs ?? house.nowMs(),
    lines: items.map((thing) => ({ item: itemId(thing), quantity: 1 })),
    ...(told.decision === undefined ? {} : { decision: told.decision }),
    ...(told.traits === undefined ? {} : { traits: told.traits }),
  };
}

export function collect(
  house: House,
  events: readonly Event[],
  more: Partial<CollectRequest> = {},
): Promise<Collected> {
  return house.engine.collect({ events, signals: NO_SIGNALS, ...more });
}

export async function buy(house: House, who: string, items: readonly string[]): Promise<void> {
  await collect(house, [event(house, 'purchase', who, items)]);
}

export async function look(house: House, who: string, items: readonly string[]): Promise<void> {
  await collect(house, [event(house, 'view', who, items)]);
}

/** These categories for these purposes; all of them when none is named. */
export function changes(
  state: ConsentState,
  categories: readonly DataCategory[] = DATA_CATEGORIES,
  purposes: readonly Purpose[] = STANDARD_PURPOSES,
): readonly GrantChange[] {
  return purposes.flatMap((purpose) => categories.map((category) => ({ category, purpose, state })));
}

export function choice(
  who: string,
  said: readonly GrantChange[],
  more: Partial<ConsentChange> = {},
): ConsentChange {
  return {
    person: personId(who),
    changes: said,
    notice: { id: 'notice-1', language: 'en' },
    method: 'centre',
    byPerson: false,
    ...more,
  };
}

export async function say(
  house: House,
  who: string,
  said: readonly GrantChange[],
  more: Partial<ConsentChange> = {},
): Promise<ConsentKept | 'suppressed'> {
  const kept = await house.engine.consent(choice(who, said, more));
  assert(typeof kept === 'string' || 'record' in kept, 'its notice carries what is said');
  return kept;
}

export function allowAll(house: House, who: string): Promise<ConsentKept | 'suppressed'> {
  return say(house, who, changes('given'));
}

export async function decide(
  house: House,
  who: string | undefined,
  more: Partial<DecideRequest> = {},
): Promise<Decided> {
  const decided = await house.engine.decide({
    ...(who === undefined ? {} : { person: personId(who) }),
    placement: HOME,
    channel: 'web',
    limit: 5,
    context: [],
    signals: NO_SIGNALS,
    ...more,
  });
  assert(
    typeof decided === 'object',
    `a test asks for a placement that is there, got ${JSON.stringify(decided)}`,
  );
  return decided;
}

export const itemsOf = ({ result }: Decided): readonly string[] => result.items.map((one) => one.item);

export function item(
  id: string,
  path: readonly string[] = ['Things', id.replace(/-.*/, '')],
  more: Partial<Item> = {},
): Item {
  return { id: itemId(id), title: id, path, available: true, ...more };
}

/** Four kinds of things, six of each: `coat-1` … `lamp-6`. */
export const KINDS = ['coat', 'glove', 'tea', 'lamp'];
export const THINGS: readonly string[] = KINDS.flatMap((kind) =>
  [1, 2, 3, 4, 5, 6].map((n) => `${kind}-${n}`),
);

/**
 * A catalogue, `people` customers who buy what goes together and let us learn from it, and a model of that.
 */
export async function stock(house: House, people = 24): Promise<void> {
  // Beside what everybody buys, what only a few do: the door knows them as well.
  const rare = ['rare-a', 'rare-b', 'eves-own-thing'];
  await house.engine.putItems([...THINGS, ...rare].map((id) => item(id)));
  for (let n = 0; n < people; n += 1) {
    await say(house, `customer-${n}`, changes('given', ['purchases'], ['improve']));
    const at = n % 6;
    const next = (at + 1) % 6;
    const basket = n % 2 === 0 ? ['coat', 'glove'] : ['tea', 'lamp'];
    await buy(house, `customer-${n}`, [
      ...basket.map((kind) => `${kind}-${at + 1}`),
      ...basket.map((kind) => `${kind}-${next + 1}`),
    ]);
  }
  await house.engine.learn();
}
