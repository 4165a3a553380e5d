// A person's choices: each becomes the next link of their consent chain, rules the very next decision, and is witnessed.

import { base64, utf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/canonical.ts';
import { resolvePack } from '../consent/packs.ts';
import { consentRecordText, nextConsentRecord, takesBack } from '../consent/chain.ts';
import type { ConsentMethod, ConsentRecord, GrantChange, NoticeRef } from '../facts/grant.ts';
import type { PersonId } from '../facts/ids.ts';
import type { Place } from '../facts/place.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import { personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import { withOpening } from '../prove/receipt.ts';
import type { Core } from './core.ts';
import { type Person, dropFacts, foldEntry } from './person.ts';
import { askedNow, permissionsOf } from './viewing.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';

export interface ConsentChange {
  readonly person: PersonId;
  readonly changes: readonly GrantChange[];
  readonly notice: NoticeRef;
  readonly method: ConsentMethod;
  readonly place?: Place;
  /** True when the person themselves is asking: only that opens the door again for one who was erased. */
  readonly byPerson: boolean;
}

export interface ConsentKept {
  readonly record: ConsentRecord;
  /** With its opening: whoever holds it can prove what was said. */
  readonly receipt: PromiseReceipt;
}

/** Resolves when the record is durable and promised; the next decision obeys it already before that. */
export async function changeConsent(core: Core, change: ConsentChange): Promise<ConsentKept | 'suppressed'> {
  const person = await personFor(core, change);
  if (person === 'suppressed') return person;
  // First outside the backups, then in the journal: a crash between the two denies until the person says it again.
  if (takesBack(change)) person.revocations = await core.world.keys.revoke(person.key);
  const kept = keepConsent(core, person, change);
  const receipt = await kept.receipt();
  if (takesBack(change)) dropUnneeded(core, person);
  return { record: kept.record, receipt: withOpening(receipt, kept.opening) };
}

/** The same for many people at once, as an import declares them; one durable write for all. */
export async function importConsents(core: Core, changes: readonly ConsentChange[]): Promise<{ readonly kept: number; readonly suppressed: number }> {
  const people = await core.people.getOrCreate([...new Set(changes.map(({ person }) => person))]);
  const waits: Promise<unknown>[] = [];
  let suppressed = 0;
  for (const change of changes) {
    const person = people.get(change.person);
    if (person === undefined || person === 'erased') {
      suppressed += 1;
      continue;
    }
    if (takesBack(change)) person.revocations = await core.world.keys.revoke(person.key);
    waits.push(keepConsent(core, person, change).done);
  }
  if (changes.length >= 100) await core.witness.flush();
  await Promise.all(waits);
  return { kept: waits.length, suppressed };
}

async function personFor(core: Core, change: ConsentChange): Promise<Person | 'suppressed'> {
  const found = (await core.people.getOrCreate([change.person])).get(change.person);
  if (found !== undefined && found !== 'erased') return found;
  if (!change.byPerson) return 'suppressed';
  // Back by their own act: nothing of the old is left or comes back, the sealed evidence included.
  const key = core.people.keyOf(change.person);
  await core.world.people.purge(key);
  await core.world.keys.readmit(key);
  core.touched.comeBack(key);
  core.people.forget(key);
  const back = (await core.people.getOrCreate([change.person])).get(change.person);
  return back === undefined || back === 'erased' ? 'suppressed' : back;
}

function keepConsent(core: Core, person: Person, change: ConsentChange) {
  const asked = askedNow(core, change.place === undefined ? {} : { place: change.place });
  const record = nextConsentRecord(person.chain, {
    controller: core.config.controller,
    changes: change.changes,
    notice: change.notice,
    method: change.method,
    pack: resolvePack([asked.place ?? core.config.defaultPlace]),
    timeMs: asked.nowMs,
    withdrawals: person.revocations,
  });
  const text = consentRecordText(record);
  const plain = utf8(text);
  const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'consent', seq: record.seq });
  const commitment = recordCommitment(salt, plain);
  foldEntry(person, { kind: 'consent', record });
  core.touched.add(person);
  const { done, receipt } = core.witness.keep({
    person,
    entry: { kind: 'consent', record },
    plain,
    keepDays: 0,
    nowMs: asked.nowMs,
    commitment,
    leaf: personalLeaf(commitment),
  });
  // Our own canonical text: parsing it back gives the plain JSON object that an opening carries.
  const opening = { scheme: 'record', record: JSON.parse(text) as JsonObject, salt: base64(salt) } as const;
  return { record, done, receipt, opening };
}

/** After a withdrawal, facts that rested on consent alone and that no purpose may use any more are not kept (GDPR 17(1)(b)). */
function dropUnneeded(core: Core, person: Person): void {
  const permissions = permissionsOf(core, person, askedNow(core));
  const allowed = new Map<string, boolean>();
  const gone = dropFacts(person, (fact) => {
    if (fact.basis === 'contract') return true;
    let keep = allowed.get(fact.category);
    if (keep === undefined) {
      keep = GRANTABLE_PURPOSES.some((purpose) => permissions.refusal(fact.category, purpose) === undefined);
      allowed.set(fact.category, keep);
    }
    return keep;
  });
  if (gone > 0) core.compaction.add(person);
}
