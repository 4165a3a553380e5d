// What surfaces hand over as it came: messages of any intake format, consent requests, signals, items. It is
// read here by the stages, so that HTTP, command line and queues take in exactly the same things in the same
// way.
//
// Order within one call: first every choice of a person, then the events. A batch that brings a yes and the
// events it covers goes in whole; one that brings a no is obeyed before anything of it is kept.

import { EMPTY_CHAIN } from '../consent/chain.ts';
import { resolvePack } from '../consent/packs.ts';
import { signalsOf } from '../consent/signals.ts';
import { cleanLink } from '../collect/catalogue/clean.ts';
import { withClass } from '../collect/catalogue/with-class.ts';
import { taxonomyId } from '../collect/catalogue/taxonomy-id.ts';
import { type ConsentLine, type Objection, collect } from '../collect/collect.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { type ConsentMethod, type GrantChange, type NoticeRef, grantKey } from '../facts/grant.ts';
import type { PersonId, SourceId } from '../facts/ids.ts';
import type { Item, SensitiveClass } from '../facts/item.ts';
import type { Problem } from '../facts/parse.ts';
import type { Place } from '../facts/place.ts';
import { NO_SIGNALS, type Signals, endedBy } from '../facts/signals.ts';
import type { Purpose } from '../facts/purpose.ts';
import { type RefusalReason, isRefusal } from '../facts/refusal.ts';
import { raced } from './racing.ts';
import type { Engine } from './engine.ts';

export { parseConsentRequest } from '../consent/request.ts';
export { signalsOf } from '../consent/signals.ts';
export { type EmptyReason, type Slot, type Told, plainItem, slot } from '../deliver/slot.ts';

export interface IntakeOptions {
  readonly place?: Place;
  readonly signals: Signals;
  /** Where it comes from when a message does not say. */
  readonly source?: SourceId;
}

export interface Taken {
  /** Events kept now. */
  readonly accepted: number;
  /** Events known already. */
  readonly repeated: number;
  /** Of both, so many wait in an event stream: confirmed, and not in effect yet. */
  readonly waiting?: number;
  /** Records of people's choices kept now. */
  readonly consents: number;
  /** Understood, and nothing for us. */
  readonly ignored: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** Fields that were left out, by path: what a shop sends without need. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
  readonly problemsTotal: number;
}

type Counts = Partial<Record<RefusalReason, number>>;

/** What takes things in: the engine itself, or the intake of an event stream (streaming.ts). */
export type IntakeHost = Pick<Engine, 'core' | 'collect' | 'consent'>;

/**
 * Takes in one parsed JSON value. Resolves when all that was accepted is durable. The same value again
 * changes nothing.
 */
export async function intake(engine: IntakeHost, value: unknown, options: IntakeOptions): Promise<Taken> {
  const { core } = engine;
  const nowMs = core.world.clock.nowMs();
  const read = collect(value, {
    controller: core.config.controller,
    channelOf: (source) => core.sources.get(source)?.channel,
    nowMs,
    readSignals: (json) => signalsOf({ secGpc: undefined, json }, core.strings),
    ...(options.source === undefined ? {} : { source: options.source }),
  });
  const refused: Counts = {};
  const consents = await keepChoices(engine, choicesOf(engine, read, options), refused);
  const { place, signals } = options;
  const kept = await engine.collect({
    events: read.events,
    signals,
    notAfterMs: new Map(read.expiries.map(({ event, notAfterMs }) => [event, notAfterMs])),
    ...(place === undefined ? {} : { place }),
  });
  for (const [reason, times] of Object.entries(kept.refused)) count(refused, reason as RefusalReason, times);
  const { dropped, problems, problemsTotal, ignored } = read;
  return {
    accepted: kept.admitted,
    repeated: kept.repeated,
    ...(kept.waiting === undefined ? {} : { waiting: kept.waiting }),
    consents,
    ignored,
    refused,
    dropped,
    problems,
    problemsTotal,
  };
}

interface Choice {
  readonly person: PersonId;
  readonly changes: readonly GrantChange[];
  readonly notice: NoticeRef;
  readonly method: ConsentMethod;
  readonly timeMs: number;
  readonly place?: Place;
}

/** Stands where a person said no without having been shown anything. */
const NO_NOTICE: NoticeRef = { id: 'none', language: 'und' };

interface Read {
  readonly consents: readonly ConsentLine[];
  readonly objections: readonly Objection[];
}

