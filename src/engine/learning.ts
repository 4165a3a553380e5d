// From people to statistics to a model. A person's contribution is what the door lets through for the purpose
// `improve`; it is replaced as a whole when it changes, and taken away as a whole when they leave.

import { contributionOf } from '../learn/contribution.ts';
import { type Inhuman, inhumanBy } from '../learn/inhuman.ts';
import { THINGS_PER_TEXT, describedText } from '../learn/described.ts';
import { isCrawling } from '../learn/session-counts.ts';
import { type ItemModel, encodeModel } from '../facts/model.ts';
import { withoutEdges } from '../facts/model-without.ts';
import { viewModel } from '../facts/model-view.ts';
import { hex } from '../kernel/bytes.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { Order, View } from '../facts/view.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { Core } from './core.ts';
import { noteDrift } from './drifting.ts';
import { isHeard } from './others.ts';
import type { Person } from './person.ts';
import { MODEL_KINDS, type ModelKind, type Models, leavesOf, nameOf } from './models.ts';
import type { Fallen, Fitted, PersonKey, Share } from './ports.ts';
import { pooledOf, sayTerms } from './pooling.ts';
import { countWeeks, weeksNow } from './responding.ts';
import type { WholeShare } from './sealed-share.ts';
import { guardShare } from './shadowing.ts';
import { MODEL_POINTER, asksFor, learnedFrom, vouchFor } from './shelves.ts';
import { askedNow, openView } from './viewing.ts';

/** Brings the statistics up to date with everyone touched; returns how many. */
export function settleStatistics(core: Core): number {
  const { seat } = core.world;
  const people = core.touched.take();
  // Who has the duty hears of them from the store; who shares the counting, from whoever owns their part.
  if (!core.duties.learn || core.world.sharing !== undefined) return 0;
  for (const person of people) {
    const share = shareOf(core, person);
    core.world.learner.change(person.key, share);
    seat?.change(person.key, pooledOf(core, person, share.items));
    countWeeks(core, person);
  }
  void seat?.settle();
  return people.length;
}

/** All that somebody adds now, to be counted elsewhere. */
export function wholeShareOf(core: Core, person: Person): WholeShare {
  return { share: shareOf(core, person), weeks: weeksNow(core, person) };
}

function shareOf(core: Core, person: Person): Share {
  return { ...learnedOf(core, person), guard: guardShare(core, person) };
}

/** Through the door, for `improve`: things bought and kept, which of them together, and looks in turn. */
function learnedOf(core: Core, person: Person): Omit<Share, 'guard'> {
  const view = openView(core, { person, joined: [] }, { purpose: 'improve', asked: askedNow(core) });
  if (isRefusal(view)) return {};
  const facts = view.read('purchases');
  const orders = view.orders();
  // A robot is left out as a whole, so what it added is taken away like anybody's.
  if (inhumanBy(facts, timesOf(orders)) !== undefined) return {};
  const contacts: { item: string; lastMs: number }[] = [];
  for (const fact of facts) {
    if (fact.item !== undefined && fact.quantity > 0) contacts.push({ item: fact.item, lastMs: fact.lastMs });
  }
  const baskets = orders.map(({ items }) => items);
  const added = contributionOf(contacts);
  return { items: added?.items, itemDays: added?.lastDays, baskets, ...looks(core, view) };
}

/** Only where a placement asks what comes next. */
function looks({ policy }: Core, view: View): Pick<Share, 'sessions'> {
  if (!asksFor(policy, 'next-click')) return {};
  const sessions = view.sessions();
  if (isCrawling(sessions.flatMap(({ times }) => times))) return {};
  return { sessions: sessions.map(({ items }) => items) };
}

/** Why nothing of theirs is learned from though they allow it; for the person alone. */
export function inhumanAs(core: Core, person: Person): Inhuman | undefined {
  const view = openView(core, { person, joined: [] }, { purpose: 'improve', asked: askedNow(core) });
  return isRefusal(view) ? undefined : inhumanBy(view.read('purchases'), timesOf(view.orders()));
}

