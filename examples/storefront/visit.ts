// One request, with everything a page needs to be drawn: language, words, formats, who is here, and the list
// of calls that were made for it.

import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Api, Exchange } from './api.ts';
import { type Formats, type Language, formatsOf } from './language.ts';
import { SESSION_COOKIE, type Said, type Session, type Sessions } from './session.ts';
import type { Traces } from './traces.ts';
import { type Words, wordsOf } from './words/words.ts';

export interface Shop {
  readonly api: Api;
  readonly sessions: Sessions;
  readonly traces: Traces;
}

export interface Visit {
  readonly shop: Shop;
  readonly language: Language;
  readonly words: Words;
  readonly formats: Formats;
  readonly session: Session | undefined;
  /** Path and query of this page, to come back to. */
  readonly here: string;
  readonly gpc: boolean;
  readonly trace: Exchange[];
  readonly traceId: string;
  readonly said: Said | undefined;
  formToken(): string;
  /** `at('/cart')` is `/de/cart`. */
  at(path: string): string;
}

export function visitOf(context: Context, shop: Shop, language: Language): Visit {
  const session = shop.sessions.find(getCookie(context, SESSION_COOKIE));
  const url = new URL(context.req.url);
  const trace = context.req.method === 'GET' ? (session?.pending ?? []) : [];
  const said = session?.said;
  if (session !== undefined && context.req.method === 'GET') {
    session.pending = [];
    delete session.said;
  }
  return {
    shop,
    language,
    words: wordsOf(language),
    formats: formatsOf(language),
    session,
    here: `${url.pathname}${url.search}`,
    gpc: context.req.header('sec-gpc') === '1',
    trace,
    traceId: shop.traces.begin(trace, session),
    said,
    formToken: () => shop.sessions.formToken(session),
    at: (path) => `/${language}${path}`,
  };
}

/** The session of this visit, begun now if there is none: from here on there is a cookie. */
export function sessionFor(context: Context, visit: Visit): Session {
  if (visit.session !== undefined) return visit.session;
  const session = visit.shop.sessions.begin();
  setCookie(context, SESSION_COOKIE, session.id, { httpOnly: true, sameSite: 'Lax', path: '/' });
  return session;
}
