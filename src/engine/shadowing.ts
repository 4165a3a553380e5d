// From volunteers to a shadow: who let it be looked for what betrays a sensitive class is counted, and once a
// day a list is made of the things that do. It lies over the catalogue from then on, for everybody alike.

import { HOUR_MS } from '../kernel/time.ts';
import { belowPaths, classifierOf } from '../facts/classify-item.ts';
import { type Item, leafOf } from '../facts/item.ts';
import type { Policy } from '../facts/policy.ts';
import { isRefusal } from '../facts/refusal.ts';
import { type Shadow, type ShadowRelease, shadowOf } from '../facts/shadow.ts';
import { inhumanBy } from '../learn/inhuman.ts';
import type { GuardDomain, ProxiesAnswer } from '../learn/proxies/find-proxies.ts';
import {
  type GuardContact,
  type GuardContribution,
  guardContributionOf,
  sensitiveLeafOf,
} from '../learn/proxies/guard-contribution.ts';
import type { Core } from './core.ts';
import { isHeard } from './others.ts';
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
 * What a new release changed. `shadow`: everybody is to be counted again, because a proxy is no longer
 * learned from. `tilts`: what is taken out of the next model, and nothing else.
 */
export type Released = 'none' | 'tilts' | 'shadow';

/** Makes a new list when one is due and takes it into force. */
export async function releaseShadow(core: Core): Promise<Released> {
  const { policy, world, shelves } = core;
  const table = guardTable(core);
  if (policy.proxies === undefined || table === undefined || table.domain.leaves.length === 0) return 'none';
  const under = askedBy(policy);
  const nowMs = world.clock.nowMs();
  const kept = shelves.keptShadow();
  if (!isDue(kept, { under, nowMs })) return 'none';
  const { falseRate, volunteersMin, erase = false } = policy.proxies;
  const answer = await world.learner.proxies({ domain: table.domain, falseRate, volunteersMin, erase });
  // What was counted may have begun anew meanwhile.
  if (answer.found === 'few-volunteers' || core.policy !== policy || !isHeard(core)) return 'none';
  const release = releaseOf(answer, { table, nowMs });
  const isAlike = kept?.release !== undefined && saysTheSame(kept.shadow, shadowOf(release));
  if (isAlike && JSON.stringify(kept.release?.tilts) === JSON.stringify(release.tilts)) {
    const checked = { ...kept, under, checkedMs: nowMs };
    await noteChecked(world, checked);
    shelves.useShadow(checked);
    return 'none';
  }
  shelves.useShadow(await keepRelease(world, release, under));
  return isAlike ? 'tilts' : 'shadow';
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
  readonly nowMs: number;
}

function releaseOf(
  { found: { proxies, unknown, unjudged }, volunteers, tilts }: Extract<ProxiesAnswer, { found: object }>,
  { table, nowMs }: Releasing,
): ShadowRelease {
  const hidden = new Set([...unknown, ...proxies.map(({ item }) => item)]);
  const known = table.domain.items.flatMap(({ item }) => (hidden.has(item) ? [] : [item])).sort();
  return {
    builtMs: nowMs,
    volunteers,
    proxies: proxies.map(rounded),
    known,
    unjudged,
    ...(tilts === undefined ? {} : { tilts }),
  };
}

/** Two digits say how sure one is; more of them say how many people it was. */
function rounded<T extends { readonly t: number; readonly lift: number }>(proxy: T): T {
  return { ...proxy, t: Math.round(proxy.t * 10) / 10, lift: Math.round(proxy.lift * 10) / 10 };
}