/** Every choice in the batch as a change of grants, oldest first. */
function choicesOf(engine: IntakeHost, read: Read, options: IntakeOptions): readonly Choice[] {
  const choices: Choice[] = [];
  for (const line of read.consents) {
    const noticeId = engine.core.sources.get(line.source)?.noticeId;
    const shown = noticeId === undefined ? NO_NOTICE : { id: noticeId, language: 'und' };
    const place = line.place ?? options.place;
    const base = {
      person: line.person,
      timeMs: line.timeMs,
      notice: line.notice ?? shown,
      ...(place === undefined ? {} : { place }),
    };
    const ended = endedBy(line.signals, resolvePack([place ?? engine.core.config.defaultPlace]));
    // A yes that the signals of its own line take back is never said: no question may come between the two.
    const said = line.changes.filter(({ purpose, state }) => state !== 'given' || !ended.includes(purpose));
    if (said.length > 0) choices.push({ ...base, changes: said, method: 'api' });
    if (ended.length > 0) choices.push({ ...base, changes: refusalsOf(ended), method: 'signal' });
  }
  const here = resolvePack([options.place ?? engine.core.config.defaultPlace]);
  for (const { person, purposes, timeMs, signals = NO_SIGNALS } of read.objections) {
    const ended = new Set([...purposes, ...endedBy(signals, here)]);
    if (ended.size === 0) continue;
    choices.push({ person, timeMs, notice: NO_NOTICE, changes: refusalsOf([...ended]), method: 'signal' });
  }
  return choices.sort((a, b) => a.timeMs - b.timeMs);
}

function refusalsOf(purposes: readonly Purpose[]): readonly GrantChange[] {
  return purposes.flatMap((purpose) =>
    DATA_CATEGORIES.map((category) => ({ category, purpose, state: 'refused' as const })),
  );
}

/** One person's choices follow each other; different people do not wait for each other. */
async function keepChoices(engine: IntakeHost, choices: readonly Choice[], refused: Counts): Promise<number> {
  let kept = 0;
  const last = new Map<PersonId, Promise<void>>();
  for (const choice of choices) {
    const before = last.get(choice.person) ?? Promise.resolve();
    last.set(
      choice.person,
      before.then(async () => {
        // Judged again where another engine heard a word in between.
        const { answer, isStale } = await raced(engine.core, () => keepNews(engine, choice));
        if (isStale) count(refused, 'consent-state-stale', 1);
        if (answer === 'kept') kept += 1;
        else if (answer !== 'nothing') count(refused, answer, 1);
      }),
    );
  }
  await Promise.all(last.values());
  return kept;
}

interface Answered {
  readonly answer: 'kept' | 'nothing' | RefusalReason;
  /** A yes was left out that is older than the no that stands. */
  readonly isStale: boolean;
}

async function keepNews(engine: IntakeHost, choice: Choice): Promise<Answered> {
  const { said: changes, heard, isStale } = await newIn(engine, choice);
  if (changes.length === 0) return { answer: 'nothing', isStale };
  const { person, notice, method, place } = choice;
  const where = place === undefined ? {} : { place };
  const answer = await engine.consent({ person, notice, method, changes, byPerson: false, heard, ...where });
  if (answer === 'suppressed') return { answer, isStale };
  return { answer: isRefusal(answer) ? answer.refused : 'kept', isStale };
}

interface News extends Pick<Answered, 'isStale'> {
  readonly said: readonly GrantChange[];
  /** Hash of the word it was judged by. */
  readonly heard: string;
}

/**
 * Changes that are news. A yes that is older than a no that stands is late post and does not count; a no
 * always counts, unless it stands already: events that carry the same objection a hundred times leave one
 * record.
 */
async function newIn(engine: IntakeHost, choice: Choice): Promise<News> {
  const person = await engine.core.people.fresh(choice.person);
  if (person === undefined || person === 'erased')
    return { said: choice.changes, heard: EMPTY_CHAIN.head, isStale: false };
  let isStale = false;
  const said = choice.changes.filter(({ category, purpose, state }) => {
    const standing = person.chain.grants.get(grantKey(category, purpose));
    if (standing === undefined) return true;
    if (state !== 'given') return standing.state === 'given';
    const late = standing.sinceMs >= choice.timeMs;
    isStale ||= late && standing.state !== 'given';
    return !late;
  });
  return { said, heard: person.chain.head, isStale };
}

function count(counts: Counts, reason: RefusalReason, times: number): void {
  if (times > 0) counts[reason] = (counts[reason] ?? 0) + times;
}

/**
 * An item as a shop sends it; `sensitive` is the shop's own label, which can add a class and never take one
 * away.
 */
export type ItemOffer = Omit<Item, 'sensitive' | 'unmapped'> & { readonly sensitive?: SensitiveClass };

/**
 * The item with its sensitive class, without links that are no safe web address, without a category that is
 * no number of a published taxonomy.
 */
export function itemFrom({ sensitive, link, imageLink, category, ...item }: ItemOffer): Item {
  const safe = link === undefined ? undefined : cleanLink(link);
  const safeImage = imageLink === undefined ? undefined : cleanLink(imageLink);
  const known = category === undefined ? undefined : taxonomyId(category);
  const links = {
    ...(known === undefined ? {} : { category: known }),
    ...(safe === undefined ? {} : { link: safe }),
    ...(safeImage === undefined ? {} : { imageLink: safeImage }),
  };
  return withClass({ ...item, ...links }, sensitive === undefined ? {} : { label: sensitive });
}
