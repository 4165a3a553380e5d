// The engine on its seat among sellers who learn together (seat.ts): it counts when it is asked to, takes
// what it is handed into service, and out again.

import { documentLeafOf } from '../prove/leaf.ts';
import { commonId } from '../facts/joint.ts';
import { type ItemModel, encodeModel } from '../facts/model.ts';
import { withoutEdges } from '../facts/model-without.ts';
import type { Core } from './core.ts';
import { recover } from './maintaining.ts';
import { sayTerms } from './pooling.ts';
import type { ThingPair } from './ports.ts';

/** Takes the seat, if there is one, and says what the policy says. */
export function takeSeat(core: Core): void {
  core.world.seat?.sit({
    recount: () => countForOthers(core),
    names: () => namesOf(core),
    serve: (joint, isStill) => serveJoint(core, joint, isStill),
    mask: (pairs, isStill) => maskJoint(core, pairs, isStill),
    drop: () => core.shelves.useJoint(undefined),
  });
  sayTerms(core);
}

/** A count that is under way may have passed some people before the others were there. */
async function countForOthers(core: Core): Promise<void> {
  await core.recovery.running;
  await recover(core);
}

/** Of two own ids with one common id the first stands for both. */
function namesOf({ policy, shelves }: Core): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const { joint } = policy;
  if (joint === undefined) return names;
  for (const id of [...shelves.items().keys()].sort()) {
    const common = commonId(joint.items, id);
    if (common !== undefined && !names.has(common)) names.set(common, id);
  }
  return names;
}

/** Kept and witnessed like a model of one’s own, so that decisions made with it can be replayed. */
function serveJoint(core: Core, joint: ItemModel | undefined, isStill: () => boolean): Promise<void> {
  return core.serving(async () => {
    if (joint === undefined) {
      core.shelves.useJoint(undefined);
      return;
    }
    const { world } = core;
    const bytes = encodeModel(joint);
    await world.documents.put('joint', joint.id, bytes, world.clock.nowMs());
    await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
    if (isStill()) core.shelves.useJoint(joint);
  });
}

async function maskJoint(core: Core, pairs: readonly ThingPair[], isStill: () => boolean): Promise<void> {
  const names = namesOf(core);
  const own = pairs.flatMap(([a, b]): readonly ThingPair[] => {
    const [one, other] = [names.get(a), names.get(b)];
    return one === undefined || other === undefined ? [] : [[one, other]];
  });
  const joint = core.shelves.joint();
  const masked = joint === undefined ? undefined : withoutEdges(joint, own);
  if (masked === joint) return;
  try {
    await serveJoint(core, masked, isStill);
  } catch {
    // What cannot be kept cannot serve, and what should not serve any more does not.
    core.shelves.useJoint(undefined);
  }
}