function timesOf(orders: readonly Order[]): readonly number[] {
  return orders.map(({ timeMs }) => timeMs);
}

/** People counted between two looks at what else is to do: some 5 ms of work. */
export const SLICE_PEOPLE = 10;

/** Counts everybody again after a start. In slices: serving goes on, with the model of before. */
export async function recount(
  core: Core,
  open: (key: PersonKey) => Promise<Person | 'erased' | undefined>,
): Promise<number> {
  let after: PersonKey | undefined;
  let count = 0;
  for (;;) {
    const keys = await core.world.people.people(after, 200);
    if (keys.length === 0) return count;
    for (const [at, key] of keys.entries()) {
      // Stores answer in microtasks, which leave no room for a request that waits outside.
      if (at % SLICE_PEOPLE === 0) await pause(core);
      const person = await open(key);
      if (person === undefined || person === 'erased') continue;
      core.touched.add(person);
      if (person.open !== undefined) core.digests.add(person);
      count += 1;
    }
    settleStatistics(core);
    after = keys[keys.length - 1];
  }
}

/** Lets whatever waits outside have its turn, or more of them. */
export function pause(core: Core, forMs = 0): Promise<void> {
  return new Promise((resolve) => {
    core.world.timer.after(forMs, resolve);
  });
}

/**
 * Fits the models to the statistics as they stand, keeps them, has them witnessed, and takes them into
 * service together.
 */
export async function fitModel(core: Core): Promise<ItemModel | undefined> {
  const { world, policy } = core;
  if (!core.duties.learn || !isHeard(core)) return undefined;
  settleStatistics(core);
  const changed = core.touched.changedSinceFit();
  const under = learnedFrom(policy, core.shelves.shadow());
  const described = await describe(core);
  const made = await world.learner.fit({
    minPeople: policy.minPeople,
    nowMs: world.clock.nowMs(),
    leafOf: leavesOf(core.shelves.items()),
    nextBasket: asksFor(policy, 'next-basket'),
    nextClick: asksFor(policy, 'next-click'),
    tilts: core.shelves.tilts(),
    described,
    newThings: policy.newThings === 'likeness',
  });
  const before = core.shelves.models();
  // Nothing may come in between: whoever is forgotten from here on is taken out of these models by their own
  // turn, and whoever was forgotten before is behind none of their weights.
  const models = await core.serving(async () => {
    // Another engine may learn by now, and a model of half of the people is none.
    if (!core.duties.learn || !isHeard(core)) return undefined;
    const views = viewsOf(core, made);
    await serve(core, { models: views, bytes: made, seen: await erasuresSeen(core), under });
    return views;
  });
  if (models === undefined) return undefined;
  core.touched.fitted(changed);
  // Whoever waited while the models were put into service comes first.
  await pause(core);
  await noteDrift(core, before, models);
  sayTerms(core);
  await world.seat?.fit();
  return models.model;
}

/**
 * What tells nothing: of no sensitive class, no proxy, nothing that nobody can judge. Somebody who waits has
 * their turn in between.
 */
async function describe(core: Core): Promise<readonly string[]> {
  const { shelves } = core;
  const open = [...shelves.items().values()].filter(({ id }) => shelves.sensitiveOf(id) === undefined);
  const texts: string[] = [];
  for (let at = 0; at < open.length; at += THINGS_PER_TEXT) {
    if (at > 0) await pause(core);
    texts.push(describedText(open.slice(at, at + THINGS_PER_TEXT).map((item) => [item.id, item])));
  }
  return texts;
}

/** The learner checked what it made: here it is only looked at, so that serving does not stand still. */
function viewsOf({ world }: Core, made: Fitted): Models {
  const view = (bytes: Uint8Array): ItemModel => viewModel(bytes, hex(world.crypto.sha256(bytes)));
  return {
    model: view(made.model),
    complements: view(made.complements),
    nextBasket: view(made.nextBasket),
    nextClick: view(made.nextClick),
  };
}

