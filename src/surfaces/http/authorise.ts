// Who is asking, and may they. Answers depend on the key and the address alone, never on whether somebody
// exists: a token of A on the address of B is told the same as on the address of nobody.

import type { PersonId } from '../../facts/ids.ts';
import type { KeyCheck, KeyRole } from './keys.ts';
import type { PersonTokens } from './person-token.ts';
import { NOT_FOUND, type Refused, refused } from './problem.ts';
import type { Route } from './route.ts';

export type Caller =
  | { readonly kind: 'anybody' }
  | { readonly kind: 'key'; readonly role: KeyRole }
  | { readonly kind: 'person'; readonly person: PersonId };

export const ANYBODY: Caller = { kind: 'anybody' };

export interface Gate {
  readonly keys: KeyCheck;
  readonly tokens: PersonTokens;
  nowMs(): number;
}

const BEARER = /^bearer +([A-Za-z0-9_.-]{1,4096})$/i;

/** The key or token in an `Authorization` header, unchecked. */
export function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : BEARER.exec(header)?.[1];
}

/** The caller of an `Authorization` header; `anybody` when there is none or it is worth nothing. */
export function callerOf(gate: Gate, header: string | undefined): Caller {
  const credential = bearerOf(header);
  if (credential === undefined) return ANYBODY;
  const role = gate.keys.roleOf(credential);
  if (role !== undefined) return { kind: 'key', role };
  const person = gate.tokens.personOf(credential, gate.nowMs());
  return person === undefined ? ANYBODY : { kind: 'person', person };
}

export const NO_KEY = refused('no-key', 'Send "Authorization: Bearer" and a key of a role that may do this.');
const NOT_ALLOWED = refused('not-allowed', 'Use a key of a role that may do this; /docs names the roles.');

/** `undefined`: may. Ownership of a decision is asked later, by whoever finds it. */
export function refusalFor(
  route: Route,
  caller: Caller,
  params: Readonly<Record<string, string>>,
): Refused | undefined {
  if (route.roles === 'public') return undefined;
  if (caller.kind === 'anybody') return NO_KEY;
  const role = caller.kind === 'key' ? caller.role : 'person';
  if (!route.roles.includes(role)) return route.hidden === true ? NOT_FOUND : NOT_ALLOWED;
  if (caller.kind === 'person' && route.owner === 'id' && params['id'] !== caller.person) return NOT_FOUND;
  return undefined;
}
