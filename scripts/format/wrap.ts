// Breaks comments that are wider than a line may be. oxfmt lays out code and leaves comments alone; this does
// the other half, and touches a comment only when one of its lines is too long: what does not fit moves to
// the next line of the paragraph.

import { parseSync } from 'oxc-parser';

export const COLUMNS_MAX = 110;

/** A list item or tag begins a paragraph of its own; its next lines hang under its text. */
const ITEM = /^(\s*)([-*•]|\d+[.)])(\s+)/;
const TAG = /^\s*@\w/;
const DIRECTIVE = /^\s*(oxlint|eslint|@ts-|#|\/ <|biome)/;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The source with its long comments broken. Code is not touched, save that a long trailing comment moves
 * above its line.
 */
export function wrapComments(fileName: string, source: string): string {
  const lines = source.split('\n');
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length + 1;
  }
  const lineOf = (at: number): number => starts.findLastIndex((start) => start <= at);
  const edits: Edit[] = [];
  let lastLine = -1;
  for (const comment of parseSync(fileName, source).comments) {
    if (source.startsWith('#!', comment.start)) continue; // the parser counts it among the comments
    const first = lineOf(comment.start);
    if (first <= lastLine) continue; // already taken as part of the block above
    const before = source.slice(starts[first], comment.start);
    const isAlone = before.trim() === '';
    let last = lineOf(comment.end);
    if (comment.type === 'Line' && isAlone) {
      while ((lines[last + 1] ?? '').startsWith(`${before}//`)) last += 1;
    }
    lastLine = last;
    const block = lines.slice(first, last + 1);
    const wrapped = wrapBlock(block, before, isAlone, comment.type);
    if (wrapped === undefined) continue;
    const start = starts[first] ?? 0;
    edits.push({ start, end: start + block.join('\n').length, text: wrapped.join('\n') });
  }
  let result = source;
  for (const edit of edits.reverse())
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}

/** The lines of one comment, broken; undefined when nothing needs to change or can. */
function wrapBlock(
  block: readonly string[],
  before: string,
  isAlone: boolean,
  type: 'Line' | 'Block',
): readonly string[] | undefined {
  if (block.every((line) => width(line) <= COLUMNS_MAX)) return undefined;
  const indent = /^\s*/.exec(before)?.[0] ?? '';
  if (!isAlone) return moveAbove(block, before, indent, type);
  if (type === 'Line')
    return wrapWith(
      `${indent}//`,
      block.map((line) => line.slice(indent.length + 2)),
    );
  const only = block[0];
  if (block.length === 1 && only !== undefined) {
    const text = /^\s*\/\*\*?(.*?)\*\/\s*$/.exec(only)?.[1];
    if (text === undefined) return undefined; // code follows the comment on its line
    return [`${indent}/**`, ...wrapWith(`${indent} *`, [` ${text.trim()}`]), `${indent} */`];
  }
  const inner = block.slice(1, -1);
  const isStarred = inner.every((line) => /^\s*\*/.test(line)) && /^\s*\/\*\*?\s*$/.test(only ?? '');
  if (!isStarred) return undefined;
  return [
    only ?? '',
    ...wrapWith(
      `${indent} *`,
      inner.map((line) => line.replace(/^\s*\*/, '')),
    ),
    block.at(-1) ?? '',
  ];
}

function moveAbove(
  block: readonly string[],
  before: string,
  indent: string,
  type: 'Line' | 'Block',
): readonly string[] | undefined {
  const line = block[0];
  if (type !== 'Line' || line === undefined) return undefined;
  return [...wrapWith(`${indent}//`, [line.slice(before.length + 2)]), before.trimEnd()];
}

function wrapWith(prefix: string, contents: readonly string[]): readonly string[] {
  return wrapLines(contents, COLUMNS_MAX - width(prefix)).map((text) => (prefix + text).trimEnd());
}

/** Breaks lines at spaces so that none is wider than `columns`, unless one word alone is. */
export function wrapLines(contents: readonly string[], columns: number): readonly string[] {
  const queue = [...contents];
  const out: string[] = [];
  for (let line = queue.shift(); line !== undefined; line = queue.shift()) {
    const hang = hangOf(line);
    const at = width(line) <= columns || DIRECTIVE.test(line) ? -1 : line.lastIndexOf(' ', columns);
    if (at <= hang.length) {
      out.push(line);
      continue;
    }
    out.push(line.slice(0, at).trimEnd());
    const rest = line.slice(at + 1).trim();
    const next = queue[0];
    if (next !== undefined && continues(next, hang)) queue[0] = `${hang}${rest} ${next.trim()}`;
    else queue.unshift(`${hang}${rest}`);
  }
  return out;
}

function hangOf(line: string): string {
  const item = ITEM.exec(line);
  if (item !== null) return ' '.repeat(item[0].length);
  return /^\s*/.exec(line)?.[0] ?? '';
}

function continues(next: string, hang: string): boolean {
  return (
    next.trim() !== '' &&
    hangOf(next) === hang &&
    !ITEM.test(next) &&
    !TAG.test(next) &&
    !next.includes('```')
  );
}

function width(text: string): number {
  return Array.from(text).length;
}
