// Which policy rules. Each is kept for good and its hash is in the log before it rules, so that whoever
// changes it leaves a trace in public and old decisions are decided again under the old one.

import { utf8 } from '../kernel/bytes.ts';
import type { Policy } from '../facts/policy.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { Core } from './core.ts';
import { recover } from './maintaining.ts';
import { sayTerms } from './pooling.ts';
import type { World } from './ports.ts';
import { learnedFrom } from './shelves.ts';

export const POLICY_POINTER = 'policy/current';

/** Name of the policy that ruled last; `undefined` in a home that is new. */
export function lastPolicy(documents: World['documents']): Promise<string | undefined> {
  return documents.pointer(POLICY_POINTER);
}

/** Keeps a policy, hands its leaf to the log, and notes that it rules. */
export async function witnessPolicy(world: World, policy: Policy): Promise<void> {
  const { documents } = world;
  if ((await lastPolicy(documents)) === policy.version) return;
  const bytes = utf8(JSON.stringify(policy));
  // The leaf first: after a crash in between, what is not kept yet is handed over again, which is one leaf.
  if ((await documents.get('policy', policy.version)) === undefined) {
    await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
    await documents.put('policy', policy.version, bytes, world.clock.nowMs());
  }
  await documents.point(POLICY_POINTER, policy.version);
}

export interface PolicyInForce {
  /**
   * When what it changes in the statistics is counted again and the model made anew. Serving waits for
   * neither.
   */
  readonly settled: Promise<void>;
}

/**
 * Takes a policy into force: witnessed first, then for every decision and every event that begins after this
 * resolves. Guards and door are under it at once; the model follows with `settled`.
 */
export async function usePolicy(core: Core, policy: Policy): Promise<PolicyInForce> {
  await witnessPolicy(core.world, policy);
  if (core.others !== undefined) {
    // For all at once: whatever begins from here on is decided under it, or not kept.
    await core.world.commons?.raise();
    await core.others.takeAllowed();
    return { settled: Promise.resolve() };
  }
  if (core.policy.version === policy.version) return { settled: Promise.resolve() };
  const settled = rulePolicy(core, policy);
  // Whoever does not wait for it is not stopped by it: what vouches for the model says under which policy it
  // learned, so the next start finds that it is still to be done.
  settled.catch(() => undefined);
  return { settled };
}

/** From now on here; resolves when what it changes in the statistics is learned. */
export function rulePolicy(core: Core, policy: Policy): Promise<void> {
  const learned = learnedFrom(core.policy, core.shelves.shadow());
  core.policy = policy;
  core.shelves.usePolicy(policy);
  sayTerms(core);
  const isToBeLearned = learned !== learnedFrom(policy, core.shelves.shadow());
  return isToBeLearned && core.duties.learn ? countAgain(core) : Promise.resolve();
}

async function countAgain(core: Core): Promise<void> {
  // A count that is under way has asked the old policy about some.
  await core.recovery.running;
  core.recovery.refit = true;
  await recover(core);
}
