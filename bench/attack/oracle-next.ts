// What speaks where a placement asks for what comes next, told naively: decide/SPEC.md D60 to D69,
// profile/SPEC.md P19 and P41. Orders and looks are laid out one after the other, and each score is added up
// by hand.

import type { Fact } from '../../src/facts/fact.ts';
import type { ItemId } from '../../src/facts/ids.ts';
import type { ModelFades } from '../../src/facts/model-fades.ts';
import { pow } from '../../src/kernel/maths.ts';
import { type Ask, type Case, DAY, HOUR, YEAR, looksBy } from './case.ts';
import { listed } from './oracle-classes.ts';
import type { JudgedFact } from './oracle-facts.ts';

/** A model of what comes next, as plain numbers. */
export interface NextPulls {
  readonly known: readonly ItemId[];
  of(from: ItemId, to: ItemId): number | undefined;
  readonly prior: ReadonlyMap<string, number>;
  readonly fades: ModelFades;
}

/** What of the models a scene needs here. */
export interface NextModels {
  readonly known: readonly ItemId[];
  readonly nextBasket?: NextPulls;
  readonly nextClick?: NextPulls;
}

export function asksForNext({ placement: { strategy } }: Pick<Ask, 'placement'>): boolean {
  return strategy === 'next-basket' || strategy === 'next-click';
}

/** The model that alone may speak; `undefined`: it was not learned. */
export function nextFor({ placement: { strategy } }: Ask, models: NextModels): NextPulls | undefined {
  return strategy === 'next-basket' ? models.nextBasket : models.nextClick;
}

/** Nothing was learned of what is asked for. What is looked at next can be known before the rest. */
export function isUnlearned(ask: Ask, models: NextModels): boolean {
  const { strategy } = ask.placement;
  if (strategy === 'next-click') return models.nextClick === undefined;
  return models.known.length === 0 || (strategy === 'next-basket' && models.nextBasket === undefined);
}

export interface Order {
  readonly timeMs: number;
  readonly facts: readonly JudgedFact[];
}

/** The person's own newest fifty orders of what may be known and is still true, oldest first. */
export function ordersOf({ lives, ask }: Case, own: readonly JudgedFact[]): readonly Order[] {
  const orders = new Map<string, { readonly timeMs: number; readonly facts: JudgedFact[] }>();
  for (const judged of own) {
    const { kind, quantity, source } = judged.fact;
    if (kind !== 'bought' || quantity <= 0) continue;
    for (const timeMs of lives[0].boughtAt[judged.key] ?? []) {
      if (timeMs <= ask.nowMs - YEAR) continue;
      const name = `${timeMs} ${source}`;
      orders.set(name, { timeMs, facts: [...(orders.get(name)?.facts ?? []), judged] });
    }
  }
  return [...orders]
    .toSorted(([a, one], [b, other]) => one.timeMs - other.timeMs || (a < b ? -1 : 1))
    .map(([, order]) => order)
    .slice(-50);
}

/** Looks of the session that lasts, oldest first; empty where the last is half an hour ago. */
export function sessionOf({ lives, ask }: Case, own: readonly JudgedFact[]): readonly JudgedFact[] {
  const still = own.filter(({ fact }) => fact.kind === 'viewed' && fact.quantity > 0);
  const viewed = new Map(still.map((one) => [one.key, one]));
  let session: JudgedFact[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { key, timeMs } of looksBy(lives[0], ask).slice(-100)) {
    const judged = viewed.get(key);
    if (judged === undefined || timeMs <= ask.nowMs - YEAR) continue;
    if (timeMs - lastMs >= HOUR / 2) session = [];
    session.push(judged);
    lastMs = timeMs;
  }
  return ask.nowMs - lastMs >= HOUR / 2 ? [] : session;
}

/** A purchase that is due again bars nothing in a next basket. */
export function isDue(one: Case, own: readonly JudgedFact[], { count, firstMs, lastMs }: Fact): boolean {
  const times = ordersOf(one, own).map(({ timeMs }) => timeMs);
  const [first = 0] = times;
  const usual = times.length > 1 ? ((times.at(-1) ?? 0) - first) / (times.length - 1) : 7 * DAY;
  const between = count > 1 ? (lastMs - firstMs) / (count - 1) : usual;
  return one.ask.nowMs - lastMs >= between / 2;
}

/** One thing that speaks, and how strongly for others and for itself. */
export interface Speaker {
  /** Of a fact; of the context `context` and the thing. */
  readonly key: string;
  readonly item: ItemId;
  readonly weight: number;
  readonly again: number;
}

