// Visits. Until it is needed there is no cookie: looking around leaves nothing behind. A session begins when
// somebody puts a thing into the basket, answers the notice or chooses who to be; it lives in the memory of
// this process, ends with the browser, and its cookie says nothing but a random number.

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Exchange } from './api.ts';
import type { Decision } from './answers.ts';

export interface OrderLine {
  readonly item: string;
  readonly quantity: number;
  readonly priceMinor: number;
}

export interface Order {
  readonly number: string;
  readonly timeMs: number;
  readonly lines: readonly OrderLine[];
}

/** What the next page says once. */
export interface Said {
  readonly word: SaidWord;
  readonly thing?: string;
  /** Fields of a form that takes it back. */
  readonly undo?: Readonly<Record<string, string>>;
}
export type SaidWord =
  | 'saidAll'
  | 'saidNone'
  | 'saidSaved'
  | 'saidFactAside'
  | 'saidFactBack'
  | 'saidKindAside'
  | 'saidKindBack'
  | 'saidLess'
  | 'saidLessNot'
  | 'saidInBasket'
  | 'saidHeard'
  | 'saidErased'
  | 'saidNotKnown';

export interface Session {
  readonly id: string;
  /** Who the engine is told it is; absent: nobody. */
  person?: string;
  /** Whether the person is one of this browser alone, not of the town. */
  isGuest: boolean;
  /** Whether the notice was answered, as far as this shop knows. */
  answered: boolean;
  /** Oneself, kept while one is somebody else. */
  readonly own: { person?: string; answered: boolean };
  readonly basket: Map<string, number>;
  readonly orders: Order[];
  /** Whether the engine kept the newest order. */
  isOrderKept?: boolean | undefined;
  said?: Said;
  /** Calls of the action before this page. */
  pending: Exchange[];
  /** The message prepared for this person, kept so that looking twice does not write twice. */
  message?: { readonly person: string; readonly decision: Decision };
  /** Decisions of this visit, newest first, whose proofs can be fetched. */
  readonly decisions: { readonly id: string; readonly place: string; readonly timeMs: number }[];
  /** Receipts of choices and of an erasure. */
  readonly receipts: {
    readonly kind: 'choice' | 'erasure';
    readonly timeMs: number;
    readonly json: unknown;
  }[];
}

export const SESSION_COOKIE = 'visit';
const SESSIONS_MAX = 5000;
const KEPT_MAX = 30;

export interface Sessions {
  find(id: string | undefined): Session | undefined;
  begin(): Session;
  /** A token for the forms of this page; another at every call, so that it tells nothing when compressed. */
  formToken(session: Session | undefined): string;
  isFormToken(token: unknown, session: Session | undefined): boolean;
}

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const secret = randomBytes(32);
  const mac = (nonce: string, session: Session | undefined): string =>
    createHmac('sha256', secret)
      .update(`${nonce}|${session?.id ?? 'nobody'}`)
      .digest('base64url');
  return {
    find: (id) => (id === undefined ? undefined : sessions.get(id)),
    begin: () => {
      const id = randomBytes(24).toString('base64url');
      const session: Session = {
        id,
        isGuest: false,
        answered: false,
        own: { answered: false },
        basket: new Map(),
        orders: [],
        pending: [],
        decisions: [],
        receipts: [],
      };
      sessions.set(id, session);
      for (const oldest of sessions.keys()) {
        if (sessions.size <= SESSIONS_MAX) break;
        sessions.delete(oldest);
      }
      return session;
    },
    formToken: (session) => {
      const nonce = randomBytes(12).toString('base64url');
      return `${nonce}.${mac(nonce, session)}`;
    },
    isFormToken: (token, session) => {
      if (typeof token !== 'string' || token.length > 100) return false;
      const [nonce = '', given = ''] = token.split('.');
      const wanted = Buffer.from(mac(nonce, session));
      const there = Buffer.from(given);
      return there.length === wanted.length && timingSafeEqual(there, wanted);
    },
  };
}

/** Somebody of this browser alone: a random number, made when it is first needed. */
export function newGuest(): string {
  return `guest-${randomBytes(12).toString('hex')}`;
}

/** Puts in front and lets the oldest go. */
export function remember<T>(list: T[], entry: T): void {
  list.unshift(entry);
  if (list.length > KEPT_MAX) list.length = KEPT_MAX;
}
