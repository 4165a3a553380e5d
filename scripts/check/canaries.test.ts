// Goal: the ready-made tools find what they are there for, with our settings. Method: plant one fault each in
// a checkout of a temporary folder that uses our configuration files. A rule switched off by accident turns
// up here.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { runTool } from './tool.ts';

const root = path.resolve(import.meta.dirname, '../..');
const planted = mkdtempSync(path.join(os.tmpdir(), 'fineline-canary-'));

const FAULTS: Readonly<Record<string, string>> = {
  'typescript(no-floating-promises)':
    'async function f(): Promise<void> {}\nexport const a = (): void => { f(); };',
  'typescript(no-misused-promises)': 'export const a = (f: () => Promise<boolean>): number => (f() ? 1 : 2);',
  'typescript(await-thenable)': 'export const a = async (x: number): Promise<number> => await x;',
  'typescript(no-explicit-any)': 'export const a = (x: any): string => String(x);',
  'typescript(no-unsafe-assignment)': "export const a = (): void => { const b = JSON.parse('1'); void b; };",
  'typescript(no-unsafe-return)': "export const a = (): number => JSON.parse('1');",
  'typescript(switch-exhaustiveness-check)':
    "export function a(x: 'b' | 'c'): number { switch (x) { case 'b': return 1; } return 2; }",
  'typescript(only-throw-error)': "export function a(): never { throw 'x'; }",
  'typescript(restrict-template-expressions)': 'export const a = (x: object): string => `a ${x}`;',
  'eslint(eqeqeq)': 'export const a = (x: number | undefined): boolean => x == 1;',
  'eslint(no-console)': 'export const a = (): void => console.log(1);',
  'eslint(no-param-reassign)': 'export function a(x: number): number { x += 1; return x; }',
  'import(no-default-export)': 'export default 1;',
  'import(no-cycle)': "import { b } from './pair.ts';\nexport const a = (): unknown => b;",
};

beforeAll(() => {
  mkdirSync(path.join(planted, 'src/kernel'), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(planted, 'node_modules'));
  writeFileSync(path.join(planted, 'package.json'), '{ "type": "module" }');
  const config = (name: string): string =>
    JSON.stringify({ extends: path.join(root, name), include: ['src'] });
  writeFileSync(path.join(planted, 'tsconfig.json'), config('tsconfig.json'));
  writeFileSync(path.join(planted, 'tsconfig.core.json'), config('tsconfig.core.json'));
  Object.values(FAULTS).forEach((text, index) =>
    writeFileSync(path.join(planted, `src/fault${index}.ts`), text),
  );
  const cycle = Object.keys(FAULTS).indexOf('import(no-cycle)');
  writeFileSync(
    path.join(planted, 'src/pair.ts'),
    `import { a } from './fault${cycle}.ts';\nexport const b = a;`,
  );
});

afterAll(() => rmSync(planted, { recursive: true }));

describe('lint', () => {
  let report = '';
  beforeAll(async () => {
    const args = ['--type-aware', '--format=unix', '--config', path.join(root, '.oxlintrc.json'), 'src'];
    report = (await runTool(planted, 'oxlint', args, root)).report;
  });

  test.each(Object.keys(FAULTS).map((rule, index) => [rule, index] as const))('finds %s', (rule, index) => {
    const lines = report.split('\n').filter((line) => line.includes(`src/fault${index}.ts:`));
    expect(lines.join('\n')).toContain(rule);
  });
});

describe('types of the core', () => {
  test.each([
    'Buffer',
    'console',
    'setTimeout',
    'crypto',
    'TextEncoder',
    'structuredClone',
    'URL',
    'document',
    'process',
  ])('know no %s', async (name) => {
    expect(await coreErrors(`export const a = ${name};`)).toContain(`'${name}'`);
  });

  it('let nothing missing, unused or unerasable pass', async () => {
    expect(await coreErrors('export const a = (x: readonly number[]): number => x[0];')).toContain('TS2322');
    expect(await coreErrors('export function a(x: number): number { return 1; }')).toContain('TS6133');
    expect(await coreErrors('export enum A { B }')).toContain('TS1294');
    expect(await coreErrors('export const a = 1;')).toBe('');
  });
});

/** What the core configuration says about one file. */
async function coreErrors(text: string): Promise<string> {
  const file = path.join(planted, 'src/kernel/a.ts');
  writeFileSync(file, text);
  const config = { extends: path.join(root, 'tsconfig.core.json'), files: [file], include: [], exclude: [] };
  writeFileSync(path.join(planted, 'tsconfig.core.json'), JSON.stringify(config));
  const args = ['--project', 'tsconfig.core.json', '--pretty', 'false'];
  return (await runTool(planted, 'typescript', args, root)).report;
}
