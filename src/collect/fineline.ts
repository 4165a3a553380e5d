// Owns: our own plain JSON. An event has the fields of `facts/event.ts` with `time` for `timeMs`; a consent
// line says what a person chose and what they were shown. A consent line is read so that a mistake in it can
// only make less allowed.

import { DATA_CATEGORIES } from '../facts/category.ts';
import {
  ALL_CLASSES,
  type GrantCategory,
  classOfCategory,
  parseGrantCategories,
} from '../facts/declared-class.ts';
import { EVENT_KINDS, type EventKind } from '../facts/event.ts';
import { CONSENT_STATES, type GrantChange, type NoticeRef } from '../facts/grant.ts';
import { parsePersonId } from '../facts/ids.ts';
import { SENSITIVE_CLASSES } from '../facts/item.ts';
import { parseVersion } from '../facts/parse-notice.ts';
import { type Parsed, type Problem, parseText, parseWord, problem, within } from '../facts/parse.ts';
import { parsePlace } from '../facts/place.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../facts/purpose.ts';
import { NO_SIGNALS, type Signals, signalsKey } from '../facts/signals.ts';
import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { pick } from './allow.ts';
import { type LineDraft, parseTime } from './draft.ts';
import { type At, type Occurrence, emit, noteObjection, reportAt, withSource } from './emit.ts';
import type { Intake } from './intake.ts';
import { currencyCode } from './money.ts';
import { idText, parseKnown } from './people.ts';
import { readTraits } from './traits.ts';

const EVENT_FIELDS = [
  'fineline',
  'id',
  'kind',
  'person',
  'time',
  'source',
  'order',
  'lines',
  'items',
  'currency',
  'decision',
  'traits',
  'gpc',
  'signals',
] as const;
const LINE_FIELDS = ['item', 'quantity', 'priceMinor', 'price'] as const;
const TRAIT_FIELDS = ['birthYear', 'language', 'country', 'region', 'likes', 'dislikes', 'rating'] as const;
const CONSENT_FIELDS = [
  'fineline',
  'id',
  'person',
  'time',
  'source',
  'grants',
  'notice',
  'place',
  'gpc',
  'signals',
] as const;

/** Choices one line may hold: every category and every class of ours for every purpose, once. */
const CHANGES_MAX = (DATA_CATEGORIES.length + SENSITIVE_CLASSES.length) * GRANTABLE_PURPOSES.length;

/** Reads an event. `kindHint` is what a wrapping CloudEvent calls it. */
export function readPlainEvent(
  value: Readonly<Record<string, unknown>>,
  intake: Intake,
  at: At,
  kindHint?: EventKind,
): void {
  const given = pick(value, { allowed: EVENT_FIELDS, path: '', tally: intake.tally });
  const kind = parseWord(given.kind ?? kindHint, EVENT_KINDS, 'kind');
  if (!kind.ok) return reportAt(intake, at, kind.error);
  const person = parseKnown(given.person, 'person');
  if (!person.ok) return reportAt(intake, at, person.error);
  const place = withSource(at, given.source);
  if (!place.ok) return reportAt(intake, at, place.error);
  const signals = signalsIn(given, intake);
  noteObjection(intake, { person: person.value }, { purposes: [], signals, time: given.time });
  const said = pick(given.traits, { allowed: TRAIT_FIELDS, path: 'traits', tally: intake.tally });
  const { traits, problems } = readTraits(said, intake.context.nowMs);
  for (const found of problems) reportAt(intake, at, { ...found, field: `traits/${found.field}` });
  if (kind.value === 'declare' && traits === undefined) {
    return reportAt(intake, at, problem('traits', 'something the person said', 'Send at least one trait.'));
  }
  const currency = currencyCode(given.currency);
  const occurrence: Occurrence = {
    kind: kind.value,
    id: given.id,
    order: given.id === undefined ? given.order : undefined,
    time: given.time,
    lines: linesOf(given.lines ?? given.items, intake),
    decision: given.decision,
    ...(currency === undefined ? {} : { currency }),
    ...(traits === undefined ? {} : { traits }),
  };
  emit(intake, place.value, { who: { person: person.value }, occurrence, linesPath: 'lines' });
}

function linesOf(lines: unknown, intake: Intake): readonly LineDraft[] {
  if (!Array.isArray(lines)) return [];
  return lines.map((entry) => {
    const line = pick(entry, { allowed: LINE_FIELDS, path: 'lines/*', tally: intake.tally });
    return line;
  });
}

/**
 * Reads a consent line. Every "no" that can be read holds, whatever else is wrong; a "yes" holds only when
 * the whole line could be read, names its notice and comes from a registered source.
 */
