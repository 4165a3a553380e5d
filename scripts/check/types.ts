// The types under three views of the world (core, web, Node), and the proof that no source file falls between
// them: a file that no tsconfig includes would never be checked, and nobody would notice.

import path from 'node:path';
import { readTree } from '../tidy/tree.ts';
import type { Check, Verdict } from './check.ts';
import { runTool } from './tool.ts';

/** AssemblyScript: the compiler that makes a module of it judges its types (scripts/kernels). */
const ASSEMBLY = /\/assembly\//;

const CONFIGS = ['core', 'web', 'node'] as const;

export function typeChecks(root: string): readonly Check[] {
  const views = CONFIGS.map((config) => ({
    name: `types: ${config}`,
    run: async () =>
      runTool(root, 'typescript', ['--project', `tsconfig.${config}.json`, '--pretty', 'false']),
  }));
  return [
    ...views,
    { name: 'types: every source file is in a tsconfig', run: async () => everyFileIsIn(root) },
  ];
}

async function everyFileIsIn(root: string): Promise<Verdict> {
  const seen = new Set<string>();
  for (const config of CONFIGS) {
    const listing = await runTool(root, 'typescript', [
      '--project',
      `tsconfig.${config}.json`,
      '--listFilesOnly',
    ]);
    for (const line of listing.report.split('\n')) {
      seen.add(path.relative(root, line.trim()).split(path.sep).join('/'));
    }
  }
  const left = [...readTree(root).paths].filter(
    (file) => /\.(ts|tsx|mjs)$/.test(file) && !ASSEMBLY.test(file) && !seen.has(file),
  );
  const report = left.map(
    (file) => `${file}:1  is in no tsconfig, so nobody checks its types; widen an "include"`,
  );
  return { ok: left.length === 0, report: report.join('\n') };
}
