// People who look around before they have an account. Their lines carry the name of a browser or app and
// nothing else, and the guest answers the notice for themselves, or closes it. When they come with an account
// the first line names both, as shops' tags do; that is all a shop ever gets to know of it, and it joins
// nobody: only the two of them can (src/engine/joining.ts).

import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/kernel/time.ts';
import { answerAll } from './consent-choices.ts';
import { drawLeaf } from './errands.ts';
import { NOTICE_ID } from './formats.ts';
import { streamOf, type TownFrame } from './person.ts';
import { pickFromLeaf } from './pick.ts';
import type { Act, Guest, TownPerson } from './types.ts';

const LOOKS_MIN = 2;
const LOOKS_SPREAD = 3;

/** One visit of a guest: their answer if it is the first, then two to four looks at things. */
export function guestVisit(frame: TownFrame, person: TownPerson, guest: Guest, day: number): readonly Act[] {
  const random = streamOf(frame.seed, 'guest visit', person.index, day);
  const { visitor, source } = guest;
  const own = { person: `guest:${visitor}`, source, visitor };
  const startMs = frame.startMs + day * DAY_MS + person.rhythm.hour * HOUR_MS;
  let timeMs = startMs + random.below(HOUR_MS);
  const acts: Act[] = [];
  if (day === guest.days[0] && guest.answer !== 'none') {
    const { country, region, language, gpc } = person;
    const place = region === undefined ? { country } : { country, region };
    const grants = answerAll(guest.answer);
    acts.push({ kind: 'consent', ...own, timeMs, notice: NOTICE_ID, grants, language, place, gpc });
  }
  for (let looks = LOOKS_MIN + random.below(LOOKS_SPREAD); looks > 0; looks -= 1) {
    timeMs += (15 + random.below(120)) * SECOND_MS;
    const leaf = drawLeaf(random, person.tastes, 'any');
    const product = leaf === undefined ? undefined : pickFromLeaf(random, leaf, false);
    if (product === undefined) continue;
    const id = `e-${visitor}-${day}-${acts.length}`;
    acts.push({ kind: 'view', id, ...own, timeMs, line: { item: product.id, quantity: 1 } });
  }
  return acts;
}

/** The first time with an account, half a minute before anything else, where they had looked around. */
export function signIn(person: TownPerson, firstMs: number, day: number): readonly Act[] {
  const { guest, id } = person;
  if (guest === undefined) return [];
  const { source, visitor } = guest;
  return [
    {
      kind: 'sign-in',
      id: `e-${id}-${day}-in`,
      person: id,
      source,
      visitor,
      timeMs: firstMs - 30 * SECOND_MS,
    },
  ];
}
