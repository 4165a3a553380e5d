import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Check } from './check.ts';
import { runChecks } from './check.ts';
import { binOf, runTool } from './tool.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('running checks', () => {
  it('counts each, prints the report of a failing one, and takes one that breaks for failed', async () => {
    const checks: readonly Check[] = [
      { name: 'good', run: async () => Promise.resolve({ ok: true, report: 'unseen' }) },
      { name: 'bad', run: async () => Promise.resolve({ ok: false, report: 'a.ts:1  wrong' }) },
      { name: 'broken', run: async () => Promise.reject(new Error('cannot run')) },
    ];
    const printed: string[] = [];
    expect(await runChecks(checks, (line) => printed.push(line))).toEqual({ passed: 1, failed: 2 });
    const text = printed.join('\n');
    expect(text).toMatch(/ok .* good\nFAIL .* bad\n {6}a\.ts:1 {2}wrong\nFAIL .* broken\n.*cannot run/);
    expect(text).not.toContain('unseen');
  });
});

describe('running a tool', () => {
  it('holds with exit code 0 and reports the output otherwise', async () => {
    expect(await runTool(root, 'typescript', ['--version'])).toMatchObject({ ok: true });
    const verdict = await runTool(root, 'typescript', ['--project', 'no-such-tsconfig.json']);
    expect(verdict.ok).toBe(false);
    expect(verdict.report).toContain('no-such-tsconfig.json');
  });

  it('says which package has no command', () => {
    expect(() => binOf(root, 'fast-check')).toThrow('fast-check has no command');
  });
});
