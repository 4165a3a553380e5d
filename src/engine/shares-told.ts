// What the engine that makes the models hears of counting that several share: the share of each person as it
// is now, in place of the one before, so that hearing twice does no harm. The statistics are those of one
// engine that opened everybody itself, bit for bit.

import { Fault } from '../kernel/fault.ts';
import type { Core } from './core.ts';
import { pause } from './learning.ts';
import type { Others } from './others.ts';
import type { ShareTold, Sharing } from './ports.ts';
import { askRound, isCounted } from './rounds.ts';
import { openShare } from './sealed-share.ts';
import { learnedFrom } from './shelves.ts';

const LOOK_AGAIN_MS = 50;
/** Looks until a count that takes longer is told, and waited for anew. */
const LOOKS_MAX = 200;
/** Looks at what is counted and late: a long transaction of somebody else may last for hours. */
const LATE_LOOKS_MAX = 20;

/** Shares that were kept since the last time. */
export async function takeShares(core: Core, others: Others): Promise<void> {
  const { sharing } = core.world;
  if (sharing === undefined) return;
  for (let isAll = false; !isAll && others.told !== undefined;) {
    const { forgotten, told: since } = others;
    const page = await sharing.told(since);
    // Somebody left meanwhile, whose keys may have been read before: asked again. Or all of it is to be heard
    // from the beginning, because the statistics began anew: going on from here would leave people out.
    if (others.forgotten !== forgotten || others.told !== since) continue;
    // A duty that was lost meanwhile has begun anew, or ended.
    if (others.told === undefined || !core.duties.learn) return;
    for (const told of page.shares) takeShare(core, told);
    core.touched.heard(page.shares.length);
    others.told = page.upTo;
    ({ isAll } = page);
  }
}

function takeShare(core: Core, told: ShareTold): void {
  const { person, keys } = told;
  // Whoever leaves is taken out by the way of erasures (following.ts), which comes later than this.
  if (keys === undefined || keys === 'erased' || core.leaving.has(person)) return;
  const whole = openShare(core.world.crypto, keys.profile, told);
  // Of an earlier life: the owner of the part keeps the one of this life.
  if (whole === undefined) return;
  core.touched.comeBack(person);
  core.world.learner.change(person, whole.share);
  core.responses.change(person, whole.weeks);
}

/** Has everybody counted under what is learned from now, and takes it up. Fault `counting` while it lasts. */
export async function countTogether(core: Core, sharing: Sharing): Promise<void> {
  const { others, recovery } = core;
  if (others === undefined) return;
  if (others.heard !== learnedHere(core)) others.heard = undefined;
  const isNew = await askRound(core, sharing, recovery.done && !others.isAsked);
  others.isAsked = true;
  // Of the server’s time before nothing is known: the model may rest on somebody whom a backup brought back.
  if (isNew && !recovery.done) recovery.refit = true;
  await awaitShares(core, sharing);
  others.isAsked = false;
}

/**
 * Resolves when what was durable before is in the statistics. What a long transaction of somebody else holds
 * up is not waited for longer than some seconds. But statistics of half of the people are none, nor are those
 * of what is learned from no more: fault `counting`.
 */
export async function awaitShares(core: Core, sharing: Sharing): Promise<void> {
  const { others } = core;
  const goal = await core.world.commons?.position();
  if (others === undefined || goal === undefined) return;
  await sharing.await(goal);
  let isWhole = false;
  for (let look = 0; look < LOOKS_MAX && core.duties.learn; look += 1) {
    // In place of a clockwork that may wait for this.
    await others.countParts();
    const parts = await sharing.parts();
    isWhole = isCounted(core, parts);
    const isThere = parts.every(({ upTo }) => core.world.commons?.isReached(goal, upTo));
    if (isWhole && (isThere || look >= LATE_LOOKS_MAX)) break;
    await pause(core, LOOK_AGAIN_MS);
  }
  if (!core.duties.learn) return;
  if (!isWhole) throw new Fault('counting', NOT_COUNTED, { retry: 'later' });
  const under = learnedHere(core);
  const kept = (await core.world.commons?.position()) ?? '0';
  for (let look = 0; look < LATE_LOOKS_MAX; look += 1) {
    await others.takeShares();
    if (others.told === undefined) return;
    if (sharing.isTold(kept, others.told)) {
      others.heard = under;
      return;
    }
    await pause(core, LOOK_AGAIN_MS);
  }
  // Who was heard of is late at most; of others there may be nothing yet, or what is learned from no more.
  if (others.heard !== under) throw new Fault('counting', NOT_HEARD, { retry: 'later' });
}

const NOT_COUNTED =
  'Not everybody is counted yet. Ask again in a minute; each node with the role learn helps.';
const NOT_HEARD =
  'Everybody is counted, but a transaction that stays open on the server of the data holds up what is told ' +
  'of it. It stands in pg_stat_activity with a backend_xid; ask again when it has ended.';

function learnedHere({ policy, shelves }: Core): string {
  return learnedFrom(policy, shelves.shadow());
}
