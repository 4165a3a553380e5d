// Duties of one engine for what all of them write. Whoever learns counts the people that others wrote to;
// whoever keeps the log commits to decisions that others made. Both hear of it from the store, in any order
// and perhaps twice: a person is read as they are now and their share replaced as a whole, so the statistics
// are those of one engine that was told everything itself, bit for bit.
//
//     duty taken ─▶ position noted ─▶ everybody counted ─▶ followed, page by page ─▶ duty lost: begin again

import { encodeModel } from '../facts/model.ts';
import { DUTIES, type Duty } from './commons-port.ts';
import type { Core } from './core.ts';
import { finishBegun } from './erasing.ts';
import { maskModels } from './learning.ts';
import { recoverUnawaited } from './maintaining.ts';
import { type Others, hasRole } from './others.ts';
import type { Changed, Commons, PersonKey } from './ports.ts';
import { isVouched, learnedFrom, vouchFor } from './shelves.ts';
import { forgetLearned } from './taking-up.ts';

/** People read at the same time. */
const AT_ONCE = 32;
/** An erasure that another engine began and did not end within this time was stopped: it is ended here. */
const LEAVING_MS_MAX = 60_000;

/** Takes duties that are free, and does what they ask for. */
export async function follow(core: Core, others: Others): Promise<void> {
  const { commons } = core.world;
  if (commons === undefined) return;
  const taken: Duty[] = [];
  const learned = core.duties.learn;
  for (const duty of DUTIES) {
    const holds = hasRole(core, duty) && (await commons.hold(duty));
    if (holds && !core.duties[duty]) taken.push(duty);
    else core.duties[duty] = holds;
  }
  if (learned && !core.duties.learn) await handOver(core, others);
  // A count that is under way began before; the duty is taken up when it has ended.
  if (taken.length > 0 && core.recovery.running === undefined)
    await takeDuties(core, others, { commons, taken });
  if (!core.duties.learn && !core.duties.log) others.position = undefined;
  if (!core.duties.learn) {
    others.erasures = undefined;
    others.told = undefined;
  }
  if (others.position === undefined) return;
  await awaitErasures(core, others, commons);
  for (let isAll = false; !isAll;) {
    const page = await commons.changes(others.position);
    // What they bought may be new in the catalogue; what it does not know is not learned from.
    if (page.people.length > 0 && core.world.sharing === undefined) await others.takeCatalogue();
    await countChanged(core, others, page.people);
    others.position = page.upTo;
    ({ isAll } = page);
  }
  if (core.duties.learn) await others.takeShares();
  await accountErasures(core, others, commons);
  await endStopped(core, others);
}

/** Whoever learns now knows better: what was counted here goes, and what is made there is taken up. */
async function handOver({ world: { learner } }: Core, others: Others): Promise<void> {
  forgetLearned(others);
  if (learner.renew !== undefined) await learner.close();
}

interface Taking {
  readonly commons: Commons;
  readonly taken: readonly Duty[];
}

/** From nothing: what is remembered of an earlier time with this duty is not what is true now. */
async function takeDuties(core: Core, others: Others, { commons, taken }: Taking): Promise<void> {
  const { world, shelves, recovery } = core;
  const erasures = await world.keys.erasures();
  const position = await commons.position();
  others.position ??= await commons.beginning();
  if (taken.includes('learn')) {
    await others.takeUp();
    await world.learner.renew?.();
    core.responses.clear();
    const { complements, nextBasket, nextClick } = shelves.models();
    world.learner.adopt({
      complements: encodeModel(complements),
      nextBasket: encodeModel(nextBasket),
      nextClick: encodeModel(nextClick),
    });
    others.awaited = { erasures, position };
    others.erasures = undefined;
    others.told = '';
    others.heard = undefined;
    others.isAsked = false;
    const policy = learnedFrom(core.policy, shelves.shadow());
    recovery.refit ||= !(await isVouched(world, { erasures, policy }));
  }
  for (const duty of taken) core.duties[duty] = true;
  recovery.done = false;
  recovery.isRead = false;
  recoverUnawaited(core);
}

async function countChanged(core: Core, others: Others, people: readonly Changed[]): Promise<void> {
  const nowMs = core.world.clock.nowMs();
  for (let at = 0; at < people.length; at += AT_ONCE) {
    await Promise.all(
      people.slice(at, at + AT_ONCE).map(async ({ person, seq, decided, leaves }) => {
        if (decided && core.duties.log) core.digests.note(person, nowMs);
        // Who shares the counting opens those alone who leave: whoever owns their part opens the others.
        const isCounted = core.world.sharing === undefined ? seq >= 0 : leaves;
        if (isCounted) await countOne(core, others, { person, seq });
      }),
    );
  }
}

