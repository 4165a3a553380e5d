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

/** One look, and what it asks for: what allows first, because it must not wait for a part that fails. */
export async function takeUp(core: Core, others: Others): Promise<void> {
  const look = await takeAllowed(core, others);
  if (look === undefined) return;
  const failed: unknown[] = [];
  for (const part of PARTS) {
    if (part.take === takeLearned && core.duties.learn) continue;
    try {
      await takePart(core, others, { look, part });
    } catch (error) {
      failed.push(error);
    }
  }
  // The rest is in service; this part is tried again with the next look.
  if (failed.length > 0) throw failed[0];
}

/** What whoever counts people must know; no other part that fails keeps them from it. */
export async function takeCatalogue(core: Core, others: Others): Promise<void> {
  const look = await takeAllowed(core, others);
  if (look !== undefined) await takePart(core, others, { look, part: CATALOGUE });
}

async function takePart(
  core: Core,
  others: Others,
  { look, part: { names, take } }: { readonly look: Look; readonly part: Part },
): Promise<void> {
  const isNew = (name: string): boolean => look.names.get(name) !== others.served.get(name);
  if (!names.some(isNew)) return;
  // What is read after the look is as new as the look, or newer.
  await take(core, { look, isNew });
  for (const name of names) serveAs(others, look, name);
}

function serveAs(others: Others, look: Look, name: string): void {
  const value = look.names.get(name);
  if (value === undefined) others.served.delete(name);
  else others.served.set(name, value);
}

interface Taking {
  readonly look: Look;
  readonly isNew: (name: string) => boolean;
}

interface Part {
  readonly names: readonly string[];
  readonly take: (core: Core, taking: Taking) => Promise<void>;
}

/** What whoever learns makes. */
const LEARNED = [SHADOW_POINTER, STOPS_POINTER, AUDIENCES_POINTER, MODEL_POINTER, VOUCHER_POINTER];
const CATALOGUE: Part = { names: ['catalogue'], take: async ({ shelves }) => shelves.reloadItems() };
const PARTS: readonly Part[] = [
  CATALOGUE,
  { names: ['count/release'], take: takeReleases },
  { names: LEARNED, take: takeLearned },
];

/** Of what was learned elsewhere nothing is in service here: whoever learned knows nothing of others. */
export function forgetLearned({ served }: Others): void {
  for (const name of LEARNED) served.delete(name);
}

/** None of them ever goes, so both are right: ours may be newer than what was read, and the other way. */
async function takeReleases({ world, releases }: Core): Promise<void> {
  const { ledger, isWhole } = await readLedger(world);
  const known = new Set(ledger.map(({ id }) => id));
  const ours = releases.ledger.filter(({ id }) => !known.has(id));
  releases.ledger = ours.length === 0 ? ledger : [...ledger, ...ours];
  if (!isWhole) releases.isWhole = false;
}

async function takeLearned(core: Core, { look, isNew }: Taking): Promise<void> {
  const { world, shelves, duties, audiences } = core;
  if (isNew(SHADOW_POINTER)) {
    const kept = await keptShadow(world);
    if (kept !== undefined) shelves.useShadow(kept);
  }
  if (isNew(STOPS_POINTER)) core.stops = await keptStops(world);
  if (isNew(AUDIENCES_POINTER)) audiences.use(look.names.get(AUDIENCES_POINTER) ?? '[]');
  await core.serving(async () => {
    const current = look.names.get(MODEL_POINTER);
    if (current === undefined || duties.learn || nameOf(shelves.models()) === current) return;
    // Nothing vouches yet for one that is on its way: what vouches is new with a later look.
    const vouched = await vouchedModels(world);
    if (vouched !== undefined) shelves.useModels(vouched.models, vouched.under);
  });
}

/** All of it at once: whoever decides sees it before, or after. Answers what was looked at. */
export async function takeAllowed(core: Core, others: Others): Promise<Look | undefined> {
  const { world, config, before } = core;
  const look = await world.commons?.look();
  if (look === undefined) return undefined;
  if (allowsTheSame(others.look, look)) {
    others.look = look;
    return look;
  }
  const version = look.names.get(POLICY_POINTER) ?? core.policy.version;
  const policy = version === core.policy.version ? core.policy : await keptPolicy(world, version);
  const known = others.look;
  const isOther = (name: string): boolean => look.names.get(name) !== known.names.get(name);
  // The same notices stay the same object: whoever is saying yes in front of one is not asked again.
  const notices = [...look.names.keys()].some((name) => isOfNotices(name) && isOther(name))
    ? await loadNotices(world, { controller: config.controller, sinceMs: before.sinceMs })
    : undefined;
  const all = await loadSources(world, []);
  // Two may look at once, and whoever looked first may be the last to have read: what is older by now does
  // not come back.
  if (look.epoch < others.look.epoch) return others.look;
  others.look = look;
  if (notices !== undefined) core.notices = notices;
  judgeAll(core, all.values());
  if (core.policy.version !== policy.version) rulePolicy(core, policy).catch(() => undefined);
  return look;
}

/** Policy, notices and sources are as they were. None of them ever goes. */
export function allowsTheSame(before: Look, now: Look): boolean {
  return [...now.names].every(([name, value]) => !isAllowing(name) || before.names.get(name) === value);
}

function isAllowing(name: string): boolean {
  return name === POLICY_POINTER || name === 'count/source' || isOfNotices(name);
}

function isOfNotices(name: string): boolean {
  return name.startsWith('notice/') || name === 'count/notice';
}
