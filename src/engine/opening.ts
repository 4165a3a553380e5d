// What an engine begins with. One that is alone begins with its settings. One of several finds what rules in
// the store: its settings add what the store has never seen, and what was replaced there stays replaced, or
// a node that starts with an old file would bring an old policy back for all.

import { utf8Text } from '../kernel/bytes.ts';
import { AUDIENCES_POINTER } from './audiences.ts';
import type { Policy } from '../facts/policy.ts';
import { coalesced } from './coalescing.ts';
import type { EngineConfig } from './config.ts';
import type { Core } from './core.ts';
import { follow } from './following.ts';
import { isKept, loadNotices, openBefore, registerNotice } from './notices.ts';
import type { Others } from './others.ts';
import { keptPolicy } from './past-shelves.ts';
import { lastPolicy, witnessPolicy } from './policing.ts';
import type { Look, World } from './ports.ts';
import { countParts } from './parts.ts';
import { takeShares } from './shares-told.ts';
import { type Sources, loadSources, registerSource, withNotice } from './sources.ts';
import { allowsTheSame, takeAllowed, takeCatalogue, takeUp } from './taking-up.ts';

/** The policy that rules from now on; witnessed. */
export async function openPolicy(world: World, config: EngineConfig): Promise<Policy> {
  const { policy, isPolicyAssumed = false } = config;
  const last = world.commons === undefined ? undefined : await lastPolicy(world.documents);
  if (last !== undefined && last !== policy.version) {
    const isKnown = (await world.documents.get('policy', policy.version)) !== undefined;
    if (isPolicyAssumed || isKnown) return keptPolicy(world, last);
  }
  await witnessPolicy(world, policy);
  return policy;
}

/** Sources and notices, as they were registered and as the settings have them. */
export async function openRegister(
  world: World,
  config: EngineConfig,
): Promise<Pick<Core, 'sources' | 'notices' | 'before' | 'withoutNotice'>> {
  const all = await openSources(world, config);
  const before = await openBefore(world, all.values());
  const { sinceMs } = before;
  let notices = await loadNotices(world, { controller: config.controller, sinceMs });
  for (const notice of config.notices) {
    if (world.commons !== undefined && (await isKept(world, notice))) continue;
    notices = await registerNotice(world, { notices, sinceMs }, notice);
  }
  return { notices, before, ...withNotice(all.values(), { notices, before }) };
}

async function openSources(world: World, { sources: said }: EngineConfig): Promise<Sources> {
  if (world.commons === undefined) return loadSources(world, said);
  const { documents } = world;
  const known = new Set<string>();
  for (const { id } of await documents.list('source')) {
    const bytes = await documents.get('source', id);
    if (bytes !== undefined) known.add(utf8Text(bytes));
  }
  let sources = await loadSources(world, []);
  for (const source of said) {
    if (!known.has(JSON.stringify(source))) sources = await registerSource(world, sources, source);
  }
  return sources;
}

export function othersFrom(look: Look, core: () => Core): Others {
  const others: Others = {
    look,
    // Everything but the audiences was read since; reading one again would change nothing.
    served: new Map([...look.names].filter(([name]) => name !== AUDIENCES_POINTER)),
    takeAllowed: coalesced(async () => void (await takeAllowed(core(), others))),
    takeUp: coalesced(() => takeUp(core(), others)),
    takeCatalogue: coalesced(() => takeCatalogue(core(), others)),
    follow: coalesced(() => follow(core(), others)),
    position: undefined,
    erasures: undefined,
    awaited: undefined,
    leaving: new Map(),
    parts: new Map(),
    told: undefined,
    heard: undefined,
    forgotten: 0,
    isAsked: false,
    countParts: coalesced(() => countParts(core())),
    takeShares: coalesced(() => takeShares(core(), others)),
  };
  return others;
}

/** What is allowed has changed here: whatever begins from now on is decided under it, on all nodes. */
export async function tellOthers({ world, others }: Core): Promise<void> {
  await world.commons?.raise();
  await others?.takeAllowed();
}

/** After a start: what the settings added rules everywhere. */
export async function tellChanges(core: Core, before: Look): Promise<void> {
  const now = await core.world.commons?.look();
  if (now !== undefined && !allowsTheSame(before, now)) await tellOthers(core);
}
