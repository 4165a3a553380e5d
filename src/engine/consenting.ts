// A person's choices: each becomes the next link of their consent chain, rules the very next decision, and is
// witnessed.

import { base64, utf8 } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/canonical.ts';
import { Fault } from '../kernel/fault.ts';
import { consentRecordText, nextConsentRecord, takesBack } from '../consent/chain.ts';
import { judgeAnswer } from '../consent/notices.ts';
import type { ConsentMethod, ConsentRecord, GrantChange, NoticeRef } from '../facts/grant.ts';
import type { PersonId } from '../facts/ids.ts';
import type { Refusal } from '../facts/refusal.ts';
import type { Place } from '../facts/place.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import { dummyLeaf, personalLeaf, recordCommitment, recordSalt } from '../prove/leaf.ts';
import { withOpening } from '../prove/receipt.ts';
import type { Core } from './core.ts';
import { finishBegun, finishErasure } from './erasing.ts';
import { type Person, foldEntry } from './person.ts';
import { raced } from './racing.ts';
import type { PersonKey } from './ports.ts';
import { compact } from './snapshot.ts';
import { askedNow, permissionsOf } from './viewing.ts';
import { type Counting, countedFirst, letOthersFirst, newCounting } from './withdrawal-count.ts';

export interface ConsentChange {
  readonly person: PersonId;
  readonly changes: readonly GrantChange[];
  readonly notice: NoticeRef;
  readonly method: ConsentMethod;
  readonly place?: Place;
  /** True when the person themselves is asking: only that opens the door again for one who was erased. */
  readonly byPerson: boolean;
  /**
   * Hash of the last word of theirs that whoever judged this had read. Where other engines write too, a yes
   * does not count when another word has come since; absent: when one comes while it is being kept.
   */
  readonly heard?: string;
  /**
   * Hash of the last word of theirs that whoever says this has seen: a yes does not count when another word
   * has come since. For a yes that is sent again, or arrives late, after a no. Absent: nothing is asked.
   */
  readonly after?: string | undefined;
}

export interface ConsentKept {
  readonly record: ConsentRecord;
  /** With its opening: whoever holds it can prove what was said. */
  readonly receipt: PromiseReceipt;
}

/**
 * Resolves when the record is durable and promised; the next decision obeys it already before that. A
 * refusal: the notice carries no yes; what the change says no to was kept all the same.
 */
export async function changeConsent(
  core: Core,
  change: ConsentChange,
): Promise<ConsentKept | 'suppressed' | Refusal> {
  const { notices } = core;
  const { said, refusal } = judged(core, change);
  if (said === undefined) return refusal;
  const kept = await keepUnovertaken(core, said, notices);
  return refusal ?? kept;
}

/**
 * A lost race is run again, but a yes only while nobody said a word in between: a no that came later would
 * else stand before it; nor after another notice came, which may not carry it. The noes beside such a yes are
 * kept. Faults: `conflict`: judge it again; `overtaken`: another word came after the one it was said after.
 */
export async function keepUnovertaken(
  core: Core,
  said: ConsentChange,
  notices: Core['notices'],
  counting = newCounting(),
): Promise<ConsentKept | 'suppressed'> {
  let { heard } = said;
  let isLate = false;
  const isOvertaken = (person: Person): boolean => {
    heard ??= person.chain.head;
    const isOther = person.chain.head !== heard || core.notices !== notices;
    isLate = said.after !== undefined && person.chain.head !== said.after;
    return (isLate || (core.config.node !== undefined && isOther)) && givesAny(said);
  };
  const kept = await raced(core, () => keepChange(core, said, { counting, isOvertaken }));
  if (kept !== 'overtaken') return kept;
  const noes = said.changes.filter(({ state }) => state !== 'given');
  if (noes.length > 0) await raced(core, () => keepChange(core, { ...said, changes: noes }, { counting }));
  const message =
    'Somebody said something else in between, so this yes was not kept. Read it and say it again.';
  throw isLate
    ? new Fault('overtaken', message, { retry: 'never' })
    : new Fault('conflict', message, { retry: 'now' });
}

function givesAny({ changes }: ConsentChange): boolean {
  return changes.some(({ state }) => state === 'given');
}

type Judged =
  | { readonly said: ConsentChange; readonly refusal?: Refusal }
  | { readonly said: undefined; readonly refusal: Refusal };

/**
 * What counts of a change: every no, and all of its yeses or none of them. A yes that the notice does not
 * carry must not cost the person their no.
 */
