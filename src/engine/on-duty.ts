// What one engine of several does for all when it is asked: learns, and makes numbers public. What it
// remembers of its duty may be of before a silence, so it looks again first; and what took long is not kept
// when the duty was lost on the way (learning.ts, publishing.ts).

import type { ItemModel } from '../facts/model.ts';
import type { Asked } from '../facts/question.ts';
import type { Core } from './core.ts';
import { fitModel, settleStatistics } from './learning.ts';
import { recover } from './maintaining.ts';
import { assertDuty } from './others.ts';
import { type Published, publishAnswer } from './publishing.ts';
import { releaseShadow } from './shadowing.ts';
import { awaitShares } from './shares-told.ts';

/** Fault `elsewhere`. */
export async function learnOnDuty(core: Core): Promise<ItemModel | undefined> {
  const { others } = core;
  if (others !== undefined) await assertDuty(core, 'learn');
  // Statistics that hold half of the people would make a model of half of the people.
  await core.recovery.running;
  if (others !== undefined) await others.follow();
  if (others !== undefined) await assertDuty(core, 'learn');
  const { sharing } = core.world;
  if (sharing !== undefined) await awaitShares(core, sharing);
  settleStatistics(core);
  if ((await releaseShadow(core)) === 'shadow') await recover(core);
  return fitModel(core);
}

/** Fault `elsewhere`. */
export async function publishOnDuty(core: Core, asked: Asked): Promise<Published> {
  await core.others?.follow();
  await core.others?.takeUp();
  if (core.others !== undefined) await assertDuty(core, 'learn');
  return publishAnswer(core, asked);
}
