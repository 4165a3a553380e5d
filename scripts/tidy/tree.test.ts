// Goal: the checks see what git tracks or would track, and nothing else. Method: a real git checkout in a
// temporary folder.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatFindings, readTree } from './tree.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'fineline-tree-'));

beforeAll(() => {
  const git = (...args: readonly string[]): unknown =>
    execFileSync('git', args, { cwd: root, stdio: 'pipe' });
  git('init', '-q');
  mkdirSync(path.join(root, 'node_modules'));
  const texts = {
    '.gitignore': 'node_modules\n*.log\n',
    'tracked.ts': 'tracked',
    'deleted.ts': 'deleted',
    'new.md': 'new',
    'ignored.log': 'ignored',
    'node_modules/x.ts': 'ignored',
    'picture.png': 'PNG\0\u0001',
  };
  for (const [file, text] of Object.entries(texts)) writeFileSync(path.join(root, file), text);
  symlinkSync('tracked.ts', path.join(root, 'link.ts'));
  git('add', '.gitignore', 'tracked.ts', 'deleted.ts');
  rmSync(path.join(root, 'deleted.ts'));
});

afterAll(() => rmSync(root, { recursive: true }));

describe('the tree', () => {
  it('holds tracked and new text files, neither ignored nor deleted ones, no links', () => {
    const tree = readTree(root);
    expect(tree.files.map((file) => file.path)).toEqual(['.gitignore', 'new.md', 'tracked.ts']);
    expect(tree.files[2]?.text).toBe('tracked');
  });

  it('knows of binary files without reading them as text', () => {
    expect([...readTree(root).paths].sort()).toEqual(['.gitignore', 'new.md', 'picture.png', 'tracked.ts']);
  });
});

describe('findings', () => {
  it('are printed as path:line, sorted', () => {
    const at = (file: string, line: number): { path: string; line: number; message: string } => ({
      path: file,
      line,
      message: 'x',
    });
    expect(formatFindings([at('b.ts', 1), at('a.ts', 10), at('a.ts', 9)])).toBe(
      'a.ts:9  x\na.ts:10  x\nb.ts:1  x',
    );
  });
});
