// The progress of something long. At a terminal one line, redrawn; elsewhere a line now and then, so that a
// log stays readable.

import { bar, count, cut, duration, padEnd } from './layout.ts';
import type { Io } from './io.ts';

/** Redrawn at most so often: more cannot be read. */
const REDRAW_MS = 100;
/** Lines in a log. */
const SPARSE_MS = 5000;
const BAR_WIDTH = 14;
/** A speed says something after this long. */
const SPEED_AFTER_MS = 300;

export interface Progress {
  /** `done` of the total so far. */
  update(done: number): void;
  /** Leaves the line as it stands, or clears it. */
  end(): void;
}

export interface ProgressOptions {
  readonly label: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  readonly total: number;
  readonly nowMs?: () => number;
}

export function createProgress(io: Pick<Io, 'err' | 'isLive' | 'width'>, options: ProgressOptions): Progress {
  const { label, unit, total, nowMs = () => performance.now() } = options;
  const startMs = nowMs();
  const interval = io.isLive ? REDRAW_MS : SPARSE_MS;
  let shownMs = io.isLive ? Number.NEGATIVE_INFINITY : startMs;
  let done = 0;
  // A log says at once what was begun.
  if (!io.isLive) io.err(`${label} ${count(total)} ${unit} …\n`);

  function draw(): void {
    const elapsedMs = nowMs() - startMs;
    const text = progressText({ label, unit, total, done, elapsedMs });
    if (io.isLive) io.err(`\r${padEnd(cut(text, io.width - 1), io.width - 1)}`);
    else io.err(`${text}\n`);
    shownMs = nowMs();
  }

  return {
    update(now) {
      done = now;
      if (nowMs() - shownMs >= interval) draw();
    },
    end() {
      if (io.isLive) io.err(`\r${' '.repeat(io.width - 1)}\r`);
    },
  };
}

interface Standing {
  readonly label: string;
  readonly unit: string;
  readonly total: number;
  readonly done: number;
  readonly elapsedMs: number;
}

/** `Importing ██████▌  33 %  180,100 of 541,909 lines  98,412/s  4 s left`. */
export function progressText({ label, unit, total, done, elapsedMs }: Standing): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const head =
    `${label} ${padEnd(bar(share, BAR_WIDTH), BAR_WIDTH)} ` +
    `${String(Math.floor(share * 100)).padStart(3)} %`;
  const counts = `${count(done)} of ${count(total)} ${unit}`;
  if (elapsedMs < SPEED_AFTER_MS || done === 0) return `${head}  ${counts}`;
  const perSecond = (done / elapsedMs) * 1000;
  const leftMs = ((total - done) / perSecond) * 1000;
  return `${head}  ${counts}  ${count(perSecond)}/s  ${duration(leftMs)} left`;
}
