// For tests: files in a folder of their own, and the command run on them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect } from 'vitest';
import { runEvaluate } from './run.ts';

export interface Files {
  readonly folder: string;
  /** Writes a file and answers its path; packed when the extension says so. */
  readonly file: (text: string, extension?: string) => string;
}

/** Gone when the tests of the file are done. */
export function createFiles(): Files {
  const folder = mkdtempSync(join(tmpdir(), 'fineline-evaluate-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  let files = 0;
  return {
    folder,
    file: (text, extension = 'csv') => {
      const path = join(folder, `${files++}.${extension}`);
      writeFileSync(path, extension.endsWith('gz') ? gzipSync(text) : text);
      return path;
    },
  };
}

type Outcome = { readonly code: number; readonly out: string; readonly errors: string };

export async function run(...argv: string[]): Promise<Outcome> {
  let out = '';
  let errors = '';
  const code = await runEvaluate(argv, {
    stdout: (text) => (out += text),
    stderr: (text) => (errors += text),
  });
  return { code, out, errors };
}

export async function figures(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, out, errors } = await run(...argv, '--json');
  expect(errors).toBe('');
  expect(code).toBe(0);
  const parsed: unknown = JSON.parse(out);
  return Object(parsed) as Record<string, unknown>;
}
