// Counting that several engines share. Each owns some parts of the people, reads who of them was written to,
// opens those through the door, and keeps what they add now, sealed, together with how far it has come: a
// page is kept once, wherever somebody dies. What a person adds replaces what they added before, so a page
// that is counted twice, by two owners even, says the same.
//
//     part taken ─▶ round asked for? ─▶ position noted ─▶ everybody of it, page by page ─▶ followed
//         └── somebody else took it: nothing more is kept

import type { Core } from './core.ts';
import { wholeShareOf } from './learning.ts';
import { settlePerson } from './maintaining.ts';
import { type Others, hasRole } from './others.ts';
import type { Person } from './person.ts';
import type { PartMove, PartState, PersonKey, Sharing } from './ports.ts';
import { isRoundUnder } from './rounds.ts';
import { isEmptyShare, sealShare } from './sealed-share.ts';

/** People of one page, kept together. */
const PAGE = 128;
/** People opened at the same time. */
const AT_ONCE = 32;
/** People of a turn, about a second of work: whatever else follows is not held up for longer. */
const PEOPLE_PER_TURN = 1024;

/** One turn over the parts that are this engine's. */
export async function countParts(core: Core): Promise<void> {
  const { others } = core;
  const { sharing } = core.world;
  if (sharing === undefined || others === undefined || !hasRole(core, 'learn')) return;
  const mine = await sharing.own();
  for (const part of others.parts.keys()) if (!mine.has(part)) others.parts.delete(part);
  if (mine.size === 0) return;
  const states = (await sharing.parts()).filter(({ part }) => mine.has(part));
  let people = PEOPLE_PER_TURN;
  for (const state of longestAgoFirst(others, states)) {
    if (people <= 0) return;
    if (!isRoundUnder(core, state.round)) continue;
    const taken = await takenState(others, sharing, state);
    if (taken !== undefined) people -= await countPart(core, sharing, { state: taken, people });
  }
}

/** A part with many changes does not keep those behind it from their turn. */
function longestAgoFirst({ parts }: Others, states: readonly PartState[]): readonly PartState[] {
  const turns = new Map([...parts.keys()].map((part, at) => [part, at]));
  const turnOf = ({ part }: PartState): number => turns.get(part) ?? -1;
  return states.toSorted((a, b) => turnOf(a) - turnOf(b));
}

/** As it is, when it was taken already; or taken now. */
async function takenState(
  { parts }: Others,
  sharing: Sharing,
  state: PartState,
): Promise<PartState | undefined> {
  const isTaken = parts.get(state.part) === state.token;
  const taken = isTaken ? state : await sharing.take(state.part);
  parts.delete(state.part);
  if (taken !== undefined) parts.set(state.part, taken.token);
  return taken;
}

interface Turn {
  readonly state: PartState;
  /** At least so many, where there are so many. */
  readonly people: number;
}

/** Answers how many people it counted. */
async function countPart(core: Core, sharing: Sharing, { state, people }: Turn): Promise<number> {
  let now = state;
  if (now.counting !== now.round) {
    // What is written from here on is followed afterwards.
    const upTo = (await core.world.commons?.beginning()) ?? '0';
    now = { ...now, counting: now.round, after: undefined, whole: false, upTo };
  }
  for (let done = 0; ;) {
    const { move, isAll } = now.whole
      ? await followed(core, sharing, now)
      : await counted(core, sharing, now);
    if (move === undefined) return done;
    if (!(await sharing.move(move))) {
      core.others?.parts.delete(now.part);
      return done;
    }
    now = move.to;
    done += move.shares.size + move.empty.size + move.gone.length;
    if (isAll || done >= people) return done;
  }
}

interface Step {
  /** `undefined`: nothing happened that anybody waits to hear of. */
  readonly move: PartMove | undefined;
  readonly isAll: boolean;
}

async function counted(core: Core, sharing: Sharing, state: PartState): Promise<Step> {
  const keys = await sharing.people(state.part, state.after, PAGE);
  const whole = keys.length < PAGE;
  const sealed = await sealedOf(core, keys, async (key) => (await settlePerson(core, key)).person);
  const to = { ...state, after: whole ? undefined : keys.at(-1), whole };
  return { move: { to, ...sealed }, isAll: false };
}

async function followed(core: Core, sharing: Sharing, state: PartState): Promise<Step> {
  const { people, upTo, isAll } = await sharing.changes(state.part, state.upTo);
  const isAwaited = core.world.commons?.isReached(state.goal, state.upTo) !== true;
  if (people.length === 0 && isAll && !isAwaited) return { move: undefined, isAll };
  const sealed = await sealedOf(core, people, (key) => core.people.caughtUpByKey(key));
  return { move: { to: { ...state, upTo }, ...sealed }, isAll };
}

type Open = (key: PersonKey) => Promise<Person | 'erased' | undefined>;

async function sealedOf(
  core: Core,
  keys: readonly PersonKey[],
  open: Open,
): Promise<Pick<PartMove, 'shares' | 'empty' | 'gone'>> {
  // Who they are was read, so what they bought stands in the catalogue by now. What a door does not know of
  // it does not let through, and before the next round nobody would count them again.
  if (keys.length > 0) await core.others?.takeCatalogue();
  const shares = new Map<PersonKey, Uint8Array>();
  const empty = new Map<PersonKey, Uint8Array>();
  const gone: PersonKey[] = [];
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    await Promise.all(
      keys.slice(at, at + AT_ONCE).map(async (key) => {
        const person = await durable(core, open, key);
        if (typeof person !== 'object' || person.leaving) {
          gone.push(key);
          return;
        }
        const whole = wholeShareOf(core, person);
        const sealed = sealShare(core.world.crypto, person.keys, key, whole);
        (isEmptyShare(whole) ? empty : shares).set(key, sealed);
      }),
    );
  }
  return { shares, empty, gone };
}

/** As the store has them: what is on its way may never arrive, and then nobody would count it back. */
async function durable(core: Core, open: Open, key: PersonKey): ReturnType<Open> {
  const person = await open(key);
  if (typeof person !== 'object') return person;
  const isOnItsWay = person.pending > 0 || person.withdrawing > 0 || person.lost;
  return isOnItsWay ? core.people.stored(person) : person;
}
