// Everything the shop knows of Fineline: its public HTTP API, called with the shop's keys or with the token
// of one person. Each call is noted with what was sent and what came back, for the panel "behind the
// curtain"; keys and tokens are never noted.

import type { z } from 'zod';
import * as answers from './answers.ts';

/** `HOME/keys.json`. */
export interface Keys {
  readonly collect: string;
  readonly decide: string;
  readonly officer: string;
  readonly admin: string;
}

export const STEPS = ['collect', 'consent', 'profile', 'learn', 'decide', 'deliver', 'prove'] as const;
/** The steps of the ring that a click goes through. */
export type Step = (typeof STEPS)[number];

/** One call as it can be shown: no key, no token. */
export interface Exchange {
  readonly step: Step;
  readonly method: string;
  readonly path: string;
  /** Whose key opened it. */
  readonly as: keyof Keys | 'person';
  readonly sent?: unknown;
  readonly status: number;
  readonly answer: unknown;
}

/** `status` and the problem of RFC 9457, when the answer is no. */
export interface Refused {
  readonly ok: false;
  readonly status: number;
}
export type Answered<T> = { readonly ok: true; readonly value: T } | Refused;

export interface Call<T> {
  readonly step: Step;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly as: keyof Keys | 'person';
  readonly token?: string;
  readonly body?: unknown;
  readonly schema?: z.ZodType<T>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Api {
  call<T>(call: Call<T>, trace?: Exchange[]): Promise<Answered<T>>;
  /** A token for this person, as a shop hands it out after sign-in; kept until shortly before its end. */
  tokenOf(person: string): Promise<string>;
}

/** A page waits so long for the engine at most. */
const WAIT_MS = 10_000;
const TOKEN_MINUTES = 60;
const TOKENS_MAX = 1000;

export function createApi({ url, keys }: { readonly url: string; readonly keys: Keys }): Api {
  const tokens = new Map<string, { readonly token: string; readonly untilMs: number }>();

  const call = async <T>(wanted: Call<T>, trace?: Exchange[]): Promise<Answered<T>> => {
    const { step, method, path, as, body, schema } = wanted;
    const bearer = as === 'person' ? (wanted.token ?? '') : keys[as];
    const headers = { authorization: `Bearer ${bearer}`, ...wanted.headers };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(WAIT_MS),
    });
    const text = await response.text();
    const answer: unknown = text.startsWith('{') ? JSON.parse(text) : text;
    const sent = body === undefined ? {} : { sent: body };
    trace?.push({ step, method, path, as, ...sent, status: response.status, answer });
    if (!response.ok) return { ok: false, status: response.status };
    // Without a schema the caller asked for text.
    return { ok: true, value: schema === undefined ? (text as T) : schema.parse(answer) };
  };

  const tokenOf = async (person: string): Promise<string> => {
    const there = tokens.get(person);
    if (there !== undefined && there.untilMs > Date.now()) return there.token;
    const minted = await call({
      step: 'consent',
      method: 'POST',
      path: `/v1/people/${encodeURIComponent(person)}/token`,
      as: 'admin',
      body: { ttlMinutes: TOKEN_MINUTES },
      schema: answers.token,
    });
    if (!minted.ok) throw new Error(`no token was given (${minted.status})`);
    if (tokens.size >= TOKENS_MAX) tokens.clear();
    const untilMs = Date.now() + (TOKEN_MINUTES - 5) * 60_000;
    tokens.set(person, { token: minted.value.token, untilMs });
    return minted.value.token;
  };

  return { call, tokenOf };
}