/**
 * With the entry `seq` in it. What is on its way from here has numbers of its own, one of which may be that
 * very one; it loses then, and whoever left or said no elsewhere gets no entry that would be heard of later.
 * But where that entry is below what is on its way, or is what is on its way and nobody else wrote, memory
 * has it and more: the store would count out again what is being written, until that is heard of.
 */
async function asWritten(
  { people }: Core,
  { key, seq }: { readonly key: PersonKey; readonly seq: number },
): ReturnType<Core['people']['byKey']> {
  const known = people.peek(key);
  if (known !== undefined && known.nextSeq - known.pending > seq) return known;
  const isBusy = known !== undefined && (known.pending > 0 || known.withdrawing > 0);
  if (!isBusy) {
    const found = await people.caughtUpByKey(key);
    // Something of theirs began to be written here while the store was asked.
    const isThere = typeof found !== 'object' || (!found.lost && found.nextSeq - found.pending > seq);
    return isThere ? found : people.stored(found);
  }
  const isWhole = known.withdrawing === 0 && !(await people.mayBeBehind(known));
  return isWhole ? known : people.stored(known);
}

async function countOne(
  core: Core,
  others: Others,
  { person: key, seq }: Pick<Changed, 'person' | 'seq'>,
): Promise<void> {
  const person = await asWritten(core, { key, seq });
  if (typeof person === 'object' && !person.leaving) {
    others.leaving.delete(key);
    if (core.world.sharing !== undefined && core.duties.learn) {
      // Left and back between two looks: whoever owns their part tells of this life alone, and of nothing
      // when there is nothing. What was told of it before this is heard again.
      await forget(core, key);
      others.told = '';
    }
    core.touched.comeBack(key);
    core.touched.add(person);
    return;
  }
  // What this engine ends itself, it counts itself.
  if (core.leaving.has(key)) return;
  if (typeof person === 'object') {
    if (!others.leaving.has(key)) others.leaving.set(key, core.world.clock.nowMs());
    return;
  }
  others.leaving.delete(key);
  if (core.duties.learn) await forget(core, key);
}

/** They left through another engine. */
async function forget(core: Core, key: PersonKey): Promise<void> {
  const { world, recovery, others } = core;
  if (others !== undefined) others.forgotten += 1;
  core.touched.leave(key);
  core.responses.forget(key);
  core.campaigns.leave(key);
  if (!recovery.done) recovery.refit = true;
  const fallen = await world.learner.forget(key, { minPeople: core.policy.minPeople, had: [] });
  await maskModels(core, { key, fallen });
}

/**
 * How many have left is asked first, and how far is to be followed then: an erasure stands in the journal
 * before it is counted, so at that position all of them were told.
 */
async function awaitErasures(core: Core, others: Others, commons: Commons): Promise<void> {
  if (!core.duties.learn || others.awaited !== undefined) return;
  const erasures = await core.world.keys.erasures();
  others.awaited = { erasures, position: await commons.position() };
}

async function accountErasures(core: Core, others: Others, commons: Commons): Promise<void> {
  const { awaited, position } = others;
  if (awaited === undefined || position === undefined || !core.duties.learn) return;
  const { recovery } = core;
  // A model that is to be made anew may rest on whoever left.
  const isCounted = recovery.done && !recovery.refit && recovery.running === undefined;
  const isHere = isCounted && core.leaving.size === 0 && others.leaving.size === 0;
  if (!isHere || !commons.isReached(awaited.position, position)) return;
  others.awaited = undefined;
  if (others.erasures === awaited.erasures) return;
  others.erasures = awaited.erasures;
  await core.serving(async () => {
    const models = core.shelves.models();
    if (models.model.itemIds.length === 0) return;
    await vouchFor(core.world, models, { erasures: awaited.erasures, policy: core.shelves.learnedUnder() });
  });
}

/** Begun by an engine that has ended. */
async function endStopped(core: Core, others: Others): Promise<void> {
  const nowMs = core.world.clock.nowMs();
  for (const [key, sinceMs] of others.leaving) {
    const person = await core.people.byKey(key);
    if (typeof person === 'object' && person.leaving) {
      if (nowMs - sinceMs < LEAVING_MS_MAX) continue;
      await finishBegun(core, person);
    } else if (person === 'erased' && core.duties.learn) await forget(core, key);
    others.leaving.delete(key);
  }
}
