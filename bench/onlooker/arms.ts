// The worlds that are compared, from the same lives. Each learns its own model from the same people, through
// its own door.

import { type Shelf, buildShelf, classOf } from '../../src/decide/shelf.ts';
import { normalise, weigh } from '../../src/decide/weigh.ts';
import { type Scratch, createScratch } from '../../src/decide/score.ts';
import type { SensitiveLookup } from '../../src/facts/fact.ts';
import { type Item, leafOf } from '../../src/facts/item.ts';
import { emptyModel, type ItemModel } from '../../src/facts/model.ts';
import type { LeafTilt, Shadow } from '../../src/facts/shadow.ts';
import type { View } from '../../src/facts/view.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type ContributionDescriptor, contributionOf } from '../../src/learn/contribution.ts';
import { createCounts } from '../../src/learn/counts.ts';
import { finish } from '../../src/learn/models/sparse-form.ts';
import { guardContributionOf, sensitiveLeafOf } from '../../src/learn/proxies/guard-contribution.ts';
import { type GuardCounts, createGuardCounts } from '../../src/learn/proxies/guard-counts.ts';
import type { GuardDomain } from '../../src/learn/proxies/find-proxies.ts';
import { namePeople } from '../../src/learn/recipes/held-out-things.ts';
import { serveForYouSteps } from '../../src/learn/serve-for-you.ts';
import { type ServeOptions, serveModelSteps } from '../../src/learn/serve-model.ts';
import { PLANTED } from '../../data/town/truth.ts';
import { type Known, erased } from './erase.ts';
import { lifeOf, sensitiveLookup, viewOf } from './people.ts';
import { END_MS, KINDS, type TownLog } from './town-log.ts';

/** Who is learned from, and who of them volunteered for `guard`. */
const TRAIN_SHARE = 0.6;

export interface Split {
  readonly trains: Uint8Array;
  readonly volunteers: Uint8Array;
  /** A thing that each bought and that is hidden from every world, or −1. */
  readonly targets: Int32Array;
}

/** Fewest ordinary things somebody has of whom one is hidden. */
const THINGS_MIN = 4;

export function splitOf(
  town: TownLog,
  { seed, volunteers }: { readonly seed: number; readonly volunteers: number },
): Split {
  const random = seededRandom(seed * 1000 + 5);
  const split = {
    trains: new Uint8Array(town.people),
    volunteers: new Uint8Array(town.people),
    targets: new Int32Array(town.people).fill(-1),
  };
  for (let person = 0; person < town.people; person += 1) {
    split.trains[person] = random.unit() < TRAIN_SHARE ? 1 : 0;
    split.volunteers[person] = split.trains[person] === 1 && random.unit() < volunteers ? 1 : 0;
    const bought = new Set<number>();
    for (const { kind, thing } of town.deedsOf(person))
      if (KINDS[kind] === 'purchase' && town.items[thing]?.sensitive === undefined) bought.add(thing);
    const drawn = random.below(Math.max(1, bought.size));
    if (bought.size >= THINGS_MIN) split.targets[person] = [...bought].sort((a, b) => a - b)[drawn] ?? -1;
  }
  return split;
}

export interface Arm {
  readonly name: string;
  readonly shelf: Shelf;
  readonly scratch: Scratch;
  readonly sensitiveOf: SensitiveLookup;
}

/** Compared by default, from the least guarded to the most. */
export const ARM_NAMES = ['bare', 'classes', 'shadow'] as const;
/**
 * With concept erasure besides, when asked for: as the engine has it, and in the dense form of the paper, for
 * comparison (erase.ts).
 */
export const MORE_ARMS = ['classes-erased', 'shadow-erased', 'classes-dense', 'shadow-dense'] as const;
export type ArmName = (typeof ARM_NAMES)[number] | (typeof MORE_ARMS)[number];

/** The catalogue as nobody guards it. */
function bare(items: readonly Item[]): readonly Item[] {
  return items.map(({ id, title, path, available }): Item => ({ id, title, path, available }));
}

/**
 * A world and its model, learned from the people who train, at the end of time. `bare`: nothing is vetoed.
 * `classes`: things of sensitive classes are. `shadow`: their proxies are, too. `…-erased`, `…-dense`:
 * what is left is made blind to the classes.
 */
export function armOf(name: ArmName, { town, split, shadow, tilts, kind }: Telling): Arm {
  const items = name === 'bare' ? bare(town.items) : town.items;
  const telling = name.startsWith('shadow') ? { shadow } : {};
  const empty = buildShelf(emptyModel(), 1, items, telling);
  const sensitiveOf: SensitiveLookup = (id) => (empty.others.has(id) ? classOf(empty, id) : 'unknown');
  const people: ContributionDescriptor[] = [];
  for (const view of views({ town, split, who: split.trains, purpose: 'improve', sensitiveOf })) {
    const contribution = contributionOf(boughtIn(view));
    if (contribution !== undefined) people.push(contribution);
  }
  const told = items.flatMap((item) =>
    sensitiveOf(item.id) === undefined ? [[item.id, item] as const] : [],
  );
  const model = learned(kind, people, {
    ...{ minPeople: 3, nowMs: END_MS, catalogue: new Map(told) },
    ...(name.endsWith('-erased') && { tilts }),
  });
  const isDense = name.endsWith('-dense');
  const blind = isDense ? erased(model, knownOf(town, split, sensitiveOf), town.classes.length) : model;
  const shelf = buildShelf(blind, 1, items, telling);
  return { name, shelf, scratch: createScratch(shelf), sensitiveOf };
}

