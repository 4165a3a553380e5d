/*
 * The shadow of the sensitive classes: proxies laid over the catalogue. Door, weighing, bar and guards read a
 * thing's class from the catalogue; a thing that carries the class of what it betrays is vetoed by all of
 * them as it stands, on both sides: not shown, not a fact, and "already bought" bars nothing. One rule for
 * everybody, members or not: nothing is inferred of a person.
 */
import type { Item, SensitiveClass } from '../../facts/item.ts';
import type { ProxiesFound } from './find-proxies.ts';

export interface Shadow {
  /** Proxy → the class that it betrays most. */
  readonly classes: ReadonlyMap<string, SensitiveClass>;
  /** Things of which too little is known: as if the catalogue had no such thing. */
  readonly unknown: ReadonlySet<string>;
}

export const NO_SHADOW: Shadow = { classes: new Map(), unknown: new Set() };

/** Example: `shadowOf(found).classes.get('socks-seamless')` is `'health'`. */
export function shadowOf({ proxies, unknown }: ProxiesFound): Shadow {
  return {
    classes: new Map(proxies.map((proxy) => [proxy.item, proxy.class])),
    unknown: new Set(unknown),
  };
}

/**
 * The catalogue under the shadow: proxies carry a class (their own, if they have one), unknown things are
 * left out, so that the door answers `unknown` and the shelf does not sell them. Things of a sensitive class
 * stay, known or not: they are vetoed already.
 */
export function underShadow(items: readonly Item[], { classes, unknown }: Shadow): readonly Item[] {
  return items.flatMap((item): Item[] => {
    if (item.sensitive !== undefined) return [item];
    const sensitive = classes.get(item.id);
    if (sensitive !== undefined) return [{ ...item, sensitive }];
    return unknown.has(item.id) ? [] : [item];
  });
}
