// Decisions are committed together, one leaf per person and period, so that the public log does not show who shops when.

import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { decisionDigest } from '../prove/chain.ts';
import { personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import type { Core } from './core.ts';
import type { Person } from './person.ts';

/** Writes the digest of every person whose period has ended; returns how many. */
export function closeDigests(core: Core, nowMs: number): number {
  let closed = 0;
  for (const person of core.digests) {
    const open = person.open;
    if (open === undefined) {
      core.digests.delete(person);
      continue;
    }
    const fromMs = Math.floor(open.fromMs / core.config.digestMs) * core.config.digestMs;
    if (nowMs < fromMs + core.config.digestMs) continue;
    core.digests.delete(person);
    writeDigest(core, person, { fromMs, toMs: Math.max(fromMs + core.config.digestMs, nowMs) });
    closed += 1;
  }
  return closed;
}

function writeDigest(core: Core, person: Person, period: { readonly fromMs: number; readonly toMs: number }): void {
  const open = person.open;
  if (open === undefined) return;
  const commitments = open.commitments.map((text) => fromBase64(text) ?? new Uint8Array(0));
  const { seq, prev } = { seq: person.digest.nextSeq, prev: person.digest.prev };
  const { record } = decisionDigest({ seq, prev, from: period.fromMs, to: period.toMs, commitments });
  const text = canonicalJson({ ...record });
  const plain = utf8(text);
  const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'decisions', seq });
  person.digest = { nextSeq: seq + 1, prev: sha256Hex(plain) };
  person.open = undefined;
  const leaf = personalLeaf(recordCommitment(salt, plain));
  const nowMs = core.world.clock.nowMs();
  // Nobody waits for a digest; a failed write forgets the person, and the decisions are found open again at the next load.
  core.witness.keep({ person, entry: { kind: 'digest', digest: { record: text } }, plain, keepDays: 0, nowMs, leaf }).done.catch(() => undefined);
}
