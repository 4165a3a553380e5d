// What was looked at in turn. A fact adds up one thing over all looks and no longer knows what came before
// and after; so the newest looks of a person are kept beside the facts, and a session is what follows within
// half an hour. Nothing else is kept: a look leaves with its fact, and one that stays behind the door is in
// no session.

import type { Fact, Look, Profile } from '../facts/fact.ts';
import type { ItemId } from '../facts/ids.ts';
import { SESSION_GAP_MS, type Session } from '../facts/view.ts';
import { LIMITS } from '../kernel/limits.ts';

/**
 * The newest of these looks, each once, by time and then key. What is among the newest of all is among the
 * newest of any part, so it does not matter in which order they come.
 */
export function keepLooks(looks: readonly Look[], look: Look): readonly Look[] {
  let at = looks.length;
  while (at > 0 && compareLooks(looks[at - 1]!, look) > 0) at -= 1;
  const before = looks[at - 1];
  if (before !== undefined && compareLooks(before, look) === 0) return looks;
  if (looks.length < LIMITS.looksPerPersonMax) return looks.toSpliced(at, 0, look);
  return at === 0 ? looks : [...looks.slice(1, at), look, ...looks.slice(at)];
}

export function compareLooks(a: Look, b: Look): number {
  return a.timeMs - b.timeMs || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

interface Growing extends Session {
  readonly items: ItemId[];
  readonly keys: string[];
  readonly times: number[];
}

/** Sessions of the looks at `facts` that were made after `afterMs`, oldest first. */
export function sessionsOf(
  facts: readonly Fact[],
  { looks = [] }: Pick<Profile, 'looks'>,
  afterMs: number,
): readonly Session[] {
  const factOf = new Map(facts.map((fact) => [fact.key, fact]));
  const sessions: Growing[] = [];
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { key, timeMs } of looks) {
    const { item, quantity = 0 } = factOf.get(key) ?? {};
    if (item === undefined || !(quantity > 0) || timeMs <= afterMs) continue;
    if (timeMs - lastMs >= SESSION_GAP_MS) sessions.push({ items: [], keys: [], times: [] });
    const session = sessions.at(-1);
    session?.items.push(item);
    session?.keys.push(key);
    session?.times.push(timeMs);
    lastMs = timeMs;
  }
  return sessions;
}
