// Small files, small functions, short lines: what fits on a screen is read whole. Whoever really needs more
// is written down in ratchet.json with the present size, which must be exact: it may shrink, and growing it
// is visible in the diff.

import type { Function as FunctionNode, ArrowFunctionExpression } from 'oxc-parser';
import { lineAt, visit } from './syntax.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck, Tree } from './tree.ts';

const FILE_LINES_MAX = 300;
const FUNCTION_LINES_MAX = 70;
const LINE_COLUMNS_MAX = 110;
const RATCHET = 'scripts/tidy/ratchet.json';

/** Tables of data, words and drawings stand apart: they have one idea however long they are. */
const TABLES = /^(data|vectors|examples\/[\w-]+\/(?:words|art))\//;

/** One size that is over its limit. `key` names it in ratchet.json: `path` or `path#function`. */
interface Excess {
  readonly key: string;
  readonly path: string;
  readonly line: number;
  readonly size: number;
  readonly what: string;
}

export const size: TidyCheck = {
  name: 'files, functions and lines keep to their size',
  find: (tree) => {
    const code = tree.files.filter((file) => isCode(file.path));
    const excesses = code.flatMap((file) => [...fileExcess(file), ...functionExcesses(file)]);
    return [...compare(excesses, ratchetOf(tree)), ...code.flatMap(longLines)];
  },
};

function fileExcess(file: SourceFile): readonly Excess[] {
  const lines = file.text.split('\n').length - (file.text.endsWith('\n') ? 1 : 0);
  if (lines <= FILE_LINES_MAX || TABLES.test(file.path)) return [];
  const what = `the file has ${lines} lines (at most ${FILE_LINES_MAX}); move the second idea in it out`;
  return [{ key: file.path, path: file.path, line: 1, size: lines, what }];
}

function functionExcesses(file: SourceFile): readonly Excess[] {
  const excesses: Excess[] = [];
  const names = new Map<number, string>();
  const suites = new Set<number>();
  const check = (node: FunctionNode | ArrowFunctionExpression): void => {
    const first = lineAt(file, node.start);
    const lines = lineAt(file, node.end) - first + 1;
    if (lines <= FUNCTION_LINES_MAX || suites.has(node.start)) return;
    const name =
      ('id' in node ? node.id?.name : undefined) ?? names.get(node.start) ?? `anonymous at ${first}`;
    const what = `${name} has ${lines} lines (at most ${FUNCTION_LINES_MAX}); move straight work out`;
    excesses.push({ key: `${file.path}#${name}`, path: file.path, line: first, size: lines, what });
  };
  visit(file, {
    VariableDeclarator: (node) => {
      if (node.id.type === 'Identifier' && node.init !== null) names.set(node.init.start, node.id.name);
    },
    Property: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value.start, node.key.name);
    },
    MethodDefinition: (node) => {
      if (node.key.type === 'Identifier') names.set(node.value.start, node.key.name);
    },
    CallExpression: (node) => {
      // The callback of a suite is a list of tests, not a function to be read as one.
      if (isTest(file.path) || file.path.startsWith('test/')) {
        if (/^(describe|suite)\b/.test(file.text.slice(node.callee.start, node.callee.end))) {
          for (const argument of node.arguments) suites.add(argument.start);
        }
      }
    },
    FunctionDeclaration: check,
    FunctionExpression: check,
    ArrowFunctionExpression: check,
  });
  return excesses;
}

function longLines(file: SourceFile): readonly Finding[] {
  return file.text.split('\n').flatMap((text, index) => {
    // An address cannot be broken; it counts as nothing.
    const columns = Array.from(text.replace(/https?:\/\/\S+/, '')).length;
    if (columns <= LINE_COLUMNS_MAX || TABLES.test(file.path)) return [];
    const message = `the line has ${columns} columns (at most ${LINE_COLUMNS_MAX}); run npm run format`;
    return [{ path: file.path, line: index + 1, message }];
  });
}

function ratchetOf(tree: Tree): ReadonlyMap<string, number> {
  const file = tree.files.find((one) => one.path === RATCHET);
  const parsed: unknown = file === undefined ? {} : JSON.parse(file.text);
  if (typeof parsed !== 'object' || parsed === null) return new Map();
  return new Map(Object.entries(parsed).map(([key, value]) => [key, Number(value)]));
}

function compare(excesses: readonly Excess[], ratchet: ReadonlyMap<string, number>): readonly Finding[] {
  const findings: Finding[] = [];
  for (const excess of excesses) {
    const allowed = ratchet.get(excess.key);
    if (allowed === excess.size) continue;
    const shrunk = `${excess.key} has shrunk to ${excess.size}: write that number into ${RATCHET}`;
    const message = allowed !== undefined && excess.size < allowed ? shrunk : excess.what;
    findings.push({ path: excess.path, line: excess.line, message });
  }
  const present = new Set(excesses.map((excess) => excess.key));
  for (const key of ratchet.keys()) {
    if (!present.has(key))
      findings.push({ path: RATCHET, line: 1, message: `${key} keeps to the limit now: remove it here` });
  }
  return findings;
}
