// From an address to a line of the contract: which methods an address knows, what is said to others, and to
// addresses that cannot be read.

import { Hono } from 'hono';
import { LIMITS } from '../../kernel/limits.ts';
import { CONTRACT, type RouteName } from './contract.ts';
import { NOT_FOUND, type Refused, refused } from './problem.ts';

export interface Routing {
  readonly names: readonly RouteName[];
  /** Put before every path, in Hono's words, e.g. `/sellers/:seller`. */
  readonly below?: string;
  answer(
    name: RouteName,
    request: Request,
    params: Readonly<Record<string, string>>,
  ): Promise<Response> | Response;
  /** For requests that reach no line: wrong address, wrong method, unreadable address. */
  refuse(refusal: Refused): Response;
}

export function routed({ names, below = '', answer, refuse }: Routing) {
  const app = new Hono();
  const methods = new Map<string, string[]>();
  for (const name of names) {
    const { method, path: pattern } = CONTRACT[name];
    const path = below + honoPath(pattern);
    methods.set(path, [...(methods.get(path) ?? []), method]);
    app.on(method, path, (context) => {
      const params: Readonly<Record<string, string>> = context.req.param();
      return answer(name, context.req.raw, params);
    });
  }
  for (const [path, known] of methods) {
    const allow = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
    const detail = `Use one of: ${allow}.`;
    app.on('OPTIONS', path, () => new Response(null, { status: 204, headers: { allow } }));
    app.all(path, () => refuse(refused('wrong-method', detail, { allow })));
  }
  app.notFound(() => refuse(NOT_FOUND));
  return async (request: Request): Promise<Response> => {
    const unreadable = addressProblem(request.url);
    return unreadable === undefined ? app.fetch(request) : refuse(unreadable);
  };
}

/** `/v1/people/{id}` → `/v1/people/:id`; a `{path}` takes the rest. */
function honoPath(path: string): string {
  return path.replaceAll('{path}', ':path{.+}').replaceAll(/\{([a-z]+)\}/g, ':$1');
}

/** Room for scheme and host before the path. */
const ORIGIN_LENGTH_MAX = 300;

function addressProblem(url: string): Refused | undefined {
  if (url.length > LIMITS.urlLengthMax + ORIGIN_LENGTH_MAX) {
    return refused('uri-too-long', `Use at most ${LIMITS.urlLengthMax} characters.`);
  }
  if (!url.includes('%')) return undefined;
  try {
    decodeURIComponent(url);
    return undefined;
  } catch {
    return refused('bad-request', 'The address has a % that does not begin a UTF-8 byte. Encode it again.');
  }
}
