// Which policy rules. Each is kept for good and its hash is in the log before it rules, so that whoever
// changes it leaves a trace in public and old decisions are decided again under the old one.

import { utf8, utf8Text } from '../kernel/bytes.ts';
import type { Policy } from '../facts/policy.ts';
import { documentLeafOf } from '../prove/leaf.ts';
import type { Core } from './core.ts';
import { recover } from './maintaining.ts';
import type { World } from './ports.ts';

const POLICY_POINTER = 'policy/current';

/**
 * Keeps a policy, hands its leaf to the log, and notes that it rules. Resolves with whether the model was
 * made under another one that learned from other data.
 */
export async function witnessPolicy(world: World, policy: Policy): Promise<boolean> {
  const { documents } = world;
  const before = await documents.pointer(POLICY_POINTER);
  if (before === policy.version) return false;
  const bytes = utf8(JSON.stringify(policy));
  // The leaf first: after a crash in between, what is not kept yet is handed over again, which is one leaf.
  if ((await documents.get('policy', policy.version)) === undefined) {
    await world.people.submit([documentLeafOf(world.crypto.sha256(bytes))]);
    await documents.put('policy', policy.version, bytes, world.clock.nowMs());
  }
  const ruled = before === undefined ? undefined : await documents.get('policy', before);
  await documents.point(POLICY_POINTER, policy.version);
  return ruled !== undefined && learnedFrom(JSON.parse(utf8Text(ruled)) as Policy) !== learnedFrom(policy);
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
  const isToBeLearned = await witnessPolicy(core.world, policy);
  if (core.policy.version === policy.version) return { settled: Promise.resolve() };
  core.policy = policy;
  core.shelves.usePolicy(policy);
  const settled = isToBeLearned ? countAgain(core) : Promise.resolve();
  // Whoever does not wait for it is not stopped by it: the next start finds that it is still to be done.
  settled.catch(() => undefined);
  return { settled };
}

async function countAgain(core: Core): Promise<void> {
  // A count that is under way has asked the old policy about some.
  await core.recovery.running;
  core.recovery.refit = true;
  await recover(core);
}

/** What the statistics and the model depend on. */
function learnedFrom({ minPeople, purposes, sensitive }: Policy): string {
  const categories = purposes === undefined ? 'all' : (purposes.improve ?? 'none');
  return JSON.stringify([minPeople, categories, sensitive ?? null]);
}
