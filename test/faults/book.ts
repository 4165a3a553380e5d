// The clients' own books: what they said, what was acknowledged, and when. Nothing in here comes from the
// system but its answers. Each acknowledgement is on disk (fsync) before it counts, as a client would have
// it who can be asked for it later.

import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { CATEGORIES, type Category, type Message, PURPOSES, type Said } from './shop.ts';

/** A no that was acknowledged, or an erasure: what may not be used by whatever is asked afterwards. */
export interface No {
  readonly categories: ReadonlySet<Category>;
  readonly ackedMs: number;
  /** When they began to say yes again. */
  untilMs?: number;
}

export interface Answered {
  readonly decision: string;
  readonly placement: string;
  readonly sentMs: number;
  readonly ackedMs: number;
  readonly items: readonly string[];
  /** Categories of facts that the answer gives as reasons. */
  readonly used: ReadonlySet<Category>;
  readonly node: number;
}

export interface Person {
  readonly name: string;
  state: 'new' | 'here' | 'erased';
  /** `category purpose` that stand as given. */
  readonly given: Set<string>;
  readonly noes: No[];
  readonly answers: Answered[];
  /** Acknowledged and admitted events, by id. */
  readonly events: Map<string, Message>;
  /** Acknowledged statements in order, as lines of the intake: what a fresh engine is told. */
  readonly told: object[];
  /**
   * A yes was sent and not answered. It may be done at any later moment, also after a no that was said in
   * between, so such a person says no such word any more: which of the two was last nobody could tell.
   */
  isYesUnsure: boolean;
  /** A no was sent and not answered: whenever it is done, it may deny everything. */
  isNoUnsure: boolean;
  /** Leaves (hex) that were promised, and for what. */
  readonly owed: Map<string, string>;
}

export interface Book {
  readonly people: Person[];
  readonly counts: Record<Counted, number>;
  /** What must never be, in words; empty when all is well. */
  readonly wrong: Map<Wrong, string[]>;
  write(what: string, line: Readonly<Record<string, unknown>>): void;
  found(kind: Wrong, words: string): void;
  close(): void;
}

export const COUNTED = [
  'requests',
  'events',
  'choices',
  'noes',
  'decisions',
  'erasures',
  'refused',
  'unanswered',
  'leaves',
] as const;
export type Counted = (typeof COUNTED)[number];

export const WRONGS = [
  'lost',
  'doubled',
  'caps',
  'against',
  'forks',
  'promises',
  'statistics',
  'failed',
  'stuck',
] as const;
/**
 * lost, doubled: acknowledged and not there, or more than once. against: decided against a no. failed: an
 * answer that no client should get. stuck: a node that does not answer again.
 */
export type Wrong = (typeof WRONGS)[number];

export function openBook(file: string): Book {
  const fd = openSync(file, 'a', 0o600);
  const counts = Object.fromEntries(COUNTED.map((name) => [name, 0])) as Record<Counted, number>;
  const wrong = new Map<Wrong, string[]>();
  return {
    people: [],
    counts,
    wrong,
    write: (what, line) => {
      const atMs = Math.round(performance.timeOrigin + performance.now());
      writeSync(fd, `${JSON.stringify({ atMs, what, ...line })}\n`);
      fdatasyncSync(fd);
    },
    found: (kind, words) => {
      const list = wrong.get(kind) ?? [];
      wrong.set(kind, list);
      if (!list.includes(words)) list.push(words);
    },
    close: () => closeSync(fd),
  };
}

export function newPerson(book: Book, name: string): Person {
  const person: Person = {
    name,
    state: 'new',
    given: new Set(),
    noes: [],
    answers: [],
    events: new Map(),
    told: [],
    isYesUnsure: false,
    isNoUnsure: false,
    owed: new Map(),
  };
  book.people.push(person);
  return person;
}

const NEEDS = { view: 'browsing', click: 'interactions', purchase: 'purchases' } as const;
export const EFFECTS = { view: 'viewed', click: 'clicked', purchase: 'bought' } as const;
export const CATEGORY_OF: Readonly<Record<string, Category>> = {
  viewed: 'browsing',
  clicked: 'interactions',
  bought: 'purchases',
};

/** Orders rest on the contract; everything else needs a yes for anything. */
export function admits({ given }: Person, { kind }: Message): boolean {
  return kind === 'purchase' || PURPOSES.some((purpose) => given.has(`${NEEDS[kind]} ${purpose}`));
}

/** When something was sent, of a choice for the first time, and when it was answered. */
export interface SaidAt {
  readonly sentMs: number;
  readonly ackedMs: number;
}

/** What an acknowledged choice changes. Events that nothing allows any more are gone with it. */
export function applyChoice(person: Person, said: readonly Said[], { sentMs, ackedMs }: SaidAt): void {
  person.state = 'here';
  // A yes is one to everything.
  if (said.every(({ state }) => state === 'given')) for (const no of person.noes) no.untilMs ??= sentMs;
  for (const { category, purpose, state } of said) {
    if (state === 'given') person.given.add(`${category} ${purpose}`);
    else person.given.delete(`${category} ${purpose}`);
  }
  const taken = said.filter(({ state, purpose }) => state !== 'given' && purpose === 'recommend');
  if (taken.length > 0)
    person.noes.push({ categories: new Set(taken.map(({ category }) => category)), ackedMs });
  for (const [id, message] of person.events) if (!admits(person, message)) person.events.delete(id);
}

/** Counts as an export should tell them: `viewed coat-1` → times. */
export function countsOf({ events }: Person): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, lines } of events.values()) {
    for (const item of new Set(lines.map((line) => line.item))) {
      const key = `${EFFECTS[kind]} ${item}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * Categories that nothing asked for and answered at those moments may rest on. What was under way when they
 * began to say yes again may have been decided after that.
 */
export function barredAt({ noes }: Person, { sentMs, ackedMs }: SaidAt): ReadonlySet<Category> {
  const inForce = noes.filter(
    (no) => no.ackedMs < sentMs && (no.untilMs === undefined || ackedMs < no.untilMs),
  );
  return new Set(inForce.flatMap(({ categories }) => [...categories]));
}

export const ALL_CATEGORIES: ReadonlySet<Category> = new Set(CATEGORIES);
