// npm run bench -- joint [--data town|online-retail|completejourney] [--people 6000] [--seed 1]: does it help
// a seller to learn together with another? Customers are dealt to two sellers who sell the same things.
// People whom nobody has learned from are shown ten things each for all they bought before their last order;
// what they then bought for the first time is what should have been shown. Three ways: the first seller
// alone, the same beside a joint model, and one shop that has everybody.

import { parseArgs } from 'node:util';
import { decide } from '../src/decide/decide.ts';
import { type Scratch, createScratch } from '../src/decide/score.ts';
import { type Shelf, buildShelf } from '../src/decide/shelf.ts';
import { CHANNELS } from '../src/facts/channel.ts';
import { type DecisionInput, RULES_NEWEST, type WeighedFact } from '../src/facts/decision.ts';
import { type ItemId, parsePlacementId } from '../src/facts/ids.ts';
import { handedTo } from '../src/facts/joint-model.ts';
import type { Placement } from '../src/facts/placement.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { contributionOf } from '../src/learn/contribution.ts';
import { createCounts } from '../src/learn/counts.ts';
import { createJointCounts } from '../src/learn/joint-counts.ts';
import { finish } from '../src/learn/models/sparse-form.ts';
import { serveJointSteps } from '../src/learn/serve-joint.ts';
import { serveModelSteps } from '../src/learn/serve-model.ts';
import { readBaskets } from './onlooker/baskets-log.ts';
import { END_MS, KINDS, type TownLog, readTown } from './onlooker/town-log.ts';

const K = 3;
const PLACES = 10;
const PURCHASE = KINDS.indexOf('purchase');
/** Of the learned-from people, those that the first seller has. */
const SHARES = [0.02, 0.1, 0.5];
const TESTED_MAX = 1000;

interface Life {
  readonly before: readonly ItemId[];
  /** Bought for the first time in the last order; empty for whoever bought once. */
  readonly next: readonly ItemId[];
}

function livesOf(log: TownLog): readonly Life[] {
  return Array.from({ length: log.people }, (_, person): Life => {
    const bought = log.deedsOf(person).filter(({ kind }) => kind === PURCHASE);
    const lastMs = bought.at(-1)?.timeMs ?? 0;
    const idOf = ({ thing }: { readonly thing: number }): ItemId => log.items[thing]!.id;
    const before = new Set(bought.filter(({ timeMs }) => timeMs < lastMs).map(idOf));
    const last = new Set(bought.filter(({ timeMs }) => timeMs === lastMs).map(idOf));
    return { before: [...before].sort(), next: [...last].filter((id) => !before.has(id)) };
  });
}

const thingsOf = ({ before, next }: Life) =>
  contributionOf([...before, ...next].map((item) => ({ item, lastMs: 0 })));

function ownModel(people: readonly Life[]) {
  const counts = createCounts();
  for (const each of people) {
    const contribution = thingsOf(each);
    if (contribution !== undefined) counts.add(contribution);
  }
  return finish(serveModelSteps(counts.snapshot(), { minPeople: K, nowMs: END_MS }));
}

function jointModel(sellers: Readonly<Record<string, readonly Life[]>>, items: TownLog['items']) {
  const counts = createJointCounts();
  for (const [seller, people] of Object.entries(sellers))
    for (const [n, each] of people.entries())
      counts.replace({ seller, person: String(n), next: thingsOf(each), k: K });
  const joint = finish(serveJointSteps(counts.snapshot(K), { minPeople: K, nowMs: END_MS }));
  return handedTo(joint, new Map(items.map(({ id }) => [id, id])));
}

function placementOf(): Placement {
  const id = parsePlacementId('home');
  if (!id.ok) throw new Error('unreachable: a good name');
  return {
    ...{ id: id.value, purpose: 'recommend', channels: CHANNELS, strategy: 'for-you', itemsMax: PLACES },
    ...{ exploreRate: 0, perLeafMax: 100 },
    capPerItem: { impressionsMax: 1000, windowHours: 24 },
    capPerPerson: { impressionsMax: 1000, windowHours: 24 },
  };
}
const PLACEMENT = placementOf();

