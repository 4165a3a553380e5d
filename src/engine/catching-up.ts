// Catching up with other engines. Who is in memory is a fold of their journal up to a number, so what others
// wrote since is folded on top: one question for all who are asked about in the same moment, and for most
// people no answer. To read everybody anew costs a hundred times as much (keys, snapshot, the whole journal),
// and so does a record that is refused because another engine was faster.
//
//     in memory, up to n ─▶ what came after n? ─▶ nothing ─▶ as it is
//                                └─▶ shown, done ─▶ folded ─▶ as it is now
//                                └─▶ a word, a snapshot, gone ─▶ let go and read anew, keys too

import { isFault } from '../kernel/fault.ts';
import type { EntryKind } from '../facts/entry.ts';
import type { Person } from './person.ts';
import type { News, PersonKey, PersonStore, ReadUpTo } from './ports.ts';

/** Questions in one statement. */
const ASKED_MAX = 1000;
/** Times in a row that nobody else had written, until a person is taken to be here alone again. */
const ALONE_AFTER = 3;
/** People remembered to roam; who was found to longest ago goes first. */
const ROAMING_MAX = 100_000;

/**
 * What changes neither what is allowed nor whom the person is joined with. All else has to do with their keys
 * as well (withdrawals, an erasure), and is rare.
 */
const FOLDED: readonly EntryKind[] = ['decision', 'digest', 'event'];

export interface CatchingUp {
  /** What was written to this person after what is in memory; asked together with others. */
  news(person: Pick<Person, 'key' | 'nextSeq'>): Promise<News | undefined>;
  /** Whether others wrote to them when that was last known. */
  roams(key: PersonKey): boolean;
  /** Somebody else wrote to them, or nobody had. */
  found(key: PersonKey, isByOthers: boolean): void;
}

export function createCatchingUp(store: Pick<PersonStore, 'since'>): CatchingUp {
  const roaming = new Map<PersonKey, number>();
  const ask = asking(store);
  return {
    news: ({ key, nextSeq }) => ask({ person: key, seq: nextSeq - 1 }),
    roams: (key) => roaming.has(key),
    found: (key, isByOthers) => {
      const times = isByOthers ? ALONE_AFTER : (roaming.get(key) ?? 0) - 1;
      if (!isByOthers && times < 0) return;
      roaming.delete(key);
      if (times > 0) roaming.set(key, times);
      if (roaming.size <= ROAMING_MAX) return;
      for (const oldest of roaming.keys()) {
        roaming.delete(oldest);
        return;
      }
    },
  };
}

/** Whether folding this on top gives what reading anew would. */
export function isFoldable({ nextSeq }: Person, { snapshotSeq, entries }: News): boolean {
  if (snapshotSeq === undefined || snapshotSeq >= nextSeq) return false;
  return entries.every(({ kind }) => FOLDED.includes(kind));
}

interface Asking extends ReadUpTo {
  readonly answer: (news: News | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * One statement is under way at a time, and takes along all who came while the one before was: the more ask,
 * the less each costs.
 */
function asking(store: Pick<PersonStore, 'since'>): (asked: ReadUpTo) => Promise<News | undefined> {
  let waiting: Asking[] = [];
  let isUnderWay = false;

  const beginTurn = (): void => {
    if (isUnderWay || waiting.length === 0) return;
    isUnderWay = true;
    const turn = waiting.slice(0, ASKED_MAX);
    waiting = waiting.slice(ASKED_MAX);
    void answerAll(store, turn).finally(() => {
      isUnderWay = false;
      beginTurn();
    });
  };

  return (asked) =>
    new Promise((answer, fail) => {
      waiting.push({ ...asked, answer, fail });
      // Whoever asks in the same turn of the loop comes along.
      if (waiting.length === 1) void Promise.resolve().then(beginTurn);
    });
}

async function answerAll(store: Pick<PersonStore, 'since'>, turn: readonly Asking[]): Promise<void> {
  // Two may ask about one person, and one of them know more.
  const least = new Map<PersonKey, number>();
  for (const { person, seq } of turn) least.set(person, Math.min(seq, least.get(person) ?? seq));
  try {
    const news = await store.since([...least].map(([person, seq]) => ({ person, seq })));
    for (const asked of turn) asked.answer(after(asked, news.get(asked.person)));
  } catch (error) {
    // What is damaged of one must not be everybody's fault.
    if (least.size > 1 && isFault(error, 'damaged'))
      await Promise.all(turn.map((one) => answerAll(store, [one])));
    else for (const { fail } of turn) fail(error);
  }
}

function after({ seq: read }: ReadUpTo, news: News | undefined): News | undefined {
  if (news?.snapshotSeq === undefined) return news;
  const entries = news.entries.filter(({ seq }) => seq > read);
  return entries.length === 0 && news.snapshotSeq <= read ? undefined : { ...news, entries };
}
