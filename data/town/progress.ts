// How far the writing of a file is: a line on standard error every two seconds, because a million people take
// many minutes.

const PROGRESS_MS = 2000;

/**
 * `const told = progressOf('events.ndjson')`; then `told(share)` for each line, with the share that is done,
 * from 0 to 1.
 */
export function progressOf(name: string): (share: number) => void {
  const beganMs = performance.now();
  let lines = 0;
  let nextMs = beganMs + PROGRESS_MS;
  return (share) => {
    lines += 1;
    // A look at the clock costs as much as a short line: every thousandth is often enough.
    if (lines % 1000 !== 0 || performance.now() < nextMs) return;
    nextMs = performance.now() + PROGRESS_MS;
    const seconds = (performance.now() - beganMs) / 1000;
    const left = share > 0 ? `${Math.round((seconds * (1 - share)) / share)} s left` : 'just begun';
    const perSecond = Math.round(lines / seconds);
    console.error(`${name}: ${Math.floor(share * 100)} %, ${lines} lines, ${perSecond} lines/s, ${left}`);
  };
}