/**
 * What lists are made from: plain counts, the blend of counts and ridge, or that with likeness, as it serves.
 */
export const MODEL_KINDS = ['counts', 'blend', 'served'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

function learned(
  kind: ModelKind,
  people: readonly ContributionDescriptor[],
  options: ServeOptions,
): ItemModel {
  if (kind !== 'counts') {
    const { catalogue, ...others } = options;
    const known = kind === 'served' ? { ...others, catalogue } : others;
    return finish(serveForYouSteps(namePeople(people), known));
  }
  const counts = createCounts();
  for (const one of people) counts.add(one);
  return finish(serveModelSteps(counts.snapshot(), options));
}

/**
 * The volunteers as erasure looks at them: the history a list is made from, and classes by their purchases.
 */
function knownOf(town: TownLog, split: Split, sensitiveOf: SensitiveLookup): readonly Known[] {
  const leaves = new Map(
    town.items.map((item) => [item.id as string, sensitiveLeafOf(item, item.sensitive)]),
  );
  const known: Known[] = [];
  const all = sensitiveLookup(town.items);
  for (let person = 0; person < town.people; person += 1) {
    if (split.volunteers[person] !== 1) continue;
    const life = lifeOf(town.deedsOf(person), town.items, split.targets[person]!);
    life.liveUntil(END_MS);
    const guarded = viewOf(life.profile, { purpose: 'guard', nowMs: END_MS, sensitiveOf: all });
    const contacts = boughtIn(guarded).map((contact) => ({ ...contact, leaf: leaves.get(contact.item) }));
    const { stratum = 0, leaves: bought = [] } = guardContributionOf(contacts) ?? {};
    const view = viewOf(life.profile, { purpose: 'contact', nowMs: END_MS, sensitiveOf });
    const classes = town.classes.map((of) => (bought.some((leaf) => leaf.startsWith(`${of}|`)) ? 1 : 0));
    known.push({ stratum, history: normalise(weigh(view)), classes });
  }
  return known;
}

interface Telling {
  readonly town: TownLog;
  readonly split: Split;
  readonly shadow: Shadow;
  /** What is taken out of the model in `…-erased`. */
  readonly tilts: readonly LeafTilt[];
  readonly kind: ModelKind;
}

interface Looking {
  readonly town: TownLog;
  readonly split: Split;
  readonly who: Uint8Array;
  readonly purpose: 'improve' | 'guard';
  readonly sensitiveOf: SensitiveLookup;
}

function* views({ town, split, who, purpose, sensitiveOf }: Looking): Generator<View> {
  for (let person = 0; person < town.people; person += 1) {
    if (who[person] !== 1) continue;
    const life = lifeOf(town.deedsOf(person), town.items, split.targets[person]!);
    life.liveUntil(END_MS);
    yield viewOf(life.profile, { purpose, nowMs: END_MS, sensitiveOf });
  }
}

function boughtIn(view: View): readonly { readonly item: string; readonly lastMs: number }[] {
  return view
    .read('purchases')
    .flatMap(({ item, quantity, lastMs }) => (item === undefined || quantity <= 0 ? [] : [{ item, lastMs }]));
}

/** The guard counts of the volunteers: what they bought and nothing that is true of them besides. */
export function guardCountsOf(town: TownLog, split: Split): GuardCounts {
  const counts = createGuardCounts();
  const leaves = new Map(
    town.items.map((item) => [item.id as string, sensitiveLeafOf(item, item.sensitive)]),
  );
  const sensitiveOf = sensitiveLookup(town.items);
  for (const view of views({ town, split, who: split.volunteers, purpose: 'guard', sensitiveOf })) {
    const contacts = boughtIn(view).map((contact) => ({ ...contact, leaf: leaves.get(contact.item) }));
    const contribution = guardContributionOf(contacts);
    if (contribution !== undefined) counts.add(contribution);
  }
  return counts;
}

/**
 * What is judged: every ordinary thing, against all sensitive leaves or those that tell of the planted
 * classes. A shop's officer would name the latter: glucose strips tell of a life, plasters of a Tuesday.
 */
export function guardDomainOf(items: readonly Item[], which: 'named' | 'all'): GuardDomain {
  const planted = new Set(PLANTED.flatMap(({ classItems }) => classItems));
  const telling = which === 'all' ? items : items.filter(({ id }) => planted.has(id));
  return {
    items: items
      .filter(({ sensitive }) => sensitive === undefined)
      .map((item) => ({ item: item.id, leaf: leafOf(item) })),
    leaves: telling.flatMap((item) => sensitiveLeafOf(item, item.sensitive) ?? []),
  };
}

/** For the report: the name of a leaf without what stands above it. */
export function shortLeaf(leaf: string): string {
  return leaf.split(' > ').at(-1) ?? leaf;
}
