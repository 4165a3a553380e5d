// Decisions are committed together, one leaf per person and period, so that the public log does not show who
// shops when.

import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { decisionDigest } from '../prove/chain.ts';
import { personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import type { Core } from './core.ts';
import { startOf } from './digests.ts';
import type { Person } from './person.ts';

/**
 * Writes the digest of every person whose period has ended; returns how many. Among several engines the one
 * that keeps the log does it for all; every engine has a nobody of its own, who grows long within a day.
 */
export async function closeDigests(core: Core, nowMs: number): Promise<number> {
  let closed = 0;
  for (const key of core.digests.due(nowMs)) {
    if (!core.duties.log && key !== core.people.keyOf(core.nobody.id)) {
      core.digests.delete(key);
      continue;
    }
    const person = await core.people.byKey(key);
    core.digests.delete(key);
    if (person === undefined || person === 'erased' || person.leaving) continue;
    if (writeDigest(core, person)) closed += 1;
  }
  return closed;
}

/** Commits to all decisions of a person that no digest covers yet; `false` when there are none. */
export function writeDigest(core: Core, person: Person): boolean {
  const { open } = person;
  if (open === undefined) return false;
  const nowMs = core.world.clock.nowMs();
  const { digestMs } = core.config;
  const from = startOf(open.fromMs, digestMs);
  const to = Math.max(from + digestMs, nowMs);
  const commitments = open.commitments.map((text) => fromBase64(text) ?? new Uint8Array(0));
  const { nextSeq: seq, prev } = person.digest;
  const { record } = decisionDigest({ seq, prev, from, to, commitments });
  const text = canonicalJson({ ...record });
  const plain = utf8(text);
  const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'decisions', seq });
  person.digest = { nextSeq: seq + 1, prev: sha256Hex(plain) };
  person.open = undefined;
  const leaf = personalLeaf(recordCommitment(salt, plain));
  // Nobody waits for a digest. When it cannot be written the person is lost and read again, and their
  // decisions are open again.
  core.witness.keep({
    person,
    entry: { kind: 'digest', digest: { record: text } },
    plain,
    keepDays: 0,
    nowMs,
    leaf,
  });
  return true;
}
