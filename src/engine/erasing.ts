// Erasure, at once and provably: keys, profile, decisions and the share in the statistics go now; consent
// evidence stays sealed until its term; a keyed mark keeps a re-import from bringing the person back; the
// receipt lists all of it.

import { base64, utf8 } from '../kernel/bytes.ts';
import { type JsonObject, canonicalJson } from '../kernel/canonical.ts';
import { DAY_MS, isoInstant } from '../kernel/time.ts';
import type { ItemId, PersonId } from '../facts/ids.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import { dummyLeaf, personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import { withOpening } from '../prove/receipt.ts';
import type { EntryKind } from '../facts/entry.ts';
import { leaveTallies } from '../measure/tally.ts';
import type { Core, Ending } from './core.ts';
import { writeDigest } from './digesting.ts';
import { EVIDENCE_KINDS, openEntry } from './journal.ts';
import { maskModels } from './learning.ts';
import { type Person, foldEntry } from './person.ts';
import type { PersonKey } from './ports.ts';
import { raced } from './racing.ts';
import { askedNow, permissionsOf } from './viewing.ts';

export interface Erased {
  readonly record: JsonObject;
  readonly receipt: PromiseReceipt;
}

export function erasePerson(core: Core, id: PersonId): Promise<Erased | 'no-such-person' | 'erased-before'> {
  return raced(core, () => eraseOnce(core, id));
}

async function eraseOnce(core: Core, id: PersonId): ReturnType<typeof erasePerson> {
  const person = await core.people.fresh(id);
  if (person === undefined) return 'no-such-person';
  if (person === 'erased') {
    await finishGone(core, core.people.keyOf(id));
    return 'erased-before';
  }
  const { world } = core;
  const { nextSeq } = person;
  const decisions = await world.people.history(person.key, ['decision']);
  // Asked twice at once, or begun before and stopped by a fault: there is one erasure, and it is brought to
  // its end.
  if (person.leaving) {
    await finishBegun(core, person);
    return 'erased-before';
  }
  // Caught up with meanwhile (catching-up.ts): what is told of what goes is told of all of it.
  if (person.nextSeq !== nextSeq) return eraseOnce(core, id);
  // Every decision was promised to the log; afterwards nobody could keep that promise.
  writeDigest(core, person);
  const nowMs = world.clock.nowMs();
  const evidenceUntilMs = nowMs + evidenceDays(core, person) * DAY_MS;
  // Their last link says what is about to go; it is promised and logged like any other.
  const record = erasureRecord(core, person, { nowMs, evidenceUntilMs, decisions: decisions.length });
  const text = canonicalJson(record);
  const salt = recordSalt({
    evidenceKey: person.keys.evidenceRaw,
    chain: 'consent',
    seq: person.chain.seq + 1,
  });
  const commitment = recordCommitment(salt, utf8(text));
  const leaf = personalLeaf(commitment);
  const entry = { kind: 'erasure', erasure: { record: text } } as const;
  foldEntry(person, entry);
  const kept = core.witness.keep({ person, entry, plain: utf8(text), keepDays: 0, nowMs, commitment, leaf });
  await core.witness.flush();
  const receipt = await kept.receipt();
  await finishErasure(core, { person, evidenceUntilMs, leaf });
  return { record, receipt: withOpening(receipt, { scheme: 'record', record, salt: base64(salt) }) };
}

function evidenceDays(core: Core, person: Person): number {
  return permissionsOf(core, person, askedNow(core)).pack.evidenceDays;
}

/** Brings an erasure to its end that a fault stopped, or a crash. Idempotent. */
export async function finishBegun(core: Core, person: Person): Promise<void> {
  const ending = core.leaving.get(person.key) ?? (await endingOf(core, person));
  if (ending !== undefined) await finishErasure(core, ending);
}

/**
 * Their keys are gone; what else there is of them may not be, after a fault or a crash. Who hears "erased
 * before" may rely on it.
 */
async function finishGone(core: Core, key: PersonKey): Promise<void> {
  const ending = core.leaving.get(key);
  if (ending !== undefined) await finishErasure(core, ending);
  else if (!core.recovery.done && (await removeRemains(core, key))) core.recovery.refit = true;
}