interface Counter {
  readonly shelf: Shelf;
  readonly scratch: Scratch;
}

function shownOn({ shelf, scratch }: Counter, { before }: Life): readonly ItemId[] {
  const facts = before.map((item): WeighedFact => ({ key: `bought|till|${item}`, item, weight: 1 }));
  const input: DecisionInput = {
    ...{ v: 1, placement: PLACEMENT.id, purpose: 'recommend', channel: 'web', limit: PLACES, timeMs: END_MS },
    ...{ policy: 'p', pack: 'EU', model: shelf.model.id, catalogue: shelf.revision, seed: '00'.repeat(16) },
    ...(shelf.joint === '' ? {} : { joint: shelf.joint }),
    ...{ facts, context: [], shown: 0, rules: RULES_NEWEST },
    barred: before.map((item) => ({ item, guard: 'bought', number: 1 })),
  };
  const { items } = decide({ input, placement: PLACEMENT, shelf, scratch });
  return items.map(({ item }) => item);
}

/** Discounted gain of the list over the best there could be. */
function ndcg(list: readonly ItemId[], wanted: readonly ItemId[]): number {
  const gain = (place: number): number => 1 / Math.log2(place + 2);
  const sum = list.reduce((all, item, place) => all + (wanted.includes(item) ? gain(place) : 0), 0);
  const best = wanted.slice(0, PLACES).reduce((all, _, place) => all + gain(place), 0);
  return sum / best;
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** Half the width of the 95 % interval of a mean. */
function margin(values: readonly number[]): number {
  const middle = mean(values);
  return 1.96 * Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / values.length);
}

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: 'online-retail' },
    people: { type: 'string', default: '6000' },
    seed: { type: 'string', default: '1' },
  },
});
const { data } = values;
const log =
  data === 'online-retail' || data === 'completejourney'
    ? readBaskets(data)
    : readTown({ people: Number(values.people), seed: Number(values.seed) });
const random = seededRandom(Number(values.seed));
const dealt = livesOf(log)
  .map((each) => ({ each, lot: random.unit() }))
  .toSorted((a, b) => a.lot - b.lot)
  .map(({ each }) => each);
const candidates = dealt.filter(({ before, next }) => before.length > 0 && next.length > 0);
const tested = candidates.slice(0, Math.min(TESTED_MAX, Math.floor(candidates.length / 3)));
const isTested = new Set(tested);
const learned = dealt.filter((each) => !isTested.has(each));

/** What each of the tested would have been worth. */
function gainsOn(shelf: Shelf): readonly number[] {
  const counter = { shelf, scratch: createScratch(shelf) };
  return tested.map((each) => ndcg(shownOn(counter, each), each.next));
}

const oneShop = mean(gainsOn(buildShelf(ownModel(learned), 1, log.items)));
const rows = SHARES.map((share) => {
  const first = learned.slice(0, Math.round(learned.length * share));
  const second = learned.slice(first.length);
  const own = ownModel(first);
  const joint = jointModel({ first, second }, log.items);
  const alone = gainsOn(buildShelf(own, 1, log.items));
  const together = gainsOn(buildShelf(own, 1, log.items, joint === undefined ? {} : { joint }));
  const gain = together.map((value, at) => value - alone[at]!);
  return {
    'people of the seller': first.length,
    'things known alone': own.itemIds.length,
    'NDCG@10 alone': mean(alone).toFixed(4),
    joint: mean(together).toFixed(4),
    'one shop': oneShop.toFixed(4),
    'joint − alone (95 %)': `${mean(gain).toFixed(4)} ± ${margin(gain).toFixed(4)}`,
  };
});
console.log(`${data}: ${learned.length} people learned from, ${tested.length} tested, k ${K}`);
console.table(rows);
