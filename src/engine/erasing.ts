// Erasure, at once and provably: keys, profile, decisions and the share in the statistics go now; consent evidence stays sealed
// until its term; a keyed mark keeps a re-import from bringing the person back; the receipt lists all of it.

import { base64, utf8 } from '../kernel/bytes.ts';
import { type JsonObject, canonicalJson } from '../kernel/canonical.ts';
import { DAY_MS, isoInstant } from '../kernel/time.ts';
import type { PersonId } from '../facts/ids.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import { personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import { withOpening } from '../prove/receipt.ts';
import type { Core } from './core.ts';
import { EVIDENCE_KINDS, openEntry } from './journal.ts';
import { maskModel } from './learning.ts';
import { type Person, foldEntry } from './person.ts';
import { askedNow, permissionsOf } from './viewing.ts';

export interface Erased {
  readonly record: JsonObject;
  readonly receipt: PromiseReceipt;
}

export async function erasePerson(core: Core, id: PersonId): Promise<Erased | 'no-such-person' | 'erased-before'> {
  const person = await core.people.get(id);
  if (person === undefined) return 'no-such-person';
  if (person === 'erased' || person.leaving) return 'erased-before';
  const { world } = core;
  const nowMs = world.clock.nowMs();
  const evidenceUntilMs = nowMs + evidenceDays(core, person) * DAY_MS;
  const decisions = await world.people.history(person.key, ['decision']);
  // Their last link says what is about to go; it is promised and logged like any other.
  const record = erasureRecord(person, { nowMs, evidenceUntilMs, decisions: decisions.length });
  const text = canonicalJson(record);
  const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'consent', seq: person.chain.seq + 1 });
  const commitment = recordCommitment(salt, utf8(text));
  const entry = { kind: 'erasure', erasure: { record: text } } as const;
  foldEntry(person, entry);
  const kept = core.witness.keep({ person, entry, plain: utf8(text), keepDays: 0, nowMs, commitment });
  await core.witness.flush();
  const receipt = await kept.receipt();
  await finishErasure(core, person, { evidenceUntilMs, leaf: personalLeaf(commitment) });
  return { record, receipt: withOpening(receipt, { scheme: 'record', record, salt: base64(salt) }) };
}

function evidenceDays(core: Core, person: Person): number {
  return permissionsOf(core, person, askedNow(core)).pack.evidenceDays;
}

/** An erasure that was begun before a crash: done again from its record. Idempotent. */
export async function resumeErasure(core: Core, person: Person): Promise<void> {
  const history = await core.world.people.history(person.key, ['erasure']);
  for (const sealed of history) {
    const entry = openEntry(core.world.crypto, person.keys, person.key, sealed);
    if (entry?.kind !== 'erasure') continue;
    const record = JSON.parse(entry.erasure.record) as { readonly seq: number };
    const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'consent', seq: record.seq });
    const leaf = personalLeaf(recordCommitment(salt, utf8(entry.erasure.record)));
    const evidenceUntilMs = core.world.clock.nowMs() + evidenceDays(core, person) * DAY_MS;
    await finishErasure(core, person, { evidenceUntilMs, leaf });
    return;
  }
}

async function finishErasure(core: Core, person: Person, end: { readonly evidenceUntilMs: number; readonly leaf: Uint8Array }): Promise<void> {
  // Keys first: from here on nothing that is left can be read, whatever happens next.
  await core.world.keys.erase(person.key, end.evidenceUntilMs);
  core.people.forget(person.key);
  core.digests.delete(person);
  core.compaction.delete(person);
  await core.world.people.erase(person.key, { keep: EVIDENCE_KINDS, leaf: end.leaf });
  core.touched.leave(person.key);
  await maskModel(core, await core.world.learner.forget(person.key, core.config.policy.minPeople));
}

function erasureRecord(person: Person, at: { readonly nowMs: number; readonly evidenceUntilMs: number; readonly decisions: number }): JsonObject {
  return {
    v: 1,
    seq: person.chain.seq + 1,
    prev: person.chain.head,
    event: 'erased',
    time: isoInstant(at.nowMs),
    erased: {
      facts: person.profile.facts.size,
      decisions: at.decisions,
      joins: person.links.length,
      profileKey: true,
      statistics: 'subtracted at once; the model forgets at its next fit, weights of too few people are zero until then',
    },
    keptSealed: { consentRecords: person.chain.seq + 1, until: isoInstant(at.evidenceUntilMs) },
    suppressionMark: true,
  };
}