export function readConsentLine(value: Readonly<Record<string, unknown>>, intake: Intake, at: At): void {
  const given = pick(value, { allowed: CONSENT_FIELDS, path: '', tally: intake.tally });
  const wrong: Problem[] = [];
  const keep = <T>(parsed: Parsed<T>): T | undefined => {
    if (parsed.ok) return parsed.value;
    wrong.push(parsed.error);
    return undefined;
  };
  const person = keep(parsePersonId(idText(given.person)));
  // A no is obeyed in whatever name; a yes needs one that is somebody's.
  if (person !== undefined) keep(parseKnown(person, 'person'));
  const source = keep(withSource(at, given.source))?.envelope.source ?? intake.context.source;
  if (source === undefined || intake.context.channelOf(source) === undefined) {
    wrong.push(problem('source', 'a registered source', 'Register where the data comes from, then name it.'));
  }
  const time = given.time === undefined ? at.envelope.time : keep(parseTime(given.time, 'time'));
  // Post from the future would outlive every no that is said until then.
  if (time !== undefined && time > intake.context.nowMs + LIMITS.clockSkewMsMax) {
    wrong.push(problem('time', 'a time that is not ahead of now', 'Set the clock of whoever sends it.'));
  }
  const changes = changesOf(given.grants, wrong);
  const notice = given.notice === undefined ? undefined : keep(parseNotice(given.notice, intake));
  const place = given.place === undefined ? undefined : keep(parsePlace(given.place));
  if (notice === undefined && changes.some((change) => change.state === 'given')) {
    wrong.push(problem('notice', 'the notice the person saw', 'Send {"id": …, "language": …}.'));
  }
  for (const found of wrong) reportAt(intake, at, found);
  if (person === undefined || source === undefined) return;
  const kept = wrong.length === 0 ? changes : changes.filter((change) => change.state !== 'given');
  const signals = signalsIn(given, intake);
  if (kept.length === 0 && signals === NO_SIGNALS) return;
  intake.consents.push({
    person,
    source,
    timeMs: time ?? intake.context.nowMs,
    changes: kept,
    signals,
    ...(notice === undefined ? {} : { notice }),
    ...(place === undefined ? {} : { place }),
  });
}

/** `NO_SIGNALS` itself when nothing objects. */
function signalsIn(
  given: { readonly gpc?: unknown; readonly signals?: unknown },
  { context }: Intake,
): Signals {
  const json = {
    ...(given.gpc === undefined ? {} : { gpc: given.gpc }),
    ...(given.signals === undefined ? {} : { signals: given.signals }),
  };
  const isSaid = given.gpc !== undefined || given.signals !== undefined;
  const signals = isSaid ? context.readSignals(json) : NO_SIGNALS;
  return signalsKey(signals) === NO_KEY ? NO_SIGNALS : signals;
}

const NO_KEY = signalsKey(NO_SIGNALS);

function changesOf(grants: unknown, wrong: Problem[]): readonly GrantChange[] {
  if (!Array.isArray(grants) || grants.length > CHANGES_MAX) {
    wrong.push(
      problem('grants', `a list of at most ${CHANGES_MAX} choices`, 'Send [{category, purpose, state}].'),
    );
    return [];
  }
  const changes: GrantChange[] = [];
  for (const [index, entry] of grants.entries()) {
    changes.push(...parseEntry(entry, `grants/${index}`, wrong));
  }
  if (contradicts(changes)) {
    wrong.push(problem('grants', 'each choice once, a yes or a no', 'Send only what the person chose.'));
  }
  return changes;
}

/** Whether one line says both yes and no to the same. */
function contradicts(changes: readonly GrantChange[]): boolean {
  const key = (category: GrantCategory, purpose: Purpose): string => `${category} ${purpose}`;
  const noes = new Set<string>();
  for (const { category, purpose, state } of changes) if (state !== 'given') noes.add(key(category, purpose));
  return changes.some(
    ({ category, purpose, state }) =>
      state === 'given' &&
      (noes.has(key(category, purpose)) ||
        (classOfCategory(category) !== undefined && noes.has(key(ALL_CLASSES, purpose)))),
  );
}

function parseEntry(entry: unknown, field: string, wrong: Problem[]): readonly GrantChange[] {
  const choice: Readonly<Record<string, unknown>> =
    typeof entry === 'object' && entry !== null ? { ...entry } : {};
  const purpose = parseWord(choice['purpose'], GRANTABLE_PURPOSES, `${field}/purpose`);
  const said = parseWord(choice['state'], CONSENT_STATES, `${field}/state`);
  // A state nobody can read is not a yes, so it is a no.
  const state = said.ok ? said.value : 'refused';
  const categories = within(field, parseGrantCategories(choice['category'], { isYes: state === 'given' }));
  for (const part of [categories, purpose, said]) if (!part.ok) wrong.push(part.error);
  if (!categories.ok || !purpose.ok) return [];
  return categories.value.map((category) => ({ category, purpose: purpose.value, state }));
}

function parseNotice(value: unknown, intake: Intake): Parsed<NoticeRef> {
  const notice = pick(value, { allowed: ['id', 'language', 'version'], path: 'notice', tally: intake.tally });
  const id = parseText(notice.id, { field: 'notice/id', lengthMax: LIMITS.idLengthMax });
  if (!id.ok) return id;
  const language = parseText(notice.language, { field: 'notice/language', lengthMax: 35 });
  if (!language.ok) return err(problem('notice/language', 'a BCP 47 tag', 'Send for instance "de".'));
  const named = { id: id.value, language: language.value };
  if (notice.version === undefined) return ok(named);
  const version = within('notice', parseVersion(notice.version));
  return version.ok ? ok({ ...named, version: version.value }) : version;
}
