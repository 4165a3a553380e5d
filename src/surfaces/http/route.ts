// The form of one line of the contract, and the check that keeps a careless line from being served.

import type { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { KEY_ROLES, type KeyRole } from './keys.ts';
import type { ProblemName } from './problem.ts';

/** Who may ask. `person`: the token of the very person that the address is about. */
export type Role = KeyRole | 'person';
const ROLES: readonly Role[] = [...KEY_ROLES, 'person'];

export const GROUPS = ['decide', 'people', 'evidence', 'shop', 'operations'] as const;

export interface Route {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** As in OpenAPI; `{path}` at the end takes slashes as well. */
  readonly path: string;
  readonly group: (typeof GROUPS)[number];
  readonly summary: string;
  /** One or two sentences for the reader of the documentation. */
  readonly text: string;
  /** Nobody who is not named here. `public` is a decision, not a default. */
  readonly roles: 'public' | readonly Role[];
  /** Whose the address is: the `{id}` in it, or whoever the decision was made for (asked behind the door). */
  readonly owner?: 'id' | 'decision';
  /** Keys of other roles are told 404 instead of 403. */
  readonly hidden?: true;
  /** What personal data is used for here, for `x-purpose`. */
  readonly purpose: string;
  /** What personal data passes, for `x-personal-data`; `none` for most operations. */
  readonly personalData: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** A form of JSON besides `application/json` is read as well, e.g. CloudEvents. */
  readonly anyJson?: true;
  /** Statuses when all is well; the first is the usual one. */
  readonly statuses: readonly number[];
  /** Absent: not JSON, see `media`. */
  readonly answer?: z.ZodType;
  readonly media?: string;
  /** Problems of its own besides those that every route knows. */
  readonly problems?: readonly ProblemName[];
  /** Work that takes minutes, like learning. */
  readonly slow?: true;
  readonly example?: { readonly query?: string; readonly body?: unknown; readonly answer?: unknown };
}

/** Names in braces. */
export function paramsOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([a-z]+)\}/g)].map((match) => match[1] ?? '');
}

/** Stops the start of a server whose contract leaves a door open by mistake. */
export function assertContract(contract: Readonly<Record<string, Route>>): void {
  const seen = new Set<string>();
  for (const [name, route] of Object.entries(contract)) {
    const roles: unknown = route.roles;
    const declared = roles === 'public' || (Array.isArray(roles) && roles.length > 0);
    assert(declared, `route ${name} says who may ask`);
    if (roles !== 'public') {
      assert(
        route.roles === 'public' || route.roles.every((role) => ROLES.includes(role)),
        `route ${name} names known roles`,
      );
      const forPerson = route.roles !== 'public' && route.roles.includes('person');
      assert(!forPerson || route.owner !== undefined, `route ${name} says whose it is`);
    }
    assert(
      route.owner !== 'id' || paramsOf(route.path).includes('id'),
      `route ${name} has the id it speaks of`,
    );
    assert(
      route.personalData === 'none' || roles !== 'public',
      `route ${name} shows personal data to nobody unknown`,
    );
    const address = `${route.method} ${route.path}`;
    assert(!seen.has(address), `route ${name} has an address of its own`);
    seen.add(address);
  }
}
