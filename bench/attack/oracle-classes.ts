// Of which class a thing is under a policy, and who may look on: docs/policy.md, "Publicity" and "Classes",
// in plain loops.

import type { Publicity } from '../../src/facts/channel.ts';
import type { ClassName } from '../../src/facts/item.ts';
import type { ItemId } from '../../src/facts/ids.ts';
import type { Things } from '../../src/facts/policy.ts';
import type { Ask, DrawnPolicy, Shop, Thing } from './case.ts';

export interface Classed {
  readonly name: ClassName | 'unjudged';
  readonly by: 'catalogue' | 'item' | 'path' | 'proxy' | 'unjudged';
}

/** A class of its own, and not one that it betrays or might. */
export function isOwn({ by }: Classed): boolean {
  return by !== 'proxy' && by !== 'unjudged';
}

/**
 * The class that counts: one under `neverInContext`, else the catalogue's, else the first that is added; of
 * an ordinary thing what the shadow says.
 */
export function classOf(thing: Thing, { sensitive: rules }: DrawnPolicy): Classed | undefined {
  const classes: Classed[] = [];
  const excepted = rules?.except.some((entry) => entry.class === thing.sensitive && how(thing, entry));
  if (thing.sensitive !== undefined && excepted !== true)
    classes.push({ name: thing.sensitive, by: 'catalogue' });
  for (const entry of rules?.add ?? []) {
    const by = how(thing, entry);
    if (by !== undefined) classes.push({ name: entry.class, by });
  }
  const own = classes.find(({ name }) => isNever(name, rules)) ?? classes[0];
  if (own !== undefined || thing.shadow === undefined) return own;
  return { name: thing.shadow, by: thing.shadow === 'unjudged' ? 'unjudged' : 'proxy' };
}

export function isNever(name: Classed['name'], rules: DrawnPolicy['sensitive']): boolean {
  return rules?.neverInContext.some((never) => never === name) === true;
}

/** How an entry names a thing: by its id, or by the beginning of its path in any case of letters. */
export function how({ id, path }: Thing, { items, paths }: Things): 'item' | 'path' | undefined {
  if (items.includes(id)) return 'item';
  const begins = (steps: readonly string[]): boolean =>
    steps.length <= path.length && steps.every((step, at) => step.toLowerCase() === path[at]?.toLowerCase());
  return paths.some(begins) ? 'path' : undefined;
}

/** Looked up often: of each shop its catalogue by id. */
const catalogues = new WeakMap<Shop, ReadonlyMap<string, Thing>>();

/** What the catalogue knows of a thing; what it does not know is no thing of the shop. */
export function listed(shop: Shop, id: ItemId): Thing | undefined {
  let catalogue = catalogues.get(shop);
  if (catalogue === undefined) {
    const things = shop.things.filter((thing) => thing.listed);
    catalogues.set(shop, (catalogue = new Map(things.map((thing) => [thing.id, thing]))));
  }
  return catalogue.get(id);
}

const OPENNESS: readonly Publicity[] = ['own-screen', 'shared-screen', 'open'];
const DEFAULTS: Readonly<Record<Ask['channel'], Publicity>> = {
  web: 'own-screen',
  app: 'own-screen',
  push: 'own-screen',
  assistant: 'own-screen',
  ar: 'own-screen',
  email: 'shared-screen',
  till: 'open',
  letter: 'open',
};

export type Onlooker = 'nobody' | 'onlooker-default' | 'onlooker-channel' | 'onlooker-placement';

/** Who says that others look on, if they do: our default, the policy's channels or the placement. */
export function onlookerOf({ placement, channel }: Ask, { channels }: DrawnPolicy): Onlooker {
  const ours = DEFAULTS[channel];
  const ofChannel = channels?.[channel].publicity ?? ours;
  const said = placement.publicity ?? 'own-screen';
  const most = OPENNESS[Math.max(OPENNESS.indexOf(ofChannel), OPENNESS.indexOf(said))];
  if (most === 'own-screen') return 'nobody';
  if (ofChannel === 'own-screen') return 'onlooker-placement';
  return ofChannel === ours ? 'onlooker-default' : 'onlooker-channel';
}

/** A screen of one's own by our default too: nothing that was declared is open anywhere else. */
export function isAlone(ask: Ask, policy: DrawnPolicy): boolean {
  return DEFAULTS[ask.channel] === 'own-screen' && onlookerOf(ask, policy) === 'nobody';
}
