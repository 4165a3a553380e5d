// The files that the tidy checks look at: what git tracks and what it would track (new, not ignored). A check
// never walks the disk itself, so build output, caches and the data folder of a running Fineline are out of
// its sight; and a test plants a tree from a plain record.

import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One text file: path from the root with forward slashes, and its content. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Tree {
  /** Text files, sorted by path. */
  readonly files: readonly SourceFile[];
  /** Every file, binary ones too. */
  readonly paths: ReadonlySet<string>;
}

/** A fault found in the tree: where it is, and what to do about it. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** One rule of the house, checked over the whole tree. */
export interface TidyCheck {
  /** Shown in the list of checks, as the sentence that holds when it passes. */
  readonly name: string;
  readonly find: (tree: Tree) => readonly Finding[];
}

const TEXT_BYTES_MAX = 4_000_000;
const LISTING_BYTES_MAX = 64_000_000;

/** Reads the tree of the checkout at `root`. Fails when `root` is no git checkout. */
export function readTree(root: string): Tree {
  const listing = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: LISTING_BYTES_MAX,
  });
  const content = new Map<string, string>();
  const paths = new Set<string>();
  for (const file of listing.split('\0')) {
    const stat = file === '' ? undefined : lstatSync(path.join(root, file), { throwIfNoEntry: false });
    if (stat?.isFile() !== true) continue; // deleted but not yet committed, or a link
    paths.add(file);
    if (stat.size > TEXT_BYTES_MAX) continue;
    const text = readFileSync(path.join(root, file), 'utf8');
    if (!text.includes('\0')) content.set(file, text);
  }
  return treeOf(content, paths);
}

/** A tree made of the given texts: for tests, which plant a fault and see it found. */
export function plantedTree(texts: Readonly<Record<string, string>>): Tree {
  return treeOf(new Map(Object.entries(texts)), new Set(Object.keys(texts)));
}

function treeOf(content: ReadonlyMap<string, string>, paths: ReadonlySet<string>): Tree {
  const files = [...content].map(([file, text]) => ({ path: file, text }));
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), paths };
}

/** Whether this is source that Node or a browser runs. */
export function isCode(file: string): boolean {
  return /\.(ts|tsx|mts|js|mjs)$/.test(file) && !file.endsWith('.d.ts');
}

/** Whether this file holds tests. */
export function isTest(file: string): boolean {
  return /\.(test|fuzz)\.tsx?$/.test(file);
}

/** Sorted findings as lines `path:line  message`. */
export function formatFindings(findings: readonly Finding[]): string {
  const sorted = [...findings].sort((a, b) =>
    a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1,
  );
  return sorted.map((finding) => `${finding.path}:${finding.line}  ${finding.message}`).join('\n');
}
