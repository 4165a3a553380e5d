// Choices of many people at once, as an import declares them; one durable write for all. What one person says
// follows in order; different people do not wait for each other, or a thousand withdrawals would take a
// thousand trips to the key store. Who lost a race to another engine is done again one by one.

import { consentRecordText, takesBack } from '../consent/chain.ts';
import { utf8 } from '../kernel/bytes.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import type { PersonId } from '../facts/ids.ts';
import type { RefusalReason } from '../facts/refusal.ts';
import { isFault } from '../kernel/fault.ts';
import type { Person } from './person.ts';
import { type ConsentChange, judged, keepConsent, keepUnovertaken, removeDropped } from './consenting.ts';
import type { Core } from './core.ts';
import { type Counting, countedFirst, newCounting } from './withdrawal-count.ts';

export interface ImportedConsents {
  readonly kept: number;
  readonly suppressed: number;
  /** Changes whose yeses did not count, by reason. */
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

/** A change that was written down here; not durable yet. */
interface Said {
  readonly change: ConsentChange;
  readonly counting: Counting;
  /** Hash of the last word of theirs before it. */
  readonly heard: string;
  readonly done: Promise<unknown>;
}

type Counts = { kept: number; suppressed: number; refused: Partial<Record<RefusalReason, number>> };

export async function importConsents(
  core: Core,
  wanted: readonly ConsentChange[],
): Promise<ImportedConsents> {
  const { notices } = core;
  const counts: Counts = { kept: 0, suppressed: 0, refused: {} };
  const changes: ConsentChange[] = [];
  for (const { said, refusal } of wanted.map((change) => judged(core, change))) {
    if (said !== undefined) changes.push(said);
    if (refusal !== undefined) refuse(counts, refusal.refused);
  }
  const people = await core.people.getOrCreate([...new Set(changes.map(({ person }) => person))]);
  const sayOwn = async (own: readonly ConsentChange[]): Promise<readonly Said[]> => {
    const said: Said[] = [];
    for (const change of own) {
      const one = await sayOne(core, people.get(change.person), change);
      if (one === undefined) counts.suppressed += 1;
      else said.push(one);
    }
    return said;
  };
  const said = await Promise.all(byPerson(changes).map(sayOwn));
  if (changes.length >= 100) await core.witness.flush();
  const ends = await Promise.all(said.map((own) => Promise.allSettled(own.map(({ done }) => done))));
  for (const [at, own] of said.entries()) await keepOwn(core, own, { ends: ends[at]!, notices, counts });
  for (const person of people.values()) if (person !== 'erased') await removeDropped(core, person);
  return counts;
}

function refuse({ refused }: Counts, reason: RefusalReason): void {
  refused[reason] = (refused[reason] ?? 0) + 1;
}

async function sayOne(
  core: Core,
  person: Person | 'erased' | undefined,
  change: ConsentChange,
): Promise<Said | undefined> {
  if (person === undefined || person === 'erased' || person.leaving) return undefined;
  // Nobody tries again here: what was counted before it is not waited for.
  const counting: Counting = { patience: 0 };
  let heard = person.chain.head;
  const say = (withdrawals: number): ReturnType<typeof keepConsent> => {
    heard = person.chain.head;
    return keepConsent(core, person, { ...change, withdrawals });
  };
  const kept = takesBack(change)
    ? await countedFirst(core, { person, counting }, say)
    : say(person.revocations);
  return kept === undefined ? undefined : { change, counting, heard, done: kept.done };
}

interface Ending {
  readonly ends: readonly PromiseSettledResult<unknown>[];
  readonly notices: Core['notices'];
  readonly counts: Counts;
}

/** In their order; from the first that lost a race on, all of them again. */
async function keepOwn(core: Core, own: readonly Said[], { ends, notices, counts }: Ending): Promise<void> {
  let heard: string | undefined;
  for (const [at, end] of ends.entries()) {
    const { change, counting, heard: before } = own[at]!;
    if (end.status === 'fulfilled') {
      counts.kept += 1;
      continue;
    }
    if (core.config.node === undefined || !isFault(end.reason, 'conflict')) throw end.reason;
    counting.patience = newCounting().patience;
    heard ??= before;
    try {
      const kept = await keepUnovertaken(core, { ...change, heard }, notices, counting);
      if (kept === 'suppressed') counts.suppressed += 1;
      else counts.kept += 1;
      // What follows is said after this word.
      heard = kept === 'suppressed' ? heard : sha256Hex(utf8(consentRecordText(kept.record)));
    } catch (error) {
      if (!isFault(error, 'conflict') || !change.changes.some(({ state }) => state === 'given')) throw error;
      // Somebody spoke in between: no yes of the import stands after that; every no does.
      refuse(counts, 'consent-state-stale');
    }
  }
}

function byPerson(changes: readonly ConsentChange[]): readonly (readonly ConsentChange[])[] {
  const own = new Map<PersonId, ConsentChange[]>();
  for (const change of changes) {
    const said = own.get(change.person);
    if (said === undefined) own.set(change.person, [change]);
    else said.push(change);
  }
  return [...own.values()];
}
