// What one engine of several does for all when it is asked: learns, and makes numbers public. What it
// remembers of its duty may be of before a silence, so it looks again first; and what took long is not kept
// when the duty was lost on the way (learning.ts, publishing.ts).

import type { ItemModel } from '../facts/model.ts';
import type { Asked } from '../facts/question.ts';
import type { Core } from './core.ts';
import { fitModel, pause, settleStatistics } from './learning.ts';
import { recover } from './maintaining.ts';
import { type Others, assertDuty } from './others.ts';
import { type Published, publishAnswer } from './publishing.ts';
import { releaseShadow } from './shadowing.ts';
import { awaitShares } from './shares-told.ts';

const LOOK_AGAIN_MS = 50;
/** Looks at what is acknowledged and late: about a second. */
const LOOKS_MAX = 20;

/** Fault `elsewhere`. */
export async function learnOnDuty(core: Core): Promise<ItemModel | undefined> {
  const { others } = core;
  if (others !== undefined) await assertDuty(core, 'learn');
  // Statistics that hold half of the people would make a model of half of the people.
  await core.recovery.running;
  if (others !== undefined) await followAcknowledged(core, others);
  if (others !== undefined) await assertDuty(core, 'learn');
  const { sharing } = core.world;
  if (sharing !== undefined) await awaitShares(core, sharing);
  settleStatistics(core);
  const released = await releaseShadow(core);
  // Another shadow: what it covers is counted no longer. Where engines share the counting a round is of one
  // list, whatever differs.
  if (released === 'shadow' || (released === 'tilts' && sharing !== undefined)) await recover(core);
  // Under a policy that came meanwhile everybody is counted first.
  await core.recovery.running;
  return fitModel(core);
}

/**
 * What was acknowledged before this was asked is in the statistics. A write of somebody else that is under
 * way holds it up for a moment; what holds it up for longer is not waited for.
 */
async function followAcknowledged(core: Core, others: Others): Promise<void> {
  const { commons } = core.world;
  const goal = await commons?.position();
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    await others.follow();
    const { position } = others;
    if (commons === undefined || goal === undefined || position === undefined) return;
    if (commons.isReached(goal, position)) return;
    await pause(core, LOOK_AGAIN_MS);
  }
}

/** Fault `elsewhere`. */
export async function publishOnDuty(core: Core, asked: Asked): Promise<Published> {
  await core.others?.follow();
  await core.others?.takeUp();
  if (core.others !== undefined) await assertDuty(core, 'learn');
  return publishAnswer(core, asked);
}
