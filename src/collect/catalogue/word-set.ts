// Owns: finding words in text of many languages: small letters, no accents, whole words, phrases, word
// beginnings; Arabic and Hebrew words also behind their one-letter prefixes; Chinese anywhere, since it has
// no spaces.

export interface WordSet {
  /** First token → phrases that begin with it, as lists of tokens. */
  readonly phrases: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** Beginnings of tokens. */
  readonly starts: readonly string[];
  /** Running text without spaces. */
  readonly parts: readonly string[];
}

const tokenPattern = /[\p{L}\p{N}]+|>/gu;
const hanPattern = /\p{Script=Han}/u;
const semiticPattern = /[\u0590-\u06ff]/;
/** Arabic و ب ل ك ف with or without ال, Hebrew ו ה ב ל מ ש כ, one or two of them. */
const prefixPattern = /^(?:[وبلكف]?ال|[وبلكف]|[והבלמשכ]{1,2})$/;

/**
 * Small letters without accents, one space between words: `normalise('Şarap, KIRMIZI')` is `'sarap kirmizi'`.
 */
export function normalise(text: string): string {
  const letters = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const plain = letters.replaceAll('ı', 'i').replaceAll('ß', 'ss').replaceAll(/\p{M}/gu, '');
  return (plain.match(tokenPattern) ?? []).join(' ');
}

/** Makes words ready to be looked for. `word*` matches any ending. */
export function compileWords(words: readonly string[]): WordSet {
  const phrases = new Map<string, (readonly string[])[]>();
  const starts: string[] = [];
  const parts: string[] = [];
  for (const word of words) {
    const plain = normalise(word);
    if (hanPattern.test(plain)) parts.push(plain.replaceAll(' ', ''));
    else if (word.endsWith('*')) starts.push(plain);
    else {
      const tokens = plain.split(' ');
      const first = tokens[0] ?? '';
      phrases.set(first, [...(phrases.get(first) ?? []), tokens]);
    }
  }
  return { phrases, starts, parts };
}

/** Does a normalised text hold one of the words? */
export function hasWord(text: string, words: WordSet): boolean {
  if (words.parts.length > 0 && words.parts.some((part) => text.includes(part))) return true;
  const tokens = text.split(' ');
  return tokens.some(
    (token, at) => matchAt(tokens, at, words) > 0 || words.starts.some((start) => token.startsWith(start)),
  );
}

/** The text without the words: what stood on both sides does not become a new phrase. */
export function withoutWords(text: string, words: WordSet): string {
  let left = text;
  for (const part of words.parts) left = left.replaceAll(part, ' > ');
  const tokens = left.split(' ');
  const kept: string[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const length = matchAt(tokens, at, words);
    if (length === 0) kept.push(tokens[at]!);
    else {
      kept.push('>');
      at += length - 1;
    }
  }
  return kept.join(' ');
}

/** Tokens of the longest phrase at this place, 0 if there is none. */
function matchAt(tokens: readonly string[], at: number, words: WordSet): number {
  let longest = 0;
  for (const first of formsOf(tokens[at]!)) {
    for (const phrase of words.phrases.get(first) ?? []) {
      if (phrase.length <= longest) continue;
      const rest = phrase
        .slice(1)
        .every((word, index) => formsOf(tokens[at + 1 + index] ?? '').includes(word));
      if (rest) longest = phrase.length;
    }
  }
  return longest;
}

/** A token and what it may be a form of: English plurals, Arabic and Hebrew without their prefix letters. */
function formsOf(token: string): readonly string[] {
  if (semiticPattern.test(token)) return semiticForms(token);
  if (!token.endsWith('s') || token.length < 4) return [token];
  return token.endsWith('es') ? [token, token.slice(0, -1), token.slice(0, -2)] : [token, token.slice(0, -1)];
}

function semiticForms(token: string): readonly string[] {
  const forms = [token];
  for (let length = 1; length <= 3 && token.length - length >= 3; length += 1) {
    if (prefixPattern.test(token.slice(0, length))) forms.push(token.slice(length));
  }
  return forms;
}
