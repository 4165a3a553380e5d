// From volunteers to a shadow: who let it be looked for what betrays a sensitive class is counted, and once a
// day a list is made of the things that do. It lies over the catalogue from then on, for everybody alike.

import { HOUR_MS } from '../kernel/time.ts';
import { belowPaths, classifierOf } from '../facts/classify-item.ts';
import { type Item, leafOf } from '../facts/item.ts';
import type { Policy } from '../facts/policy.ts';
import { isRefusal } from '../facts/refusal.ts';
import { type ProxiesFound, type Shadow, type ShadowRelease, shadowOf } from '../facts/shadow.ts';
import { inhumanBy } from '../learn/inhuman.ts';
import type { GuardDomain } from '../learn/proxies/find-proxies.ts';
import {
  type GuardContact,
  type GuardContribution,
  guardContributionOf,
  sensitiveLeafOf,
} from '../learn/proxies/guard-contribution.ts';
import type { Core } from './core.ts';
import type { Person } from './person.ts';
import { type Kept, askedBy, keepRelease, noteChecked } from './shadows.ts';
import { askedNow, openView } from './viewing.ts';

/** Lists made more often would let whoever compares two of them see who came in between. */
const RELEASE_HOURS = 24;

/** What things are to the guard counts: ordinary ones, and those of a leaf that the policy names. */
interface GuardTable {
  readonly items: ReadonlyMap<string, Item>;
  /** Leaf of a thing that counts: `undefined` for an ordinary one. Things of other classes are not there. */
  readonly leaves: ReadonlyMap<string, string | undefined>;
  readonly domain: GuardDomain;
}

const tables = new WeakMap<Policy, GuardTable>();

function guardTable({ policy, shelves }: Core): GuardTable | undefined {
  const items = shelves.items();
  const known = tables.get(policy);
  if (known?.items === items) return known;
  if (policy.proxies === undefined) return undefined;
  const classify = classifierOf(policy.sensitive);
  const isNamed = belowPaths(policy.proxies.paths);
  const leaves = new Map<string, string | undefined>();
  const ordinary: { item: string; leaf: string }[] = [];
  for (const item of items.values()) {
    const leaf = sensitiveLeafOf(item, classify(item));
    if (leaf === undefined) ordinary.push({ item: item.id, leaf: leafOf(item) });
    if (leaf === undefined || isNamed(item)) leaves.set(item.id, leaf);
  }
  const named = [...new Set([...leaves.values()].filter((leaf) => leaf !== undefined))];
  const table = { items, leaves, domain: { items: ordinary, leaves: named } };
  tables.set(policy, table);
  return table;
}

/** What a volunteer adds to the guard counts: things bought and kept, through the door, for `guard`. */
export function guardShare(core: Core, person: Person): GuardContribution | undefined {
  const table = guardTable(core);
  if (table === undefined) return undefined;
  const view = openView(core, { person, joined: [] }, { purpose: 'guard', asked: askedNow(core) });
  if (isRefusal(view)) return undefined;
  const contacts: GuardContact[] = [];
  const facts = view.read('purchases');
  if (inhumanBy(facts, []) !== undefined) return undefined;
  for (const { item, quantity, lastMs } of facts) {
    if (item === undefined || quantity <= 0 || !table.leaves.has(item)) continue;
    contacts.push({ item, lastMs, leaf: table.leaves.get(item) });
  }
  return guardContributionOf(contacts);
}

/**
 * Makes a new list when one is due and takes it into force; answers whether another shadow lies over the
 * catalogue now. Then everybody is to be counted again: a proxy is no longer learned from.
 */
export async function releaseShadow(core: Core): Promise<boolean> {
  const { policy, world, shelves } = core;
  const table = guardTable(core);
  if (policy.proxies === undefined || table === undefined || table.domain.leaves.length === 0) return false;
  const under = askedBy(policy);
  const nowMs = world.clock.nowMs();
  const kept = shelves.keptShadow();
  if (!isDue(kept, { under, nowMs })) return false;
  const { falseRate, volunteersMin } = policy.proxies;
  const question = { domain: table.domain, falseRate, volunteersMin };
  const { found, volunteers } = await world.learner.proxies(question);
  if (found === 'few-volunteers' || core.policy !== policy) return false;
  const release = releaseOf(found, { table, volunteers, nowMs });
  if (kept?.release !== undefined && saysTheSame(kept.shadow, shadowOf(release))) {
    const checked = { ...kept, under, checkedMs: nowMs };
    await noteChecked(world, checked);
    shelves.useShadow(checked);
    return false;
  }
  shelves.useShadow(await keepRelease(world, release, under));
  return true;
}

/** Also when the clock went back. */
function isDue(kept: Kept | undefined, { under, nowMs }: { under: string; nowMs: number }): boolean {
  if (kept?.release === undefined || kept.under !== under) return true;
  return !(Math.abs(nowMs - kept.checkedMs) < RELEASE_HOURS * HOUR_MS);
}

function saysTheSame(a: Shadow, b: Shadow): boolean {
  if (a.classes.size !== b.classes.size || a.known?.size !== b.known?.size) return false;
  const isAlike = [...a.classes].every(([item, name]) => b.classes.get(item) === name);
  return isAlike && [...(a.known ?? [])].every((item) => b.known?.has(item) === true);
}

interface Releasing {
  readonly table: GuardTable;
  readonly volunteers: number;
  readonly nowMs: number;
}

function releaseOf(
  { proxies, unknown, unjudged }: ProxiesFound,
  { table, volunteers, nowMs }: Releasing,
): ShadowRelease {
  const hidden = new Set([...unknown, ...proxies.map(({ item }) => item)]);
  const known = table.domain.items.flatMap(({ item }) => (hidden.has(item) ? [] : [item])).sort();
  return { builtMs: nowMs, volunteers, proxies: proxies.map(rounded), known, unjudged };
}

/** Two digits say how sure one is; more of them say how many people it was. */
function rounded<T extends { readonly t: number; readonly lift: number }>(proxy: T): T {
  return { ...proxy, t: Math.round(proxy.t * 10) / 10, lift: Math.round(proxy.lift * 10) / 10 };
}
