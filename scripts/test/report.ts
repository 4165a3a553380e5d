// Counts what vitest reports. Three things that look harmless count as failures: a file that does not load
// (its tests never ran), a test that did not run, and a run that ended badly with no failing test to show for
// it.

import type { Tally } from '../check/check.ts';

/** The part of vitest's JSON report that is read here. */
interface Report {
  readonly testResults: readonly FileResult[];
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
}

export interface Counted extends Tally {
  /** What counted as a failure although no test failed: one line each. */
  readonly notes: readonly string[];
  /** Files that took longest, with seconds; none when there is no report. */
  readonly longest: readonly string[];
}

const LONGEST = 12;

/**
 * Counts tests. `text` is the report as vitest wrote it, undefined when it wrote none; `exitCode` is how the
 * run ended.
 */
export function countTests(text: string | undefined, exitCode: number): Counted {
  const report = text === undefined ? undefined : parseReport(text);
  if (report === undefined) {
    const note = `vitest ended with code ${exitCode} and left no report`;
    return { passed: 0, failed: 1, notes: [note], longest: [] };
  }
  let passed = 0;
  let failed = 0;
  const notes: string[] = [];
  for (const file of report.testResults) {
    const failedBefore = failed;
    for (const test of file.assertionResults) {
      if (test.status === 'passed') passed += 1;
      else failed += 1;
      if (test.status !== 'passed' && test.status !== 'failed')
        notes.push(`did not run: ${file.name}: ${test.fullName}`);
    }
    if (file.status !== 'passed' && failed === failedBefore) {
      failed += 1;
      notes.push(`could not be loaded: ${file.name}`);
    }
  }
  if (exitCode !== 0 && failed === 0) {
    failed = 1;
    notes.push(
      `vitest ended with code ${exitCode} although no test failed (an error outside the tests; see above)`,
    );
  }
  return { passed, failed, notes, longest: longestOf(report) };
}

function longestOf({ testResults }: Report): readonly string[] {
  const all = testResults.map(({ name, startTime, endTime }) => ({ name, ms: endTime - startTime }));
  const sorted = all.toSorted((one, other) => other.ms - one.ms).slice(0, LONGEST);
  return sorted.map(({ name, ms }) => `${Math.round(ms / 1000)} s  ${name}`);
}

function parseReport(text: string): Report | undefined {
  try {
    // vitest's own format; a report of another shape makes the count below throw, which fails the run.
    return JSON.parse(text) as Report;
  } catch {
    return undefined;
  }
}
