// Consent lines of a file. Each becomes one record of the person's chain, method `import`, in the order of
// the file. What makes this hard is the second time: an import that goes on, a file that overlaps with an
// earlier one, a person who has answered us directly.
//
//     no record of this person yet          every line, in order
//     their last records are these lines    this import was here before: those lines are passed over, the
//     rest follows other imported records                a no counts; a yes only when it is newer than what
//     stands an answer given to us directly        a no counts; a yes never
//
// So running an import again changes nothing, and whatever is unclear ends with less allowed, never with
// more.

import type { ConsentLine, Objection } from '../../../collect/collect.ts';
import type { ConsentChange } from '../../../engine/consenting.ts';
import type { Engine } from '../../../engine/engine.ts';
import { DATA_CATEGORIES } from '../../../facts/category.ts';
import type { GrantChange, NoticeRef } from '../../../facts/grant.ts';
import type { PersonId } from '../../../facts/ids.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../../../facts/purpose.ts';
import { NO_SIGNALS } from '../../../facts/signals.ts';
import { recordsOf } from './declare.ts';
import { type KnownRecord, keyOf, knownRecords, standingNoes } from './known-records.ts';
import { type Tally, addRefused } from './tally.ts';

export interface ConsentImporter {
  /** In order. Durable when it resolves. */
  keep(answers: readonly Answer[]): Promise<void>;
}

/** An objection travelled with an event, as often as there are events; other lines stand for themselves. */
export interface Answer {
  readonly line: ConsentLine;
  readonly isObjection: boolean;
}

/** For each person the keys (`keyOfLine`) of their consent lines, in the order of the file. */
export type Answers = ReadonlyMap<PersonId, readonly string[]>;

export function addAnswered(answers: Map<PersonId, string[]>, person: PersonId, key: string): void {
  const said = answers.get(person);
  if (said === undefined) answers.set(person, [key]);
  else said.push(key);
}

interface Standing {
  /** Lines that an earlier run wrote. */
  skip: number;
  /** Until when a yes is late post; −∞ when every line counts. */
  readonly yesAfterMs: number;
}

/** Lines that name no notice say no; a no needs none, a record does. */
const NO_NOTICE: NoticeRef = { id: 'none', language: 'und' };

export function createConsentImporter(engine: Engine, all: Answers, tally: Tally): ConsentImporter {
  const standings = new Map<PersonId, Standing>();

  async function standingOf(person: PersonId): Promise<Standing> {
    const known = standings.get(person);
    if (known !== undefined) return known;
    const records = (await recordsOf(engine, person)) > 0 ? await knownRecords(engine, person) : [];
    const standing = judge(records, all.get(person) ?? []);
    if (standing.yesAfterMs === Number.POSITIVE_INFINITY) tally.ownAnswers += 1;
    standings.set(person, standing);
    return standing;
  }

  async function newsIn({ line, isObjection }: Answer): Promise<readonly GrantChange[]> {
    const standing = await standingOf(line.person);
    const changes = changesOf(line);
    if (standing.skip > 0 && !isObjection) {
      standing.skip -= 1;
      return [];
    }
    if (standing.yesAfterMs === Number.NEGATIVE_INFINITY && !isObjection) return changes;
    const noes = await standingNoes(engine, line.person);
    return changes.filter(({ category, purpose, state }) =>
      state === 'given' ? line.timeMs > standing.yesAfterMs : !noes.has(`${category} ${purpose}`),
    );
  }

  return {
    keep: async (answers) => {
      const wanted: ConsentChange[] = [];
      for (const answer of answers) {
        const { line } = answer;
        const changes = await newsIn(answer);
        if (changes.length === 0) continue;
        const notice = line.notice ?? NO_NOTICE;
        const change = { person: line.person, changes, notice, method: 'import', byPerson: false } as const;
        wanted.push(line.place === undefined ? change : { ...change, place: line.place });
      }
      if (wanted.length === 0) return;
      const { kept, suppressed, refused } = await engine.importConsents(wanted);
      tally.consents += kept;
      if (suppressed > 0) addRefused(tally, 'suppressed', suppressed);
      for (const [reason, times] of Object.entries(refused)) addRefused(tally, reason, times);
    },
  };
}

function judge(records: readonly KnownRecord[], lines: readonly string[]): Standing {
  if (records.some(({ isImported }) => !isImported)) {
    return { skip: 0, yesAfterMs: Number.POSITIVE_INFINITY };
  }
  const skip = sharedEnd(
    records.map(({ key }) => key),
    lines,
  );
  const newest = records.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
  return { skip, yesAfterMs: skip > 0 ? Number.NEGATIVE_INFINITY : newest };
}

/** The greatest n for which the last n of `records` are the first n of `lines`. */
function sharedEnd(records: readonly string[], lines: readonly string[]): number {
  for (let n = Math.min(records.length, lines.length); n > 0; n -= 1) {
    const from = records.length - n;
    if (lines.slice(0, n).every((key, at) => key === records[from + at])) return n;
  }
  return 0;
}

/** What a line becomes, as a digest; the same for the record made from it. */
export function keyOfLine(line: ConsentLine): string {
  const changes = changesOf(line).map((change) => ({ ...change }));
  return keyOf({ changes, notice: { ...(line.notice ?? NO_NOTICE) } });
}

/**
 * What the line says, and its signals. What a consent string or the phone ended is a no whatever the line
 * says of it; Global Privacy Control, and what rested on silence, add one wherever the line itself said
 * nothing.
 */
function changesOf(line: ConsentLine): readonly GrantChange[] {
  const { gpc, optsOut = false, ends = [], endsSilence = [] } = line.signals;
  const stand = line.changes.filter(({ purpose }) => !ends.includes(purpose));
  const said = new Set(line.changes.map(({ category, purpose }) => `${category} ${purpose}`));
  const silent = GRANTABLE_PURPOSES.filter(
    (purpose) =>
      !ends.includes(purpose) &&
      (((gpc || optsOut) && purpose === 'advertise') || endsSilence.includes(purpose)),
  );
  const added = refusals(silent).filter(({ category, purpose }) => !said.has(`${category} ${purpose}`));
  return [...stand, ...added, ...refusals(ends)];
}

function refusals(purposes: readonly Purpose[]): readonly GrantChange[] {
  return purposes.flatMap((purpose) =>
    DATA_CATEGORIES.map((category) => ({ category, purpose, state: 'refused' as const })),
  );
}

/** An objection that travelled with an event, as the consent line it amounts to. */
export function lineOfObjection(objection: Objection, source: ConsentLine['source']): ConsentLine {
  const { person, purposes, timeMs, signals = NO_SIGNALS } = objection;
  return { person, source, timeMs, changes: refusals(purposes), signals };
}
