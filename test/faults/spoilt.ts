// Tells a round that the machine spoilt from one that found something. Only where the machine gave a process
// that merely waits no turn for seconds, and only what is found by waiting, is doubted; such a round is run
// again, and the report says so. What contradicts the books is found, however slow the machine was.

import { WRONGS, type Wrong } from './book.ts';
import { type RoundReport, isGood } from './round.ts';
import { STANDS_MS } from './standing.ts';

/** Found because something did not come in time. */
const BY_WAITING: ReadonlySet<Wrong> = new Set(['stuck', 'promises', 'statistics']);
const TRIES_MAX = 3;

export function isSpoilt({ wrong, stoodMs }: Pick<RoundReport, 'wrong' | 'stoodMs'>): boolean {
  const found = WRONGS.filter((kind) => wrong[kind] !== undefined);
  return found.length > 0 && stoodMs >= STANDS_MS && found.every((kind) => BY_WAITING.has(kind));
}

export interface Judging {
  readonly run: () => Promise<RoundReport>;
  /** Hears why a round is run again. */
  readonly again: (why: string) => void;
}

/** The round, run again while the machine spoils it; the last is as it is. */
export async function judged({ run, again }: Judging): Promise<RoundReport> {
  const spoilt: string[] = [];
  for (let tries = 1; ; tries += 1) {
    const report = await run();
    if (isGood(report) || !isSpoilt(report) || tries === TRIES_MAX) return { ...report, spoilt };
    const found = Object.values(report.wrong).flat()[0] ?? '';
    const why = `the machine stood still for ${(report.stoodMs / 1000).toFixed(1)} s; ${found}`.slice(0, 300);
    spoilt.push(why);
    again(why);
  }
}
