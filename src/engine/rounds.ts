// Rounds of counting that several engines share. Whoever makes the models asks for one: everybody is counted
// under what is learned from now. A round that was begun under the same, on the same server, within a day is
// gone on with, whoever asked for it: then nobody is counted twice because an engine began.

import { DAY_MS } from '../kernel/time.ts';
import type { Core } from './core.ts';
import { learnedFrom } from './shelves.ts';
import type { PartState, Sharing } from './ports.ts';
import { PARTS } from './sharing-port.ts';

/** `era begun under`: of the server, milliseconds, `learnedFrom`. */
function roundOf(core: Core, era: string): string {
  return `${era} ${core.world.clock.nowMs()} ${underOf(core)}`;
}

function underOf({ policy, shelves }: Core): string {
  return learnedFrom(policy, shelves.shadow());
}

/**
 * Whether what is learned from here is what the round asks for; it may be that this engine has not heard yet.
 */
export function isRoundUnder(core: Core, round: string): boolean {
  return round !== '' && round.split(' ')[2] === underOf(core);
}

/**
 * Goes on with the round there is, where that says the same; or asks for one. `isNew`: for one in any case.
 * Answers whether it asked.
 */
export async function askRound(core: Core, sharing: Sharing, isNew: boolean): Promise<boolean> {
  const era = await sharing.era();
  if (!isNew && isGoodFor(core, await sharing.parts(), era)) return false;
  await sharing.ask(roundOf(core, era));
  return true;
}

function isGoodFor(core: Core, parts: readonly PartState[], era: string): boolean {
  const rounds = new Set(parts.map(({ round }) => round));
  const [round] = rounds;
  if (round === undefined || rounds.size > 1 || parts.length < PARTS) return false;
  const [roundEra, begunMs] = round.split(' ');
  const ageMs = core.world.clock.nowMs() - Number(begunMs);
  return roundEra === era && isRoundUnder(core, round) && Math.abs(ageMs) < DAY_MS;
}

/** Everybody is counted, in one round, under what is learned from now. */
export function isCounted(core: Core, parts: readonly PartState[]): boolean {
  const rounds = new Set(parts.map(({ round }) => round));
  if (parts.length < PARTS || rounds.size > 1) return false;
  return parts.every(
    ({ round, counting, whole }) => whole && counting === round && isRoundUnder(core, round),
  );
}
