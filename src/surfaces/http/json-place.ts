// Where a text stops being JSON (RFC 8259). Engines tell it in words that quote the text, and often not at
// all; this reads the text again, without building anything, and is asked only after parsing has failed.

const SPACE = /[ \t\n\r]*/y;
const WORD = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

type Expects = 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * Index of the first character that no JSON text could have there; the length when more is missing;
 * `undefined` for good JSON.
 */
export function placeOfFault(text: string): number | undefined {
  const open: ('[' | '{')[] = [];
  let expects: Expects = 'value';
  for (let at = skip(SPACE, text, 0); ; at = skip(SPACE, text, at)) {
    if (at >= text.length) return expects === 'nothing' ? undefined : text.length;
    const mark = text[at] ?? '';
    const top = open.at(-1);
    const afterValue: Expects = top === undefined ? 'nothing' : 'comma-or-end';
    if (mayEnd(expects) && top !== undefined && mark === (top === '[' ? ']' : '}')) {
      open.pop();
      expects = open.length === 0 ? 'nothing' : 'comma-or-end';
      at += 1;
    } else if (expects === 'comma-or-end' && mark === ',') {
      expects = top === '{' ? 'name' : 'value';
      at += 1;
    } else if (expects === 'colon' && mark === ':') {
      expects = 'value';
      at += 1;
    } else if (expects === 'name' || expects === 'name-or-end') {
      const end = mark === '"' ? endOfString(text, at) : { fault: at };
      if ('fault' in end) return end.fault;
      expects = 'colon';
      at = end.next;
    } else if (expects !== 'value' && expects !== 'value-or-end') {
      return at;
    } else if (mark === '[' || mark === '{') {
      open.push(mark);
      expects = mark === '[' ? 'value-or-end' : 'name-or-end';
      at += 1;
    } else {
      const end = mark === '"' ? endOfString(text, at) : endOfWord(text, at);
      if ('fault' in end) return end.fault;
      expects = afterValue;
      at = end.next;
    }
  }
}

type End = { readonly next: number } | { readonly fault: number };

function mayEnd(expects: Expects): boolean {
  return expects === 'value-or-end' || expects === 'name-or-end' || expects === 'comma-or-end';
}

function endOfString(text: string, start: number): End {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x22) return { next: at + 1 };
    if (unit < 0x20) return { fault: at };
    if (unit !== 0x5c) continue;
    const next = skip(ESCAPE, text, at);
    if (next === at) return { fault: at };
    at = next - 1;
  }
  return { fault: text.length };
}

function endOfWord(text: string, start: number): End {
  const next = skip(WORD, text, start);
  return next === start ? { fault: start } : { next };
}

/** Index after a match that begins at `at`; `at` itself when there is none. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
