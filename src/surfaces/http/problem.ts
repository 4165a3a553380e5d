// What is answered when something is not done: RFC 9457 problem details, with field, expectation and remedy
// for whoever has to mend it. Nothing of a request is repeated in a problem but the names of its fields, and
// never an `instance`, because paths hold names of people.

import type { Problem } from '../../facts/parse.ts';

/** Every problem this surface can answer: status and title. The name is part of the interface. */
export const PROBLEMS = {
  'bad-json': { status: 400, title: 'The body is not JSON' },
  'bad-request': { status: 400, title: 'The request cannot be read' },
  'no-key': { status: 401, title: 'A key or token is needed' },
  'not-allowed': { status: 403, title: 'This key may not do that' },
  'not-found': { status: 404, title: 'Nothing is here for you' },
  'wrong-method': { status: 405, title: 'This address knows other methods' },
  'too-slow': { status: 408, title: 'The request took too long to arrive' },
  overtaken: { status: 409, title: 'Somebody said something else since' },
  'budget-spent': { status: 409, title: 'The privacy budget does not allow it' },
  gone: { status: 410, title: 'It was here and is gone' },
  'too-large': { status: 413, title: 'The body is too large' },
  'uri-too-long': { status: 414, title: 'The address is too long' },
  'wrong-media': { status: 415, title: 'The body is in a form that is not read here' },
  invalid: { status: 422, title: 'The body does not say what is needed' },
  'too-many': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The headers are too large' },
  failed: { status: 500, title: 'Something failed here' },
  elsewhere: { status: 503, title: 'Another node does this' },
  busy: { status: 503, title: 'Not now' },
  'disk-full': { status: 507, title: 'There is no room left' },
} as const;

export type ProblemName = keyof typeof PROBLEMS;

/** Errors listed in one answer. Whoever sees ten knows enough. */
export const ERRORS_MAX = 10;

export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly Problem[];
}

/** A refusal on its way to an answer. */
export interface Refused {
  readonly problem: ProblemName;
  /** One plain sentence: what was expected, and what to do. */
  readonly detail: string;
  readonly errors?: readonly Problem[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** For `wrong-method`. */
  readonly allow?: string;
}

export function refused(
  problem: ProblemName,
  detail: string,
  more: Omit<Refused, 'problem' | 'detail'> = {},
): Refused {
  return { problem, detail, ...more };
}

/** One field is wrong. */
export function invalid(...errors: readonly Problem[]): Refused {
  return refused('invalid', 'Mend the fields named in errors and send it again.', { errors });
}

export const NOT_FOUND: Refused = refused('not-found', 'It does not exist, or this token may not see it.');

export function problemBody({ problem, detail, errors }: Refused): ProblemBody {
  const { status, title } = PROBLEMS[problem];
  const body = { type: `/docs#problem-${problem}`, title, status, detail };
  return errors === undefined ? body : { ...body, errors: errors.slice(0, ERRORS_MAX) };
}
