import { describe, expect, it } from 'vitest';
import { countTests } from './report.ts';

interface File {
  readonly status: string;
  readonly tests: readonly string[];
}

function report(...files: readonly File[]): string {
  return JSON.stringify({
    testResults: files.map((file, index) => ({
      name: `f${index}.test.ts`,
      status: file.status,
      startTime: 1000,
      endTime: 3000 + 1000 * index,
      assertionResults: file.tests.map((status, number) => ({ fullName: `t${number}`, status })),
    })),
  });
}

describe('counting tests', () => {
  it('counts what passed and what failed', () => {
    const text = report(
      { status: 'passed', tests: ['passed', 'passed'] },
      { status: 'failed', tests: ['passed', 'failed'] },
    );
    expect(countTests(text, 1)).toMatchObject({ passed: 3, failed: 1, notes: [] });
  });

  it('names the files that took longest, longest first', () => {
    const one = { status: 'passed', tests: ['passed'] };
    const { longest } = countTests(report(...Array.from({ length: 20 }, () => one)), 0);
    expect([longest.length, longest[0], longest[1]]).toEqual([12, '21 s  f19.test.ts', '20 s  f18.test.ts']);
  });

  it('counts a file that does not load as a failure', () => {
    const text = report({ status: 'passed', tests: ['passed'] }, { status: 'failed', tests: [] });
    const notes = ['could not be loaded: f1.test.ts'];
    expect(countTests(text, 1)).toMatchObject({ passed: 1, failed: 1, notes });
  });

  it('counts a hook that fails after passing tests as a failure', () => {
    expect(countTests(report({ status: 'failed', tests: ['passed'] }), 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  it('counts a test that did not run as a failure', () => {
    const counted = countTests(report({ status: 'passed', tests: ['passed', 'skipped'] }), 0);
    expect(counted).toMatchObject({ passed: 1, failed: 1, notes: ['did not run: f0.test.ts: t1'] });
  });

  it('counts a run that ended badly, or left no report, as a failure', () => {
    expect(countTests(report({ status: 'passed', tests: ['passed'] }), 1)).toMatchObject({
      passed: 1,
      failed: 1,
    });
    expect(countTests(undefined, 137)).toMatchObject({ passed: 0, failed: 1 });
    expect(countTests('{"testRes', 0)).toMatchObject({ passed: 0, failed: 1 });
  });
});
