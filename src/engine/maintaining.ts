// Periodic work, and what is done once after a start. Every step can be interrupted and done again.

import { DAY_MS } from '../kernel/time.ts';
import { countWhenDue } from './audience-count.ts';
import type { Core } from './core.ts';
import { closeDigests } from './digesting.ts';
import { feedLog } from './feeding.ts';
import { finishBegun, finishErasure, removeRemains } from './erasing.ts';
import { fitModel, recount, settleStatistics } from './learning.ts';
import { MODEL_KINDS, type ModelKind } from './models.ts';
import type { Person } from './person.ts';
import type { PersonKey } from './ports.ts';
import { releaseShadow } from './shadowing.ts';
import { countTogether } from './shares-told.ts';
import { MODEL_POINTER } from './shelves.ts';
import { releaseStops } from './stopping.ts';
import { compact } from './snapshot.ts';

/** What a fault left behind, then digests of ended periods, then the log, then snapshots and expiry. */
export async function runMaintenance(core: Core): Promise<void> {
  const { world } = core;
  const nowMs = world.clock.nowMs();
  await readLostAgain(core);
  for (const ending of core.leaving.values()) await finishErasure(core, ending);
  settleStatistics(core);
  if (core.duties.learn) await releaseStops(core);
  // Not waited for: with a million people it takes longer than the log may wait.
  countWhenDue(core);
  await closeDigests(core, nowMs);
  await core.witness.flush();
  if (core.duties.log) await feedLog(core);
  await compactAll(core);
  if (core.duties.log) await removeEnded(core, nowMs);
  countAgainWhenDue(core);
}

/** With a new duty everybody is counted; what failed of that is told here, and done again. */
function countAgainWhenDue(core: Core): void {
  const { recovery, duties, others } = core;
  const { fault } = recovery;
  if (others === undefined || (!duties.learn && !duties.log) || recovery.running !== undefined) return;
  if (recovery.done && !recovery.refit) return;
  recovery.fault = undefined;
  recoverUnawaited(core);
  if (fault !== undefined) throw fault;
}

/** Nobody waits for it; what fails is told by the next maintenance, and done again. */
export function recoverUnawaited(core: Core): void {
  recover(core).catch((error: unknown) => {
    core.recovery.fault = error instanceof Error ? error : new Error('a count failed');
  });
}

/** What has come to its end: for all engines once. */
async function removeEnded(core: Core, nowMs: number): Promise<void> {
  const { world, config } = core;
  await world.people.expire(Math.floor(nowMs / DAY_MS));
  await world.keys.expireEvidence(nowMs);
  const beforeMs = nowMs - config.replayDays * DAY_MS;
  const models = core.shelves.models();
  for (const kind of MODEL_KINDS) await expireDocuments(core, { kind, inService: models[kind].id, beforeMs });
  await expireDocuments(core, { kind: 'joint', inService: core.shelves.joint()?.id ?? '', beforeMs });
  const kept = core.shelves.keptShadow();
  if (kept !== undefined)
    await expireDocuments(core, { kind: 'shadow', inService: kept.shadow.id, beforeMs });
  if (core.stops !== undefined)
    await expireDocuments(core, { kind: 'stops', inService: core.stops.stops.id, beforeMs });
}

/**
 * People whose last words could not be written: their statistics and open decisions are taken from what is
 * true.
 */
async function readLostAgain(core: Core): Promise<void> {
  for (const key of [...core.lost]) {
    // Taken out first: who is lost once more while they are read has to be read once more.
    core.lost.delete(key);
    const person = await foundAgain(core, key);
    if (person === undefined || person === 'erased') continue;
    core.touched.add(person);
    core.digests.add(person);
  }
}

/** Who lost a race among several engines has been read anew by now, most of the time. */
async function foundAgain(core: Core, key: PersonKey): ReturnType<Core['people']['byKey']> {
  try {
    return core.people.peek(key) ?? (await core.people.byKey(key));
  } catch (error) {
    core.lost.add(key);
    throw error;
  }
}