/**
 * After an erasure: weights that now rest on fewer than k people are zero at once; the next fit does the
 * rest. What could not be kept is done with the next erasure, or the same one when it is tried again: the
 * learner tells what fell once.
 */
export function maskModels(core: Core, { key, fallen }: Gone): Promise<void> {
  core.unmasked.add(fallen);
  // In its turn: a model that was fitted before the erasure and goes into service after it is masked as well.
  return core.serving(async () => {
    const all = [...core.unmasked];
    const current = core.shelves.models();
    const masked = {
      model: withoutEdges(
        current.model,
        all.flatMap(({ pairs }) => pairs),
      ),
      complements: withoutEdges(
        current.complements,
        all.flatMap(({ links }) => links),
      ),
      nextBasket: withoutEdges(
        current.nextBasket,
        all.flatMap(({ steps }) => steps),
      ),
      nextClick: withoutEdges(
        current.nextClick,
        all.flatMap(({ clicks }) => clicks),
      ),
    };
    const seen = await erasuresSeen(core, key);
    const under = core.shelves.learnedUnder();
    const bytes = Object.assign({}, ...MODEL_KINDS.map((kind) => newer(kind, masked, current))) as Encoded;
    if (Object.keys(bytes).length > 0) await serve(core, { models: masked, bytes, seen, under });
    else if (seen !== undefined) await vouchFor(core.world, masked, { erasures: seen, policy: under });
    for (const one of all) core.unmasked.delete(one);
  });
}

/** The artefact, if it is another than the one in service. */
function newer(kind: ModelKind, { [kind]: next }: Models, { [kind]: current }: Models): Encoded {
  return next.id === current.id ? {} : { [kind]: encodeModel(next) };
}

interface Gone {
  readonly key: PersonKey;
  readonly fallen: Fallen;
}

/**
 * Erasures that what is learned now accounts for; unknown while somebody, other than `besides`, is on their
 * way out: their keys may be gone and their share not.
 */
async function erasuresSeen(core: Core, besides?: PersonKey): Promise<number | undefined> {
  const leaving = [...core.leaving.keys()].filter((key) => key !== besides);
  if (leaving.length > 0) return undefined;
  // Others erase, too: what counts is how many of them were heard of (following.ts).
  return core.others === undefined ? core.world.keys.erasures() : core.others.erasures;
}

type Encoded = Readonly<Partial<Record<ModelKind, Uint8Array>>>;

interface Learned {
  readonly models: Models;
  /** Those of the artefacts that are new. */
  readonly bytes: Encoded;
  readonly seen: number | undefined;
  /** `learnedFrom` of the policy. */
  readonly under: string;
}

/** Of a kind that is made only where it is asked for, and was not. */
function isUnasked(kind: ModelKind, { itemIds }: ItemModel): boolean {
  return (kind === 'nextBasket' || kind === 'nextClick') && itemIds.length === 0;
}

async function serve(core: Core, { models, bytes, seen, under }: Learned): Promise<void> {
  const { world } = core;
  if (seen !== undefined) await vouchFor(world, models, { erasures: seen, policy: under });
  const artefacts = MODEL_KINDS.flatMap((kind) => {
    const artefact = bytes[kind];
    // What nobody asked for is kept nowhere.
    const isNone = isUnasked(kind, models[kind]);
    return artefact === undefined || isNone ? [] : [{ kind, id: models[kind].id, artefact }];
  });
  for (const { kind, id, artefact } of artefacts) {
    await world.documents.put(kind, id, artefact, world.clock.nowMs());
  }
  await world.documents.point(MODEL_POINTER, nameOf(models));
  await world.people.submit(artefacts.map(({ artefact }) => documentLeafOf(world.crypto.sha256(artefact))));
  core.shelves.useModels(models, under);
}
