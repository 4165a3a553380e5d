// Every way in which one file reaches another: import and export … from, type-only or not, import(), the type
// import('…'), require(), and a worker or asset named by new URL('…', import.meta.url).

import path from 'node:path';
import type { Expression, ImportDeclaration } from 'oxc-parser';
import { lineAt, visit } from './syntax.ts';
import type { SourceFile } from './tree.ts';

export interface Import {
  /** As written: `./x.ts`, `node:fs`, `hono`. */
  readonly specifier: string;
  /** The path from the root when the specifier is relative. */
  readonly target: string | undefined;
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** A file and what it imports; `computed` are the lines of imports whose target is not a literal. */
export interface Imports {
  readonly imports: readonly Import[];
  readonly computedLines: readonly number[];
}

/** All imports of a file, in no particular order. */
export function importsOf(file: SourceFile): Imports {
  const imports: Import[] = [];
  const computedLines: number[] = [];
  const add = (specifier: string, typeOnly: boolean, offset: number): void => {
    imports.push({ specifier, target: targetOf(file.path, specifier), typeOnly, line: lineAt(file, offset) });
  };
  const addExpression = (source: Expression | undefined, offset: number): void => {
    if (source?.type === 'Literal' && typeof source.value === 'string') add(source.value, false, offset);
    else computedLines.push(lineAt(file, offset));
  };
  visit(file, {
    ImportDeclaration: (node) => add(node.source.value, isTypeOnly(node), node.start),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === 'type', node.start),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source.value, node.exportKind === 'type', node.start);
    },
    ImportExpression: (node) => addExpression(node.source, node.start),
    TSImportType: (node) => add(node.source.value, true, node.start),
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'require') return;
      const first = node.arguments[0];
      addExpression(first === undefined || first.type === 'SpreadElement' ? undefined : first, node.start);
    },
    NewExpression: (node) => {
      const [first, second] = node.arguments;
      const isRelative = second?.type === 'MemberExpression' && second.object.type === 'MetaProperty';
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'URL' || !isRelative) return;
      if (
        first?.type === 'Literal' &&
        typeof first.value === 'string' &&
        /\.[mc]?[jt]sx?$/.test(first.value)
      ) {
        add(first.value, false, node.start);
      }
    },
  });
  return { imports, computedLines };
}

function isTypeOnly(node: ImportDeclaration): boolean {
  if (node.importKind === 'type') return true;
  const kinds = node.specifiers.map((one) => one.type === 'ImportSpecifier' && one.importKind === 'type');
  return kinds.length > 0 && kinds.every(Boolean);
}

function targetOf(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(from), specifier);
}

/** Name of the npm package of a bare specifier; undefined for `node:` modules and relative paths. */
export function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