interface Known {
  readonly one: Case;
  readonly pulls: NextModels;
  readonly own: readonly JudgedFact[];
  /** Things that the person said no to. */
  readonly saidNo: readonly ItemId[];
  /** Of the context what may speak, in its order. */
  readonly speaking: readonly ItemId[];
}

/** Everything that may speak for what comes next. */
export function speakersOf(known: Known): readonly Speaker[] {
  const { one, pulls, own, saidNo, speaking } = known;
  const next = nextFor(one.ask, pulls);
  if (next === undefined) return [];
  const { decay, ownDecay, sharePower } = next.fades;
  const isMeasured = one.ask.placement.purpose === 'measure';
  const wanted = ({ fact }: JudgedFact): boolean => !saidNo.includes(fact.item as ItemId);
  const named = ({ key, fact }: JudgedFact): Named => ({ key, item: fact.item as ItemId });
  if (one.ask.placement.strategy === 'next-basket') {
    const orders = isMeasured ? [] : ordersOf(one, own);
    const steps = orders
      .map(({ facts }) => facts.filter(wanted).map(named))
      .filter(({ length }) => length > 0);
    const again = faded(steps, ownDecay, 0);
    return [...faded(steps, decay, sharePower).values()].map((speaker) => ({
      ...speaker,
      again: again.get(speaker.key)?.weight ?? 0,
    }));
  }
  const looks = isMeasured ? [] : sessionOf(one, own).filter(wanted).map(named);
  const steps = [
    ...looks.filter(({ item }) => !speaking.includes(item)),
    ...speaking.map((item) => ({ key: `context ${item}`, item })),
  ];
  const oneByOne = steps.map((step) => [step]);
  const again = faded(oneByOne, ownDecay, 0);
  // What is in front of them is not shown again: there it speaks for others alone.
  const backTo = ({ key, item }: Speaker): number =>
    speaking.includes(item) ? 0 : (again.get(key)?.weight ?? 0);
  return [...faded(oneByOne, decay, sharePower).values()].map((speaker) => ({
    ...speaker,
    again: backTo(speaker),
  }));
}

interface Named {
  readonly key: string;
  readonly item: ItemId;
}

/** The newest step weighs 1, each older one `decay` times the next, until a thousandth is left. */
function faded(
  steps: readonly (readonly Named[])[],
  decay: number,
  sharePower: number,
): ReadonlyMap<string, Speaker> {
  const sums = new Map<string, { readonly named: Named; sum: number }>();
  let strength = 1;
  for (const step of steps.toReversed()) {
    if (strength <= 1e-3) break;
    for (const named of step) {
      const sum = (sums.get(named.key)?.sum ?? 0) + strength * pow(step.length, -sharePower);
      sums.set(named.key, { named, sum });
    }
    strength *= decay;
  }
  const speakers = new Map<string, Speaker>();
  for (const [key, { named, sum }] of sums)
    speakers.set(key, { ...named, weight: Math.round(sum * 1024) / 1024, again: 0 });
  return speakers;
}

export interface NextScore {
  /** Something that may speak names it. */
  readonly named: boolean;
  /** What it comes to, popularity included. */
  readonly score: number;
}

/** What a thing scores by all that may speak, and nothing else. */
export function nextScore(
  { one, pulls }: Pick<Known, 'one' | 'pulls'>,
  speakers: readonly Speaker[],
  id: ItemId,
): NextScore {
  const next = nextFor(one.ask, pulls);
  // What neither the first model nor the catalogue knows has no place, and says nothing.
  const hasPlace = (thing: ItemId): boolean =>
    pulls.known.includes(thing) || listed(one.shop, thing) !== undefined;
  if (next === undefined || !hasPlace(id)) return { named: false, score: 0 };
  const isBasket = one.ask.placement.strategy === 'next-basket';
  const parts = speakers.flatMap(({ item, weight, again }) => {
    if (!hasPlace(item)) return [];
    if (isBasket && item === id) return [weight * (next.of(id, id) ?? 0) + again * next.fades.ownWeight];
    const pull = next.of(item, id);
    const back = !isBasket && item === id && again > 0 && next.fades.ownWeight > 0;
    return [...(pull === undefined ? [] : [pull * weight]), ...(back ? [again * next.fades.ownWeight] : [])];
  });
  const prior = next.prior.get(id) ?? 0;
  return { named: parts.length > 0, score: parts.reduce((sum, part) => sum + part, prior) };
}
