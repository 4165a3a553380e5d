// What the shop asks of Fineline, in the shop's words. Each function is one or two calls of the public API.

import { randomUUID } from 'node:crypto';
import * as answers from './answers.ts';
import type { Answered, Call, Exchange } from './api.ts';
import { type Session, remember } from './session.ts';
import { BANNER_NOTICE_ID, LIST_NOTICE_ID } from './town-words.ts';
import type { Visit } from './visit.ts';

/** The source under which this shop is registered in the settings of the town. */
const SOURCE = 'town-web';
/** What is shown: the short notice, or the list in which each choice is made by itself. */
const NOTICES = { banner: BANNER_NOTICE_ID, centre: LIST_NOTICE_ID } as const;

type EventKind = 'view' | 'basket-add' | 'basket-remove' | 'purchase' | 'impression' | 'click' | 'dismiss';

interface Happened {
  readonly kind: EventKind;
  readonly lines: readonly {
    readonly item: string;
    readonly quantity?: number;
    readonly priceMinor?: number;
  }[];
  readonly order?: string;
  readonly decision?: string;
}

/** Tells what happened. Of nobody nothing is told. */
export async function tell(
  visit: Visit,
  person: string | undefined,
  happened: readonly Happened[],
  trace: Exchange[] = visit.trace,
): Promise<answers.Events | undefined> {
  if (person === undefined || happened.length === 0) return undefined;
  const body = happened.map(({ order, ...one }) => ({
    ...one,
    id: randomUUID(),
    person,
    ...(order === undefined ? {} : { order, currency: 'EUR' }),
  }));
  const told = await visit.shop.api.call(
    {
      step: happened.every(({ kind }) => kind === 'impression') ? 'deliver' : 'collect',
      method: 'POST',
      path: `/v1/events?source=${SOURCE}`,
      as: 'collect',
      body,
      schema: answers.events,
    },
    trace,
  );
  return told.ok ? told.value : undefined;
}

/** Tells what a microphone heard, under a source that nobody registered. Whether it was turned away. */
export async function tellOverheard(visit: Visit, trace: Exchange[]): Promise<boolean> {
  const person = visit.session?.person ?? 'somebody';
  const heard = { id: randomUUID(), person, source: 'living-room-microphone', kind: 'view' };
  const told = await visit.shop.api.call(
    {
      step: 'collect',
      method: 'POST',
      path: '/v1/events',
      as: 'collect',
      body: [{ ...heard, lines: [{ item: 'skates-lake' }] }],
      schema: answers.events,
    },
    trace,
  );
  return told.ok ? told.value.accepted === 0 : told.status === 422;
}

interface Question {
  readonly placement: 'home' | 'product' | 'basket' | 'email';
  readonly limit: number;
  readonly items?: readonly string[];
  /** A part of the catalogue; absent: all of it. */
  readonly within?: string;
}

/** What to show. What is shown is told back, so that its use can be counted, where the person allows it. */
export async function decide(
  visit: Visit,
  { placement, limit, items = [], within }: Question,
  trace: Exchange[] = visit.trace,
): Promise<answers.Decision | undefined> {
  const { session, gpc } = visit;
  const person = session?.person;
  const decided = await visit.shop.api.call(
    {
      step: 'decide',
      method: 'POST',
      path: '/v1/decide',
      as: 'decide',
      body: {
        ...(person === undefined ? {} : { person }),
        placement,
        limit,
        context: { items, within, ...(gpc ? { gpc } : {}) },
      },
      schema: answers.decision,
    },
    trace,
  );
  if (!decided.ok) return undefined;
  if (session !== undefined && person !== undefined) {
    remember(session.decisions, { id: decided.value.decision, place: placement, timeMs: Date.now() });
    const lines = decided.value.items.map(({ item }) => ({ item }));
    if (lines.length > 0 && placement !== 'email')
      await tell(visit, person, [{ kind: 'impression', lines, decision: decided.value.decision }], trace);
  }
  return decided.value;
}

/** Asks with the token of the person of this visit: it opens their own data and nobody else's. */
async function own<T>(
  visit: Visit,
  wanted: Omit<Call<T>, 'as' | 'token'>,
  trace: Exchange[] = visit.trace,
): Promise<Answered<T>> {
  const person = visit.session?.person;
  if (person === undefined) return { ok: false, status: 404 };
  const token = await visit.shop.api.tokenOf(person);
  return visit.shop.api.call({ ...wanted, as: 'person', token }, trace);
}

const pathOf = (session: Session | undefined): string =>
  `/v1/people/${encodeURIComponent(session?.person ?? '')}`;

export function readPerson(visit: Visit, trace?: Exchange[]): Promise<Answered<answers.Person>> {
  const path = pathOf(visit.session);
  return own(visit, { step: 'profile', method: 'GET', path, schema: answers.person }, trace);
}

export function readConsent(visit: Visit, trace?: Exchange[]): Promise<Answered<answers.Consent>> {
  const path = `${pathOf(visit.session)}/consent`;
  return own(visit, { step: 'consent', method: 'GET', path, schema: answers.consent }, trace);
}

export function readWhy(visit: Visit, decision: string, trace?: Exchange[]): Promise<Answered<answers.Why>> {
  const path = `/v1/why/${encodeURIComponent(decision)}`;
  return own(visit, { step: 'decide', method: 'GET', path, schema: answers.why }, trace);
}

export function readReceipt(visit: Visit, decision: string, trace?: Exchange[]): Promise<Answered<string>> {
  const path = `/v1/receipts/${encodeURIComponent(decision)}`;
  return own(visit, { step: 'prove', method: 'GET', path }, trace);
}

export function exportPerson(visit: Visit): Promise<Answered<string>> {
  return own(visit, { step: 'profile', method: 'GET', path: `${pathOf(visit.session)}/export` });
}

export function erasePerson(visit: Visit, trace: Exchange[]): Promise<Answered<answers.Kept>> {
  const path = pathOf(visit.session);
  return own(visit, { step: 'prove', method: 'DELETE', path, schema: answers.kept }, trace);
}

/** Sets one fact aside for this person, or takes that back. */
export function restrict(
  visit: Visit,
  body: { readonly fact: string; readonly restricted: boolean },
  trace: Exchange[],
): Promise<Answered<string>> {
  return own(
    visit,
    { step: 'consent', method: 'PUT', path: `${pathOf(visit.session)}/restrictions`, body },
    trace,
  );
}

export interface Choice {
  readonly category: string;
  readonly purpose: string;
  readonly state: 'given' | 'refused' | 'withdrawn';
}

export interface Chosen {
  readonly grants: readonly Choice[];
  readonly method: 'banner' | 'centre';
  /** What was shown, where it is not the usual notice of the method. */
  readonly notice?: string;
}

/** Keeps choices, said in the notice or on the person's own page. */
export async function choose(
  visit: Visit,
  { grants, method, notice }: Chosen,
  trace: Exchange[],
): Promise<boolean> {
  const shown = notice ?? NOTICES[method];
  const body = { grants, notice: { id: shown, language: visit.language }, method };
  const path = `${pathOf(visit.session)}/consent`;
  const answered = await own(
    visit,
    { step: 'consent', method: 'PUT', path, body, schema: answers.kept },
    trace,
  );
  if (answered.ok && visit.session !== undefined) {
    remember(visit.session.receipts, { kind: 'choice', timeMs: Date.now(), json: answered.value });
  }
  return answered.ok;
}