/** Read again from the record; `undefined` while that is not written. */
async function endingOf(core: Core, person: Person): Promise<Ending | undefined> {
  for (const sealed of await core.world.people.history(person.key, ['erasure'])) {
    const entry = openEntry(core.world.crypto, person.keys, person.key, sealed);
    if (entry?.kind !== 'erasure') continue;
    const record = JSON.parse(entry.erasure.record) as { readonly seq: number };
    const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'consent', seq: record.seq });
    const leaf = personalLeaf(recordCommitment(salt, utf8(entry.erasure.record)));
    const evidenceUntilMs = core.world.clock.nowMs() + evidenceDays(core, person) * DAY_MS;
    return { person, evidenceUntilMs, leaf };
  }
  return undefined;
}

/** Each step may be done again; what stands in `core.leaving` after a fault is tried again by maintenance. */
export async function finishErasure(core: Core, ending: Ending): Promise<void> {
  const { key } = ending.person;
  core.leaving.set(key, ending);
  // Keys first: from here on nothing that is left can be read, whatever happens next.
  await core.world.keys.erase(key, ending.evidenceUntilMs);
  core.people.forget(key);
  core.digests.delete(key);
  core.compaction.delete(key);
  core.touched.leave(key);
  leaveTallies(core.tallies, key);
  core.responses.forget(key);
  core.campaigns.leave(key);
  // Not counted yet, so the statistics cannot say which weights rest on them: the model is made anew once
  // everybody is.
  if (!core.recovery.done) core.recovery.refit = true;
  // Where another engine learns, it hears of it within a second.
  if (core.duties.learn) {
    const had = thingsBought(ending.person);
    const fallen = await core.world.learner.forget(key, { minPeople: core.policy.minPeople, had });
    await maskModels(core, { key, fallen });
  }
  core.world.seat?.change(key, undefined);
  await core.world.seat?.settle();
  // The journal last: as long as anything lies there, a start after a crash knows that there is something to
  // finish.
  await core.world.people.erase(key, { keep: EVIDENCE_KINDS, leaf: ending.leaf });
  core.leaving.delete(key);
}

/**
 * Whether counted or not: the model in service may know them from before a start that counted them no more.
 */
function thingsBought({ profile }: Person): readonly ItemId[] {
  return [...profile.facts.values()].flatMap(({ kind, item }) =>
    kind === 'bought' && item !== undefined ? [item] : [],
  );
}

/** Kinds that an erasure takes. */
const ERASED_KINDS: readonly EntryKind[] = ['event', 'decision', 'link', 'restriction'];

/**
 * What lies in the journal of somebody whose keys are gone already: a crash came in between, or a backup
 * brought it back. `true` when there was something. The leaf of the erasure is in the log since its record
 * was written; a dummy takes its place.
 */
export async function removeRemains(core: Core, key: PersonKey): Promise<boolean> {
  const { people, entropy } = core.world;
  const stored = await people.load(key);
  const rows = stored?.snapshot === undefined ? await people.history(key, ERASED_KINDS) : [];
  if (stored?.snapshot === undefined && rows.length === 0) return false;
  await people.erase(key, { keep: EVIDENCE_KINDS, leaf: dummyLeaf(entropy.bytes(32)) });
  return true;
}

function erasureRecord(
  core: Core,
  person: Person,
  at: { readonly nowMs: number; readonly evidenceUntilMs: number; readonly decisions: number },
): JsonObject {
  return {
    v: 1,
    seq: person.chain.seq + 1,
    prev: person.chain.head,
    controller: core.config.controller,
    event: 'erased',
    time: isoInstant(at.nowMs),
    erased: {
      facts: person.profile.facts.size,
      decisions: at.decisions,
      joins: person.links.length,
      profileKey: true,
      statistics:
        'subtracted at once; the model forgets at its next fit, weights of too few are zero until then',
    },
    keptSealed: { consentRecords: person.chain.seq + 1, until: isoInstant(at.evidenceUntilMs) },
    suppressionMark: true,
  };
}
