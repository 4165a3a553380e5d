// One check of the repository: a name, and a run that says whether it holds. Ready-made tools and the house's
// own rules look the same from here, so `npm run check` lists them and `npm test` counts them one by one.

export interface Verdict {
  readonly ok: boolean;
  /** What to read when it failed: file, line and what to do. */
  readonly report: string;
}

export interface Check {
  readonly name: string;
  readonly run: () => Promise<Verdict>;
}

/** How the checks ended: how many held, how many did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const REPORT_LINES_MAX = 300;

/**
 * Runs the checks one after the other and prints each with its duration; the report of a failing one follows
 * it.
 */
export async function runChecks(checks: readonly Check[], print: (line: string) => void): Promise<Tally> {
  let passed = 0;
  for (const check of checks) {
    const startedMs = performance.now();
    const verdict = await runCheck(check);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    print(`${verdict.ok ? 'ok  ' : 'FAIL'}  ${seconds.padStart(5)} s  ${check.name}`);
    if (verdict.ok) passed += 1;
    else print(indent(verdict.report));
  }
  return { passed, failed: checks.length - passed };
}

/** A check that breaks has not held. */
async function runCheck(check: Check): Promise<Verdict> {
  try {
    return await check.run();
  } catch (error) {
    return { ok: false, report: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function indent(report: string): string {
  const lines = report.trim().split('\n');
  const shown = lines.slice(0, REPORT_LINES_MAX);
  if (lines.length > shown.length) shown.push(`… and ${lines.length - shown.length} more lines`);
  return shown.map((line) => `      ${line}`).join('\n');
}
