// A client typed by the contract: what may be sent and what comes back are the schemas of the route. For the
// command line against a running server, and for tests.
//
//     const client = createClient({ url, key });
//     const decided = await client.call('decide', { body: { placement: 'home', person: 'maria' } });

import type { z } from 'zod';
import { type Result, err, ok } from '../../kernel/result.ts';
import { CONTRACT, type Contract, type RouteName } from './contract.ts';
import type { ProblemBody } from './problem.ts';
import { type Route, paramsOf } from './route.ts';

type ParamsIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamsIn<Rest>
  : never;

type Part<Key extends string, Value> = [Value] extends [never] ? unknown : Readonly<Record<Key, Value>>;
type Sent<Name extends RouteName, Key extends 'body' | 'query'> =
  Contract[Name] extends Readonly<Record<Key, infer Schema extends z.ZodType>> ? z.input<Schema> : never;

/** What a call of this route needs: exactly the parts the contract names. */
export type Call<Name extends RouteName> = Part<'body', Sent<Name, 'body'>> &
  Partial<Part<'query', Sent<Name, 'query'>>> &
  Part<
    'params',
    [ParamsIn<Contract[Name]['path']>] extends [never]
      ? never
      : Readonly<Record<ParamsIn<Contract[Name]['path']>, string>>
  >;

/** The parsed answer; text where the route does not answer JSON. */
export type Answer<Name extends RouteName> =
  Contract[Name] extends Readonly<Record<'answer', infer Schema extends z.ZodType>>
    ? z.output<Schema>
    : string;

export interface ClientProblem extends ProblemBody {
  /** Seconds, when the server said so. */
  readonly retryAfter?: number;
}

export interface Client {
  /** A problem is a value; only a server that cannot be reached throws, as `fetch` does. */
  call<Name extends RouteName>(name: Name, call: Call<Name>): Promise<Result<Answer<Name>, ClientProblem>>;
}

export interface ClientOptions {
  /** `http://127.0.0.1:8080` */
  readonly url: string;
  /** A service key or a person's token; none for public routes. */
  readonly key?: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

interface Parts {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

export function createClient(options: ClientOptions): Client {
  const send = options.fetch ?? ((request) => globalThis.fetch(request));
  return {
    call: async <Name extends RouteName>(name: Name, call: Call<Name>) => {
      const route: Route = CONTRACT[name];
      const response = await send(requestOf(options, route, call));
      if (!response.ok) return err(await problemOf(response));
      const text = await response.text();
      const value: unknown = route.answer === undefined ? text : route.answer.parse(JSON.parse(text));
      // Just parsed with the schema that the type is made from; text where there is none.
      return ok(value as Answer<Name>);
    },
  };
}

function requestOf({ url, key }: ClientOptions, route: Route, call: Parts): Request {
  let path = route.path;
  for (const name of paramsOf(route.path)) {
    const value = call.params?.[name] ?? '';
    path = path.replace(`{${name}}`, () => (name === 'path' ? value : encodeURIComponent(value)));
  }
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {}))
    if (value !== undefined) query.set(name, value);
  const search = query.size === 0 ? '' : `?${query.toString()}`;
  const headers = new Headers();
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  const init: RequestInit = { method: route.method, headers };
  if (route.body !== undefined) {
    headers.set('content-type', 'application/json');
    init.body = JSON.stringify(call.body);
  }
  return new Request(`${url.replace(/\/$/, '')}${path}${search}`, init);
}

async function problemOf(response: Response): Promise<ClientProblem> {
  const { status } = response;
  const detail = 'The server did not say what is wrong.';
  const fallback = { type: 'about:blank', title: `HTTP ${status}`, status, detail };
  const isProblem = response.headers.get('content-type') === 'application/problem+json';
  // A problem of our own server; anything else on the way is described by its status.
  const body = isProblem ? ((await response.json()) as ProblemBody) : fallback;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(wait) ? { ...body, retryAfter: wait } : body;
}
