// Seconds of processor time from /proc, for processes that were not written to tell: each with its threads,
// and where it has children that came and went, those that ended as well.

import { readFileSync, readdirSync } from 'node:fs';

/** Linux counts 100 ticks a second. */
const TICKS_PER_SECOND = 100;

interface Stat {
  readonly parent: number;
  readonly ownTicks: number;
  /** Of children that have ended and were waited for. */
  readonly endedTicks: number;
}

function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name stands in brackets and may hold anything; what follows is numbers (proc(5)).
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const number = (at: number): number => Number(fields[at]);
  return { parent: number(1), ownTicks: number(11) + number(12), endedTicks: number(13) + number(14) };
}

/** User and system time of one process and all its threads. */
export function cpuSecondsOf(pid: number): number {
  return (statOf(pid)?.ownTicks ?? 0) / TICKS_PER_SECOND;
}

/**
 * The same of a process with all its children, gone ones included: a server with a process per connection.
 */
export function familyCpuSeconds(pid: number): number {
  let ticks = (statOf(pid)?.ownTicks ?? 0) + (statOf(pid)?.endedTicks ?? 0);
  for (const name of readdirSync('/proc')) {
    const child = Number(name);
    if (!Number.isInteger(child)) continue;
    const stat = statOf(child);
    if (stat?.parent === pid) ticks += stat.ownTicks + stat.endedTicks;
  }
  return ticks / TICKS_PER_SECOND;
}

/** Bytes that a process holds in memory now, shared pages included. */
export function residentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1024;
}
