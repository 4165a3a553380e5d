// Owns: the little XML that product feeds need, as a push parser. No DOCTYPE, so no entities but the five and
// numbers: the attacks that live in XML parsers (entity bombs, external files) have nothing to hold on to.
// Namespaces are left as prefixes, attributes are passed over. Depth and the size of one token are bounded.

export interface XmlHandler {
  readonly onOpen: (name: string) => void;
  readonly onText: (text: string) => void;
  readonly onClose: (name: string) => void;
}

export interface XmlReader {
  /** Reads on; answers what is wrong, once, and then takes nothing more. */
  push(text: string): string | undefined;
  end(): string | undefined;
}

export const XML_DEPTH_MAX = 32;
/** Characters between two angle brackets, or in one CDATA section: a description has 5,000. */
const XML_TOKEN_MAX = 262_144;

const namePattern = /^[A-Za-z_][\w.:-]{0,99}/;

/** Reads XML from text in pieces of any size. */
export function createXmlReader(handler: XmlHandler): XmlReader {
  const state: State = { handler, open: [], broken: undefined, seenRoot: false };
  let held = '';
  return {
    push(text) {
      if (state.broken === undefined) held = read(state, held + text, false);
      return state.broken;
    },
    end() {
      if (state.broken === undefined) held = read(state, held, true);
      if (state.open.length > 0 || !state.seenRoot) fail(state, 'the end of the outermost element');
      return state.broken;
    },
  };
}

interface State {
  readonly handler: XmlHandler;
  /** Names of the elements that are open, the outermost first. */
  readonly open: string[];
  broken: string | undefined;
  seenRoot: boolean;
}

/** Remembers the first fault. */
function fail(state: State, expected: string): void {
  state.broken ??= expected;
}

/** Takes every whole token; answers the text that must wait for more. */
function read(state: State, text: string, last: boolean): string {
  let at = 0;
  for (let end: number | undefined = 0; end !== undefined && at < text.length;) {
    end = state.broken === undefined ? takeToken(state, text, { at, last }) : undefined;
    at = end ?? at;
  }
  const rest = state.broken === undefined ? text.slice(at) : '';
  if (rest.length > XML_TOKEN_MAX) fail(state, `at most ${XML_TOKEN_MAX} characters in one piece`);
  return rest;
}

interface Place {
  readonly at: number;
  /** No more text will come. */
  readonly last: boolean;
}

/** Takes one token; answers where it ends, or `undefined` when it is not complete or wrong. */
function takeToken(state: State, text: string, { at, last }: Place): number | undefined {
  if (text.charAt(at) !== '<') return takeText(state, text, { at, last });
  if (!last && BEGINNINGS.some((mark) => mark.length > text.length - at && mark.startsWith(text.slice(at)))) {
    return undefined;
  }
  const kind = MARKS.find((mark) => text.startsWith(mark.start, at));
  if (kind?.start === '<!') {
    fail(state, 'no DOCTYPE and no other declarations');
    return undefined;
  }
  const from = at + (kind?.start.length ?? 1);
  const end = kind === undefined ? tagEnd(text, from) : text.indexOf(kind.end, from);
  if (end === -1) {
    if (last) fail(state, 'the end of what begins with <');
    return undefined;
  }
  if (kind?.start === '<![CDATA[' && state.open.length > 0) state.handler.onText(text.slice(from, end));
  if (kind === undefined) takeTag(state, text.slice(from, end));
  return end + (kind?.end.length ?? 1);
}

function takeText(state: State, text: string, { at, last }: Place): number | undefined {
  const next = text.indexOf('<', at);
  // A reference must not be cut in two, so text waits for the bracket behind it.
  if (next === -1 && !last) return undefined;
  const end = next === -1 ? text.length : next;
  if (state.open.length > 0) state.handler.onText(resolve(text.slice(at, end)));
  else if (/[^\s\ufeff]/.test(text.slice(at, end))) fail(state, 'no text outside of the elements');
  return end;
}

function takeTag(state: State, inside: string): void {
  const { open, handler } = state;
  const closing = inside.startsWith('/');
  const name = namePattern.exec(closing ? inside.slice(1) : inside)?.[0];
  if (name === undefined) return fail(state, 'an element name after <');
  if (closing) {
    if (open.pop() !== name) return fail(state, `the end of the element that is open, not of ${name}`);
    return handler.onClose(name);
  }
  if (open.length === 0 && state.seenRoot) return fail(state, 'one outermost element');
  if (open.length >= XML_DEPTH_MAX) {
    return fail(state, `at most ${XML_DEPTH_MAX} elements inside one another`);
  }
  state.seenRoot = true;
  handler.onOpen(name);
  if (inside.endsWith('/')) handler.onClose(name);
  else open.push(name);
}

/** Where a tag ends: at the first `>` outside of quotes; -1 if it does not end yet. */
function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (quote === '' && mark === '>') return at;
    if (mark === quote) quote = '';
    else if (quote === '' && (mark === '"' || mark === "'")) quote = mark;
  }
  return -1;
}

const MARKS = [
  { start: '<!--', end: '-->' },
  { start: '<![CDATA[', end: ']]>' },
  { start: '<?', end: '?>' },
  { start: '<!', end: '>' },
] as const;

/** What could still become one of these must wait for the next piece. */
const BEGINNINGS = ['<!--', '<![CDATA['] as const;

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** The five entities and numbers; anything else stays as it is written. */
function resolve(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{2,4}));/g,
    (whole: string, hexadecimal?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? whole;
      const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
      const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
