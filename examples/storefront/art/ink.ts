// Colours of a picture. A word of colour in a product's id decides; otherwise a hash of its id picks one of
// a few palettes that look good on one shelf.

export interface Ink {
  /** Main colour, its shade, a second colour, and nearly white. */
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly l: string;
  /** Ground and the disc on it. */
  readonly ground: string;
  readonly disc: string;
}

type Palette = readonly [a: string, b: string, c: string, ground: string, disc: string];

const LIGHT = '#fffaf1';

const PALETTES: readonly Palette[] = [
  ['#2f5d73', '#214455', '#e3a24b', '#dfe9ea', '#cddcdf'],
  ['#c9603f', '#a34a2d', '#f0c987', '#f8e4d6', '#f2d3bf'],
  ['#4d7a5a', '#385c43', '#e7b75f', '#e2ecdf', '#d1e0cf'],
  ['#8c4a5f', '#6b3547', '#e8a598', '#f3e1e2', '#e9cfd2'],
  ['#d99a35', '#b57a1f', '#7b4a2f', '#faedd2', '#f4deb3'],
  ['#5a5f8f', '#42466e', '#e6b0a0', '#e5e5f0', '#d5d6e7'],
  ['#3f8080', '#2d6161', '#f2b880', '#dcedeb', '#c8e1de'],
  ['#a8703f', '#82552d', '#f0d9b0', '#f5e8d8', '#ead6bd'],
];

const COLOURS: readonly (readonly [RegExp, Palette])[] = [
  [
    /\b(?:navy|(?<!rain jacket )harbour|night|blue|sea)\b/,
    ['#27466a', '#1a3250', '#d8a657', '#dde6f0', '#cad7e6'],
  ],
  [
    /\b(?:camel|beech|oat|oats|straw|wood|wooden|cork)\b/,
    ['#c49a62', '#a07a45', '#6d4a2b', '#f6ecdc', '#ecdcc2'],
  ],
  [/\bred\b|beret|cherry|tomato|reindeer|poppy/, ['#b23a3a', '#8d2a2b', '#f1cdb0', '#f8e2dd', '#f0cec7']],
  [/\b(?:grey|steel|silver|cashmere)\b/, ['#7d858c', '#5f676e', '#d9c3a5', '#e9ebec', '#d9dcde']],
  [
    /\b(?:mint|green|olive|loden|garden|thermal|parka)\b/,
    ['#5c8560', '#436548', '#e9c46a', '#e5efe2', '#d3e3d0'],
  ],
  [
    /brown|coffee|beans|cocoa|leather|napoli|bread|rolls|grocery|biscuit/,
    ['#7a5138', '#5a3a27', '#e2b07a', '#f1e6db', '#e3d2c1'],
  ],
  [/\b(?:rose|pink|pip|flamingo)\b/, ['#d17a83', '#b05c66', '#f7d9c4', '#fae8e6', '#f3d5d4']],
  [
    /\b(?:honey|lemon|calendula|apricot|yellow|rain jacket harbour|butter|quilted)\b/,
    ['#e0a93a', '#bd8a22', '#8a5a2b', '#fcf1d5', '#f7e3b2'],
  ],
  [/\b(?:snow|penguin|lake|ice|frost)\b/, ['#6fa3b8', '#51839a', '#f0b27a', '#e4f1f5', '#d0e5ec']],
];

const FALLBACK: Palette = ['#2f5d73', '#214455', '#e3a24b', '#dfe9ea', '#cddcdf'];

export function inkOf(id: string): Ink {
  const text = id.replaceAll('-', ' ').toLowerCase();
  const byWord = COLOURS.find(([words]) => words.test(text))?.[1];
  const palette = byWord ?? PALETTES[hashOf(id) % PALETTES.length] ?? FALLBACK;
  const [a, b, c, ground, disc] = palette;
  return { a, b, c, l: LIGHT, ground, disc };
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
