// Consent that was given elsewhere, declared by the one who imports: one record per person, and only for
// those of whom there is no answer yet. A refusal or a withdrawal is an answer: an import never overrides it.

import type { ConsentChange } from '../../../engine/consenting.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { DataCategory } from '../../../facts/category.ts';
import type { GrantChange, NoticeRef } from '../../../facts/grant.ts';
import type { PersonId } from '../../../facts/ids.ts';
import type { Place } from '../../../facts/place.ts';
import type { Purpose } from '../../../facts/purpose.ts';
import { type Tally, addRefused } from './tally.ts';

export interface Declaration {
  readonly notice: NoticeRef;
  readonly categories: readonly DataCategory[];
  /** None: nothing is declared. */
  readonly purposes: readonly Purpose[];
}

export interface Declarer {
  /** Declares for those of `people` not seen before in this import. Durable when it resolves. */
  declare(people: ReadonlyMap<PersonId, Place | undefined>): Promise<void>;
}

export function createDeclarer(engine: Engine, declaration: Declaration, tally: Tally): Declarer {
  const seen = new Set<PersonId>();
  const changes: readonly GrantChange[] = declaration.categories.flatMap((category) =>
    declaration.purposes.map((purpose) => ({ category, purpose, state: 'given' as const })),
  );
  return {
    declare: async (people) => {
      if (changes.length === 0) return;
      const wanted: ConsentChange[] = [];
      for (const [person, place] of people) {
        if (seen.has(person)) continue;
        seen.add(person);
        const answers = await recordsOf(engine, person);
        if (answers > 0) tally.ownAnswers += 1;
        if (answers !== 0) continue;
        const change = {
          person,
          changes,
          notice: declaration.notice,
          method: 'import',
          byPerson: false,
        } as const;
        wanted.push(place === undefined ? change : { ...change, place });
      }
      if (wanted.length === 0) return;
      const { kept, refused } = await engine.importConsents(wanted);
      tally.consents += kept;
      for (const [reason, times] of Object.entries(refused)) addRefused(tally, reason, times);
    },
  };
}

/** Consent records of a person; −1 for one who was erased. */
export async function recordsOf(engine: Engine, person: PersonId): Promise<number> {
  const known = await engine.grants(person);
  if (known === 'no-such-person') return 0;
  if (known === 'erased') return -1;
  return typeof known['records'] === 'number' ? known['records'] : -1;
}
