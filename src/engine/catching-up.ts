// Catching up with other engines. Who is in memory is a fold of their journal up to a number, so what others
// wrote since is folded on top: one question for all who are asked about in the same moment, and for most
// people no answer. To read everybody anew costs a hundred times as much (keys, snapshot, the whole journal),
// and so does a record that is refused because another engine was faster.
//
//     in memory, up to n ─▶ what came after n? ─▶ nothing ─▶ as it is
//                                └─▶ shown, done ─▶ folded ─▶ as it is now
//                                └─▶ a word, a snapshot, gone ─▶ let go and read anew, keys too

import { together } from '../kernel/together.ts';
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
  const ask = together((asked: readonly ReadUpTo[]) => newsOf(store, asked), {
    atOnceMax: ASKED_MAX,
  });
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

async function newsOf(
  store: Pick<PersonStore, 'since'>,
  asked: readonly ReadUpTo[],
): Promise<readonly (News | undefined)[]> {
  // Two may ask about one person, and one of them know more.
  const least = new Map<PersonKey, number>();
  for (const { person, seq } of asked) least.set(person, Math.min(seq, least.get(person) ?? seq));
  const news = await store.since([...least].map(([person, seq]) => ({ person, seq })));
  return asked.map((one) => after(one, news.get(one.person)));
}

function after({ seq: read }: ReadUpTo, news: News | undefined): News | undefined {
  if (news?.snapshotSeq === undefined) return news;
  const entries = news.entries.filter(({ seq }) => seq > read);
  return entries.length === 0 && news.snapshotSeq <= read ? undefined : { ...news, entries };
}
