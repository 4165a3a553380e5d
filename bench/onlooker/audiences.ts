// What an onlooker sees who reads which mailings somebody gets: one for each leaf of the catalogue, for
// people who bought below it within half a year, each with a subject that names the first thing of the list.
// As hard as it gets: no shop sends so many, and nobody reads them all.

import { groundsIn, isMember } from '../../src/decide/audience.ts';
import type { Audience } from '../../src/facts/audience.ts';
import { parseAudienceName } from '../../src/facts/ids.ts';
import type { Item } from '../../src/facts/item.ts';
import { LIMITS } from '../../src/kernel/limits.ts';
import { assert } from '../../src/kernel/assert.ts';
import type { Arm, Split } from './arms.ts';
import { EMPTY, EMAIL, type Lists, listAt } from './lists.ts';
import { lifeOf, viewOf } from './people.ts';
import { END_MS, type TownLog } from './town-log.ts';

const DAYS = 180;

/** Once, and several times: whoever bought of a leaf, and whoever keeps coming back to it. */
const TIMES = [1, 3];

/** By leaf, in the order of the catalogue. */
export function mailingsOf(items: readonly Item[]): readonly Audience[] {
  const leaves = [...new Map(items.map(({ path }) => [path.join(' > '), path])).values()];
  return leaves
    .filter((path) => path.length > 0)
    .flatMap((path) =>
      TIMES.map((times): Audience => {
        const name = parseAudienceName(`${path.at(-1) ?? ''} ${times}`);
        assert(name.ok, 'a leaf can be named');
        const goods = { items: [], paths: [path], brands: [] };
        return { name: name.value, all: [{ by: 'bought', goods, days: DAYS, times }] };
      }),
    );
}

/** A place for each mailing, and one for what the subject names. */
export function widthOf(mailings: readonly Audience[]): number {
  return mailings.length + 1;
}

/**
 * For each person and world: of each mailing a mark where they get it, and the thing in its subject. Nobody
 * is in an audience of few, nor of nearly everybody. Where nothing guards, few are written to as well.
 */
export function mailedOf(
  town: TownLog,
  {
    split,
    arms,
    mailings,
  }: { readonly split: Split; readonly arms: readonly Arm[]; readonly mailings: readonly Audience[] },
): readonly Lists[] {
  const width = widthOf(mailings);
  const codeOf = new Map(town.items.map((item, code) => [item.id as string, code]));
  assert(mailings.length <= town.items.length, 'marks of mailings stand behind the things');
  return arms.map((arm) => {
    const lists = new Uint16Array(town.people * width).fill(EMPTY);
    const inside = new Uint32Array(mailings.length);
    for (let person = 0; person < town.people; person += 1) {
      const life = lifeOf(town.deedsOf(person), town.items, split.targets[person]!);
      life.liveUntil(END_MS);
      const view = viewOf(life.profile, {
        purpose: EMAIL.purpose,
        nowMs: END_MS,
        sensitiveOf: arm.sensitiveOf,
      });
      for (const [n, audience] of mailings.entries()) {
        const grounds = groundsIn(view, { audience, shelf: arm.shelf, mayReadPurchases: true });
        if (!isMember(audience, grounds)) continue;
        inside[n]! += 1;
        lists[person * width + n] = town.items.length + n;
      }
      const seed = person.toString(16).padStart(32, '0');
      const [first] = listAt(arm, life, { nowMs: END_MS, seed, exposures: [] });
      lists[person * width + width - 1] = codeOf.get(first?.item ?? '') ?? EMPTY;
    }
    if (arm.name !== 'bare') withoutFew(lists, { people: town.people, width, inside });
    return lists;
  });
}

/** An audience of few is written to by nobody; who is in none gets no subject. */
function withoutFew(
  lists: Lists,
  {
    people,
    width,
    inside,
  }: { readonly people: number; readonly width: number; readonly inside: Uint32Array },
): void {
  const k = LIMITS.peopleOutsideMin;
  for (let person = 0; person < people; person += 1) {
    const row = lists.subarray(person * width, (person + 1) * width);
    for (const [n, count] of inside.entries()) if (count < k || people - count < k) row[n] = EMPTY;
    if (row.subarray(0, -1).every((code) => code === EMPTY)) row[width - 1] = EMPTY;
  }
}
