// Source as a syntax tree. The checks read the tree rather than the text, so that a comment, a string or an
// unusual line break neither hides a fault nor makes one up. TypeScript 7 has no JavaScript API; oxc's parser
// gives the same standard tree.

import { parseSync, Visitor } from 'oxc-parser';
import type { Program, VisitorObject } from 'oxc-parser';
import type { SourceFile } from './tree.ts';

const programs = new WeakMap<SourceFile, Program>();

/**
 * Walks the syntax tree of a file. A file that does not parse is left to the type check, which says so
 * better.
 */
export function visit(file: SourceFile, visitor: VisitorObject): void {
  new Visitor(visitor).visit(programOf(file));
}

function programOf(file: SourceFile): Program {
  let program = programs.get(file);
  if (program === undefined) {
    program = parseSync(file.path, file.text).program;
    programs.set(file, program);
  }
  return program;
}

/** Line number (from 1) of a character offset. */
export function lineAt(file: SourceFile, offset: number): number {
  let line = 1;
  for (let at = file.text.indexOf('\n'); at !== -1 && at < offset; at = file.text.indexOf('\n', at + 1))
    line += 1;
  return line;
}