export function judged(core: Core, change: ConsentChange): Judged {
  const notice = judgeAnswer(core.notices, change.notice, change.changes);
  if (!('refused' in notice)) return { said: { ...change, notice } };
  const noes = change.changes.filter(({ state }) => state !== 'given');
  return noes.length === 0
    ? { said: undefined, refusal: notice }
    : { said: { ...change, changes: noes }, refusal: notice };
}

interface Keeping {
  readonly counting: Counting;
  readonly isOvertaken?: (person: Person) => boolean;
}

async function keepChange(
  core: Core,
  change: ConsentChange,
  { counting, isOvertaken = () => false }: Keeping,
): Promise<ConsentKept | 'suppressed' | 'overtaken'> {
  // No wait before a withdrawal of somebody in memory takes hold: a decision asked for in the same instant
  // obeys it.
  const found = core.people.current(change.person) ?? (await core.people.fresh(change.person));
  const person =
    found === undefined || found === 'erased' || found.leaving ? await newcomer(core, change) : found;
  if (person === 'suppressed') return person;
  if (isOvertaken(person)) return 'overtaken';
  const takes = takesBack(change);
  const say = (withdrawals: number) => keepConsent(core, person, { ...change, withdrawals });
  // A yes said before a no that is counted already would pass for one after a lost no.
  if (!takes) letOthersFirst(core, { person, counting }, person.revocations + 1);
  const kept = takes ? await countedFirst(core, { person, counting }, say) : say(person.revocations);
  // Erased during the wait.
  if (kept === undefined) return 'suppressed';
  const receipt = await kept.receipt();
  await removeDropped(core, person);
  return { record: kept.record, receipt: withOpening(receipt, kept.opening) };
}

/** Somebody who is not here: new, or erased and back by their own act. */
async function newcomer(core: Core, change: ConsentChange): Promise<Person | 'suppressed'> {
  const found = (await core.people.getOrCreate([change.person])).get(change.person);
  if (found !== undefined && found !== 'erased' && !found.leaving) return found;
  if (!change.byPerson) return 'suppressed';
  if (found !== undefined && found !== 'erased') await finishBegun(core, found);
  await comeBack(core, core.people.keyOf(change.person));
  const back = (await core.people.getOrCreate([change.person])).get(change.person);
  return back === undefined || back === 'erased' || back.leaving ? 'suppressed' : back;
}

/**
 * Back by their own act: nothing of the old is left or comes back, the sealed evidence included. Once,
 * however often they ask.
 */
function comeBack(core: Core, key: PersonKey): Promise<void> {
  const { keys, people, entropy } = core.world;
  return core.returning(async () => {
    const ending = core.leaving.get(key);
    if (ending !== undefined) await finishErasure(core, ending);
    if ((await keys.get(key)) !== 'erased') return;
    // The numbers of the life before stay taken: an engine that still has it in memory must not find its own
    // free, nor hear that nothing is new.
    await people.erase(key, { keep: [], leaf: dummyLeaf(entropy.bytes(32)) });
    try {
      await keys.readmit(key);
    } finally {
      // A store may have done what it reports as failed. Whoever is then back would stay out of the
      // statistics until the next start; whoever is not back adds nothing to them anyway.
      core.touched.comeBack(key);
    }
  });
}

/** `undefined` when they were erased in the meantime. */
export function keepConsent(
  core: Core,
  person: Person,
  change: ConsentChange & { readonly withdrawals: number },
) {
  if (person.leaving) return undefined;
  const asked = askedNow(core, change.place === undefined ? {} : { place: change.place });
  const record = nextConsentRecord(person.chain, {
    controller: core.config.controller,
    changes: change.changes,
    notice: change.notice,
    method: change.method,
    pack: permissionsOf(core, person, asked).pack,
    timeMs: asked.nowMs,
    withdrawals: change.withdrawals,
  });
  const text = consentRecordText(record);
  const plain = utf8(text);
  const salt = recordSalt({ evidenceKey: person.keys.evidenceRaw, chain: 'consent', seq: record.seq });
  const commitment = recordCommitment(salt, plain);
  foldEntry(person, { kind: 'consent', record });
  core.touched.add(person);
  const kept = core.witness.keep({
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
  return { record, done: kept.done, receipt: async () => kept.receipt(), opening };
}

/** What a withdrawal took out of memory leaves the store, too: with the snapshot that is written at once. */
export async function removeDropped(core: Core, person: Person): Promise<void> {
  if (!person.pruned) return;
  core.compaction.add(person.key);
  if (await compact(core.world, person)) core.compaction.delete(person.key);
}
