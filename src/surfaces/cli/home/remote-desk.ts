// The desk over HTTP, for homes with a running server: the same routes anybody would use, with the keys of
// HOME/keys.json.

import type { JsonObject } from '../../../kernel/canonical.ts';
import { Fault } from '../../../kernel/fault.ts';
import { parseObject } from '../../../facts/parse.ts';
import type { LedgerTold } from '../../../engine/releases-told.ts';
import type { ReviewTold, ThingTold } from '../../../engine/review-told.ts';
import type { ShadowTold } from '../../../engine/shadow-told.ts';
import type { KeptRelease } from '../../../facts/release.ts';
import type { KeyRole } from '../../http/keys.ts';
import type { Told } from '../show/told.ts';
import { usage } from '../command.ts';
import { ownerKey } from './api-keys.ts';
import type { Desk, Slot } from './desk.ts';
import type { ServerFile } from './server-file.ts';

/** Learning a large shop takes minutes; nothing else should. */
const ANSWER_MS_MAX = 15 * 60_000;

interface Asking {
  readonly role: KeyRole;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

export function openRemote(home: string, { address }: ServerFile): Desk {
  const askText = async ({ role, method, path, body }: Asking): Promise<string> => {
    const key = ownerKey(home, role);
    if (key === undefined) throw noKey(home, role, address);
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    let answer: Response;
    try {
      answer = await fetch(`${address}${path}`, {
        method,
        headers,
        ...sent,
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
    } catch (cause) {
      throw new Fault('no-answer', `${address} does not answer. Is the server still running?`, {
        retry: 'later',
        cause,
      });
    }
    const text = await answer.text();
    if (answer.ok) return text;
    throw problemFault(answer.status, text);
  };
  // Our own server answers in the form of its contract (surfaces/http/contract.ts).
  const ask = async (asking: Asking): Promise<JsonObject> => JSON.parse(await askText(asking)) as JsonObject;
  const ofPerson = (person: string): string => `/v1/people/${encodeURIComponent(person)}`;
  return {
    via: address,
    decide: async ({ person, placement, channel, campaign, limit, items, within }) => {
      const body = { person, placement, channel, campaign, limit, context: { items, within } };
      return (await ask({ role: 'decide', method: 'POST', path: '/v1/decide', body })) as unknown as Slot;
    },
    why: async (decision) =>
      (await ask({
        role: 'officer',
        method: 'GET',
        path: `/v1/why/${encodeURIComponent(decision)}`,
      })) as unknown as Told,
    receipt: (decision) =>
      askText({ role: 'officer', method: 'GET', path: `/v1/receipts/${encodeURIComponent(decision)}` }),
    readConsent: (person) => ask({ role: 'officer', method: 'GET', path: `${ofPerson(person)}/consent` }),
    changeConsent: ({ person, grants, notice }) =>
      ask({ role: 'officer', method: 'PUT', path: `${ofPerson(person)}/consent`, body: { grants, notice } }),
    export: (person) => ask({ role: 'officer', method: 'GET', path: `${ofPerson(person)}/export` }),
    erase: (person) => ask({ role: 'officer', method: 'DELETE', path: ofPerson(person) }),
    learn: async () => {
      const { model, kind, items, drift } = await ask({ role: 'admin', method: 'POST', path: '/v1/learn' });
      const because = Array.isArray(drift) ? drift.map(String) : [];
      const named = (value: unknown): string | null => (typeof value === 'string' ? value : null);
      return { model: named(model), kind: named(kind), items: Number(items), drift: because };
    },
    proxies: async () =>
      (await ask({ role: 'officer', method: 'GET', path: '/v1/proxies' })) as unknown as ShadowTold,
    ...catalogueOf((path) => ask({ role: 'officer', method: 'GET', path })),
    releases: async () =>
      (await ask({ role: 'officer', method: 'GET', path: '/v1/releases' })) as unknown as LedgerTold,
    publish: async (body) =>
      (await ask({ role: 'officer', method: 'POST', path: '/v1/releases', body })) as unknown as KeptRelease,
    copy: async (body) => {
      const { text } = await ask({ role: 'officer', method: 'POST', path: '/v1/copy', body });
      return { text: typeof text === 'string' ? text : '' };
    },
    close: () => Promise.resolve(),
  };
}

function catalogueOf(read: (path: string) => Promise<JsonObject>): Pick<Desk, 'review' | 'thing'> {
  return {
    review: async () => (await read('/v1/catalogue/review')) as unknown as ReviewTold,
    thing: async (item) =>
      (await read(`/v1/catalogue/items/${encodeURIComponent(item)}`)) as unknown as ThingTold,
  };
}

function noKey(home: string, role: KeyRole, address: string): Fault {
  return new Fault(
    'no-key',
    `A server runs at ${address}, and ${home}/keys.json with its ${role} key is not here. ` +
      'Put it back, or stop the server.',
    {
      retry: 'never',
    },
  );
}

/** RFC 9457 as a sentence, and as the fault that the same thing would be without a server. */
function problemFault(status: number, text: string): Fault {
  const fields = parseObject(readProblem(text), 'problem');
  const detail =
    fields.ok && typeof fields.value['detail'] === 'string'
      ? fields.value['detail']
      : `The server answered ${status}.`;
  const errors = fields.ok && Array.isArray(fields.value['errors']) ? fields.value['errors'] : [];
  const listed = (errors as readonly unknown[]).flatMap((entry) => {
    const found = parseObject(entry, 'error');
    if (!found.ok) return [];
    const { field, expected, remedy } = found.value;
    return [`${String(field)}: expected ${String(expected)}. ${String(remedy)}`];
  });
  const message = [detail, ...listed].join(' ');
  if (status === 422 || status === 400) return usage(message);
  if (status === 404 || status === 410) return new Fault('not-found', message, { retry: 'never' });
  return new Fault(status < 500 ? 'refused' : 'server-failed', message, { retry: 'never' });
}

function readProblem(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
