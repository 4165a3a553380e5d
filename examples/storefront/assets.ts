// Style, script and icon, read once, with a hash in their address and compressed once. They are the same for
// everybody and may be kept for ever.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { STREET } from './art/street.ts';

export interface Asset {
  readonly type: string;
  readonly text: string;
  readonly brotli: Uint8Array<ArrayBuffer>;
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="16" fill="#1f4a40"/>' +
  '<path d="M32 12 Q52 20 50 38 Q46 48 32 50 Q18 48 14 38 Q12 20 32 12Z" fill="#e9c46a"/>' +
  '<path d="M32 56 V20 M32 40 L22 32 M32 32 L42 25" fill="none" stroke="#1f4a40" ' +
  'stroke-width="3.5" stroke-linecap="round"/></svg>';

const files = new Map<string, Asset>();

const LOOK = ['base', 'frame', 'cards', 'pages', 'curtain'] as const;

export const ASSETS = {
  style: keep('shop', 'css', LOOK.map((part) => read(`look/${part}.css`)).join('\n')),
  script: keep('comfort', 'js', read('browser/comfort.js')),
  icon: keep('linden', 'svg', ICON),
  street: keep('street', 'svg', STREET),
};

export function assetAt(file: string): Asset | undefined {
  return files.get(file);
}

function compressed(text: string): Uint8Array<ArrayBuffer> {
  const params = { [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };
  return new Uint8Array(brotliCompressSync(text, { params }));
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function keep(name: string, kind: 'css' | 'js' | 'svg', text: string): string {
  const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' };
  const file = `${name}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}.${kind}`;
  files.set(file, { type: `${types[kind]}; charset=utf-8`, text, brotli: compressed(text) });
  return `/assets/${file}`;
}
