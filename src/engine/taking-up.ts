// Taking up what belongs to nobody and another engine changed: policy, notices, sources, catalogue, models,
// shadow, stops, audiences, releases. Looked for twice a second, and whenever an entry was refused.
//
// What allows is under an epoch of its own: an entry carries the epoch it was decided under, and the store
// takes none of an older epoch than its own. So nothing rests on an older policy, notice or source that
// begins after a newer one was acknowledged, however late this engine looks. The rest follows within a
// second, and each decision names what it was made from.

import { judgeAll, loadSources } from './sources.ts';
import type { Core } from './core.ts';
import { loadNotices } from './notices.ts';
import { nameOf } from './models.ts';
import type { Others } from './others.ts';
import { keptPolicy } from './past-shelves.ts';
import { POLICY_POINTER, rulePolicy } from './policing.ts';
import type { Look } from './ports.ts';
import { readLedger } from './releases.ts';
import { keptShadow, SHADOW_POINTER } from './shadows.ts';
import { MODEL_POINTER, VOUCHER_POINTER, vouchedModels } from './shelves.ts';
import { STOPS_POINTER, keptStops } from './stop-tables.ts';
import { AUDIENCES_POINTER } from './audiences.ts';

/** One look, and what it asks for. A part that fails is taken up with the next look. */
export async function takeUp(core: Core, others: Others): Promise<void> {
  const { commons } = core.world;
  if (commons === undefined) return;
  const look = await commons.look();
  const isNew = (name: string): boolean => look.names.get(name) !== others.look.names.get(name);
  // What is read after the look is as new as the look, or newer.
  await takeCatalogue(core, isNew);
  await takeLearned(core, look, isNew);
  if (isNew('count/release')) core.releases.ledger = (await readLedger(core.world)).ledger;
  await takeAllowed(core, others, look);
}

type IsNew = (name: string) => boolean;

async function takeCatalogue({ shelves }: Core, isNew: IsNew): Promise<void> {
  if (isNew('catalogue')) await shelves.reloadItems();
}

/** Whoever learns made it. */
async function takeLearned(core: Core, { names }: Look, isNew: IsNew): Promise<void> {
  const { world, shelves, duties, audiences } = core;
  if (duties.learn) return;
  if (isNew(SHADOW_POINTER)) {
    const kept = await keptShadow(world);
    if (kept !== undefined) shelves.useShadow(kept);
  }
  if (isNew(STOPS_POINTER)) core.stops = await keptStops(world);
  if (isNew(AUDIENCES_POINTER)) audiences.use(names.get(AUDIENCES_POINTER) ?? '[]');
  if (!isNew(MODEL_POINTER) && !isNew(VOUCHER_POINTER)) return;
  await core.serving(async () => {
    const current = names.get(MODEL_POINTER);
    if (current === undefined || duties.learn || nameOf(shelves.models()) === current) return;
    // Nothing vouches yet for one that is on its way; the next look finds it.
    const vouched = await vouchedModels(world);
    if (vouched !== undefined) shelves.useModels(vouched.models, vouched.under);
  });
}

/** All of it at once: whoever decides sees it before, or after. */
async function takeAllowed(core: Core, others: Others, look: Look): Promise<void> {
  const { world, config, before } = core;
  if (allowsTheSame(others.look, look)) {
    others.look = look;
    return;
  }
  const version = look.names.get(POLICY_POINTER) ?? core.policy.version;
  const policy = version === core.policy.version ? core.policy : await keptPolicy(world, version);
  const notices = await loadNotices(world, { controller: config.controller, sinceMs: before.sinceMs });
  const all = await loadSources(world, []);
  others.look = look;
  core.notices = notices;
  judgeAll(core, all.values());
  if (core.policy.version !== policy.version) rulePolicy(core, policy).catch(() => undefined);
}

/** Policy, notices and sources are as they were. None of them ever goes. */
export function allowsTheSame(before: Look, now: Look): boolean {
  return [...now.names].every(([name, value]) => !isAllowing(name) || before.names.get(name) === value);
}

function isAllowing(name: string): boolean {
  return (
    name === POLICY_POINTER ||
    name.startsWith('notice/') ||
    name === 'count/notice' ||
    name === 'count/source'
  );
}
