// What holds for every answer: nothing foreign runs, nothing personal is kept by a cache, nobody else's page
// may send our forms; and text travels compressed.

import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context, Next } from 'hono';
import type { Asset } from './assets.ts';

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'browsing-topics=(), geolocation=(), camera=(), microphone=()',
  // A form has to say where it comes from, to us alone.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** Names under which this machine reaches itself; anything else is a page of somebody else pointing here. */
const OWN_HOST = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

export async function protect(context: Context, next: Next): Promise<Response | undefined> {
  const host = context.req.header('host') ?? '';
  if (!OWN_HOST.test(host)) return context.text('Ask for this shop by the address it printed.', 421);
  if (context.req.method === 'POST' && !isFromHere(context, host))
    return context.text('Not from this shop.', 403);
  await next();
  for (const [name, value] of Object.entries(HEADERS)) context.res.headers.set(name, value);
  if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  return undefined;
}

function isFromHere(context: Context, host: string): boolean {
  const site = context.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = context.req.header('origin');
  return origin === undefined ? site !== undefined : origin === `http://${host}`;
}

const COMPRESSED_BYTES_MIN = 600;

/** Pages are small, so that one step is faster than a stream. */
export async function compress(context: Context, next: Next): Promise<void> {
  await next();
  const { res } = context;
  const accepts = context.req.header('accept-encoding') ?? '';
  const isText = /^(?:text\/|application\/json|image\/svg)/.test(res.headers.get('content-type') ?? '');
  if (!isText || res.headers.has('content-encoding') || !/\b(?:br|gzip)\b/.test(accepts)) return;
  const body = new Uint8Array(await res.arrayBuffer());
  const headers = new Headers(res.headers);
  headers.append('vary', 'accept-encoding');
  if (body.length < COMPRESSED_BYTES_MIN) {
    context.res = new Response(body, { status: res.status, headers });
    return;
  }
  const isBrotli = /\bbr\b/.test(accepts);
  const packed = isBrotli
    ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
    : gzipSync(body);
  headers.set('content-encoding', isBrotli ? 'br' : 'gzip');
  context.res = new Response(new Uint8Array(packed), { status: res.status, headers });
}

/** A file whose address changes with its content. */
export function keepForEver(
  context: Context,
  { type, text, brotli }: Pick<Asset, 'type' | 'text'> & Partial<Asset>,
): Response {
  const headers: Record<string, string> = {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
  };
  const takesBrotli = /\bbr\b/.test(context.req.header('accept-encoding') ?? '');
  if (brotli === undefined || !takesBrotli) return context.body(text, 200, headers);
  return context.body(brotli, 200, { ...headers, 'content-encoding': 'br', vary: 'accept-encoding' });
}
