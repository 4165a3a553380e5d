// What the shadow holds back, for whoever answers for it: the officer of the shop. Things and classes, and no
// number that fewer than twenty people stand behind.

import { isoInstant } from '../kernel/time.ts';
import type { ClassName } from '../facts/item.ts';
import type { Core } from './core.ts';

export interface ProxyTold {
  readonly item: string;
  readonly title?: string;
  readonly class: ClassName;
  /** The narrow category of the class that it goes with: `Pharmacy > Diabetes care`. */
  readonly leaf: string;
  /** Standard errors that members differ from others as active as they; negative: they have it less. */
  readonly t: number;
  /** How many times as many members have it. */
  readonly lift: number;
}

export interface ShadowTold {
  /**
   * `not-asked`: the policy names no leaf. `waiting`: too few people allowed it, or no leaf of that name is
   * in the catalogue. `unreadable`: what is kept cannot be read, so nothing is shown until there is another.
   */
  readonly state: 'in-force' | 'waiting' | 'not-asked' | 'unreadable';
  /** Name of the release, as decisions carry it. */
  readonly shadow?: string;
  readonly since?: string;
  /** Who allowed it when it was made, down to a multiple of twenty. */
  readonly volunteers?: number;
  /** Strongest first. */
  readonly proxies: readonly ProxyTold[];
  /** Ordinary things of the catalogue that nobody can judge, so they are not shown. */
  readonly unknown: number;
  /** Leaves that the policy names and that have too few members to be judged. */
  readonly unjudged: readonly string[];
  /** Leaves of which what goes with them is taken out of the model, too; none unless the policy says so. */
  readonly erased: readonly string[];
}

const NOTHING = { proxies: [], unknown: 0, unjudged: [], erased: [] } as const;

export function tellShadow({ policy, shelves }: Core): ShadowTold {
  if (policy.proxies === undefined) return { state: 'not-asked', ...NOTHING };
  const kept = shelves.keptShadow();
  if (kept === undefined) return { state: 'waiting', ...NOTHING };
  const items = shelves.items();
  const unknown = [...items.values()].filter(({ id }) => shelves.sensitiveOf(id) === 'unknown').length;
  const { release, shadow } = kept;
  if (release === undefined) return { state: 'unreadable', ...NOTHING, unknown };
  const proxies = release.proxies.map(({ item, class: name, leaf, t, lift }): ProxyTold => {
    const title = items.get(item)?.title;
    return { item, ...(title === undefined ? {} : { title }), class: name, leaf: pathOf(leaf), t, lift };
  });
  return {
    state: 'in-force',
    shadow: shadow.id,
    since: isoInstant(release.builtMs),
    volunteers: release.volunteers,
    proxies,
    unknown,
    unjudged: pathsOf(release.unjudged),
    erased: pathsOf((shelves.tilts() ?? []).map(({ leaf }) => leaf)),
  };
}

/** What stands below the class: `Pharmacy > Diabetes care` of `health|Pharmacy > Diabetes care`. */
function pathOf(leaf: string): string {
  return leaf.slice(leaf.indexOf('|') + 1);
}

function pathsOf(leaves: readonly string[]): readonly string[] {
  return [...new Set(leaves.map(pathOf))];
}