async function compactAll(core: Core): Promise<void> {
  for (const key of core.compaction) {
    const person = await core.people.byKey(key);
    const isHere = person !== undefined && person !== 'erased';
    if (!isHere || (await compact(core.world, person))) core.compaction.delete(key);
  }
}

interface Expiring {
  readonly kind: ModelKind | 'joint' | 'shadow' | 'stops';
  readonly inService: string;
  readonly beforeMs: number;
}

/**
 * A model, a shadow or a table of stops goes when every decision that names it is older than `beforeMs`: when
 * the one that replaced it is.
 */
async function expireDocuments(core: Core, { kind, inService, beforeMs }: Expiring): Promise<void> {
  const { documents } = core.world;
  const all = (await documents.list(kind)).toSorted((a, b) => a.timeMs - b.timeMs);
  for (const [at, { id }] of all.entries()) {
    const replaced = all[at + 1];
    if (id === inService || replaced === undefined || replaced.timeMs >= beforeMs) continue;
    await documents.remove(kind, id);
  }
}

/**
 * Counts everybody after a start, and finishes what a crash interrupted. Serving goes on meanwhile; a fit
 * waits for it.
 */
export function recover(core: Core): Promise<void> {
  const { recovery } = core;
  recovery.running ??= countEverybody(core).finally(() => {
    recovery.running = undefined;
  });
  return recovery.running;
}

async function countEverybody(core: Core): Promise<void> {
  await recountAll(core);
  await countShares(core);
  // Another shadow: what it covers is counted no longer. A round that engines share is of one list.
  const released = core.duties.learn ? await releaseShadow(core) : 'none';
  if (released !== 'none') core.recovery.refit = true;
  if (released === 'shadow') await recountAll(core);
  if (released !== 'none') await countShares(core);
  core.recovery.isRead = false;
  core.recovery.done = true;
  // Which of the weights in service rested on them is not known any more, so the model is made anew.
  await core.others?.follow();
  const hasLearned = (await core.world.documents.pointer(MODEL_POINTER)) !== undefined;
  if (core.recovery.refit && hasLearned) await fitModel(core);
  // Not before: a model that could not be made anew must not be vouched for as if it had been.
  core.recovery.refit = false;
}

/** Where engines share the counting: all of it, by all of them. */
async function countShares(core: Core): Promise<void> {
  const { sharing } = core.world;
  if (sharing !== undefined && core.duties.learn) await countTogether(core, sharing);
}

async function recountAll(core: Core): Promise<void> {
  const isShared = core.world.sharing !== undefined;
  // Of decisions that no digest covers only whoever keeps the log needs to know.
  if (isShared && (!core.duties.log || core.recovery.isRead === true)) return;
  if (!core.recovery.done) core.campaigns.clear();
  await recount(core, async (key) => {
    const { person, wasLeaving } = await settlePerson(core, key);
    // A backup brought back what somebody who is here again had left behind: the model knew them, too.
    const isUnreadable = typeof person === 'object' && person.unreadable;
    if (wasLeaving || isUnreadable) core.recovery.refit = true;
    if (!core.recovery.done && typeof person === 'object') core.campaigns.recall(person.given, key);
    return person;
  });
  core.recovery.isRead = isShared;
}

export interface Settled {
  readonly person: Person | 'erased' | undefined;
  readonly wasLeaving: boolean;
}

export async function settlePerson(core: Core, key: PersonKey): Promise<Settled> {
  const person = await core.people.byKey(key);
  if (person === undefined) await core.world.people.purge(key);
  if (person === undefined) return { person, wasLeaving: false };
  if (person === 'erased') return { person, wasLeaving: await removeRemains(core, key) };
  if (person.leaving) {
    await finishBegun(core, person);
    return { person: 'erased', wasLeaving: true };
  }
  // What a withdrawal took still lies in the store, if the crash came before the snapshot.
  if (person.pruned) core.compaction.add(key);
  return { person, wasLeaving: false };
}
