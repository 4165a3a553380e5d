// Text for a terminal of a given width: wrapping, columns, bars. Widths count what is seen: East Asian wide
// letters take two columns, combining marks none (Unicode UAX #11, as far as product titles need it).

/** Ranges of wide letters: Hangul, kana, Han, full-width forms, pictures, the Han of the second plane. */
const WIDE_RANGES = [
  String.raw`\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f`,
  String.raw`\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}`,
];
const WIDE = new RegExp(`[${WIDE_RANGES.join('')}]`, 'u');
const NONE = /\p{Mn}|\p{Me}|\p{Cf}/u;
// eslint-disable-next-line no-control-regex -- the sequences that style.ts writes
const SGR = /\u001b\[\d+m/g;

export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text.replaceAll(SGR, '')) width += WIDE.test(letter) ? 2 : NONE.test(letter) ? 0 : 1;
  return width;
}

/** Cut to `width`, with an ellipsis when something is missing. For text without styles. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 0;
  for (const letter of text) {
    const next = used + widthOf(letter);
    if (next > width - 1) break;
    kept += letter;
    used = next;
  }
  return `${kept.trimEnd()}…`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Exactly `width` columns. */
export function fitTo(text: string, width: number): string {
  return padEnd(cut(text, width), width);
}

/**
 * Lines of at most `width` columns, each begun with `indent`; the first with `first` when given. Long words
 * stay whole.
 */
export function wrap(
  text: string,
  options: { readonly width: number; readonly indent?: string; readonly first?: string },
): string {
  const { width, indent = '', first = indent } = options;
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = lines.length === 0 ? first : indent;
    let isEmpty = true;
    for (const word of paragraph.split(' ')) {
      if (!isEmpty && widthOf(line) + 1 + widthOf(word) > width) {
        lines.push(line);
        line = indent;
        isEmpty = true;
      }
      line += isEmpty ? word : ` ${word}`;
      isEmpty = false;
    }
    lines.push(line.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/**
 * A bar of blocks, `share` of `width` columns in steps of an eighth; anything above nothing shows at least
 * one eighth.
 */
export function bar(share: number, width: number): string {
  const bounded = Math.min(1, Math.max(0, share));
  const eighths = bounded === 0 ? 0 : Math.max(1, Math.round(bounded * width * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

/** `541,909`. */
export function count(value: number): string {
  return String(Math.round(value)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 person`, `3 people`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `0.8 s`, `12 s`, `3 min`. */
export function duration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  return ms < 90_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
