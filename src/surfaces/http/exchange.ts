// One request and its answer, without the machinery of any server: the same pipeline serves Fetch `Request`
// objects (tests, edge, most routes) and Node's own requests on the two hot routes (serve.ts), where building
// a `Request` would cost more than the decision.

import { asciiJson } from './decision-text.ts';

/** Why there is no body. */
export type BodyFailure = 'too-large' | 'broken';

export interface Exchange {
  /** Query text after `?`, without it. */
  readonly query: string;
  /** A header by its lower-case name; several of one name are joined with `, `. */
  header(name: string): string | undefined;
  /** Reads the body once, counting: also one that names no length cannot grow beyond `bytesMax`. */
  body(bytesMax: number): Promise<Uint8Array | BodyFailure>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** The body, in the media type of the route. */
export function reply(
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers, body };
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: asciiJson(value) };
}

export function exchangeOf(request: Request): Exchange {
  return {
    query: queryOf(request.url),
    header: (name) => request.headers.get(name) ?? undefined,
    body: (bytesMax) => readBody(request, bytesMax),
  };
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  if (at < 0) return '';
  const hash = url.indexOf('#', at);
  return url.slice(at + 1, hash < 0 ? undefined : hash);
}

async function readBody(request: Request, bytesMax: number): Promise<Uint8Array | BodyFailure> {
  if (declaredBytes(request.headers.get('content-length')) > bytesMax) return 'too-large';
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    // Node's types call the chunks `any`; a request body is a stream of bytes (Fetch standard).
    for await (const part of request.body as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > bytesMax) return 'too-large';
      parts.push(part);
    }
  } catch {
    return 'broken';
  }
  const only = parts[0];
  return parts.length === 1 && only !== undefined ? only : join(parts, length);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that a Content-Length announces; 0 when there is none. */
export function declaredBytes(header: string | null | undefined): number {
  const bytes = Number(header ?? 0);
  return Number.isFinite(bytes) ? bytes : Infinity;
}

/** The Fetch form of an answer. Typed arrays of Node may lie on shared memory in theory; ours never do. */
export function responseOf({ status, headers, body }: Reply): Response {
  const noBody = status === 204 || status === 304;
  return new Response(noBody ? null : (body as string | Uint8Array<ArrayBuffer>), { status, headers });
}
