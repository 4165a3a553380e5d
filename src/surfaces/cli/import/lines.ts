// Lines of a text that comes in pieces. Bounded: a line beyond the bound is cut there, and said to be too
// long.

import { LIMITS } from '../../../kernel/limits.ts';

export interface TextLine {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  readonly isTooLong: boolean;
}

/** Lines without their breaks (LF or CRLF); empty ones are passed over. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<TextLine> {
  let held = '';
  let number = 0;
  let skipping = false;
  for await (const piece of pieces) {
    let at = 0;
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', at)) {
      const text = held + piece.slice(at, end);
      held = '';
      at = end + 1;
      number += 1;
      if (!skipping && text.trim() !== '') yield lineOf(number, text);
      skipping = false;
    }
    if (!skipping) held += piece.slice(at);
    if (held.length > LIMITS.bodyBytesMax) {
      yield lineOf(number + 1, held);
      held = '';
      skipping = true;
    }
  }
  if (!skipping && held.trim() !== '') yield lineOf(number + 1, held);
}

function lineOf(number: number, raw: string): TextLine {
  const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  const isTooLong = text.length > LIMITS.bodyBytesMax;
  return {
    number,
    text: isTooLong ? '' : number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text,
    isTooLong,
  };
}
