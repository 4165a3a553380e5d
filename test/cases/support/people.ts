// What the people of the stories do and say, and what they are answered, in the words of the public API.

import { expect } from 'vitest';
import type { z } from 'zod';
import { CATALOGUE } from '../../../data/town/catalogue.ts';
import { DATA_CATEGORIES, type DataCategory } from '../../../src/facts/category.ts';
import type { Purpose } from '../../../src/facts/purpose.ts';
import { STANDARD_PURPOSES } from '../../../src/facts/standard-notice.ts';
import {
  consentAnswer,
  decideAnswer,
  exportAnswer,
  personAnswer,
  whyAnswer,
} from '../../../src/surfaces/http/answers.ts';
import type { Slot } from './settings.ts';
import type { Asking, Town } from './town.ts';

export const NOTICE = { id: 'notice-1', language: 'en' } as const;

export const pathOf = (person: string): string => `/v1/people/${encodeURIComponent(person)}`;

export interface Choice {
  readonly state?: 'given' | 'refused' | 'withdrawn';
  readonly purposes?: readonly Purpose[];
  readonly categories?: readonly DataCategory[];
  readonly place?: { readonly country: string; readonly region?: string };
  readonly gpc?: boolean;
}

/** A line of consent as the shop's banner sends it; without more: yes to everything that is asked. */
export function consentLine(person: string, choice: Choice = {}): unknown {
  const { state = 'given', purposes = STANDARD_PURPOSES, categories = DATA_CATEGORIES, place, gpc } = choice;
  const grants = purposes.flatMap((purpose) => categories.map((category) => ({ category, purpose, state })));
  return {
    fineline: 'consent',
    person,
    grants,
    notice: NOTICE,
    ...(place === undefined ? {} : { place }),
    ...(gpc === undefined ? {} : { gpc }),
  };
}

let lastId = 0;

export interface Done {
  readonly person: string;
  readonly kind: string;
  readonly items?: readonly string[];
  readonly source?: string;
  readonly timeMs?: number;
  readonly traits?: Readonly<Record<string, string | number>>;
}

/** An event with an id of its own, by the web shop unless said otherwise. */
export function did({ person, kind, items = [], source = 'town-web', timeMs, traits }: Done): unknown {
  lastId += 1;
  return {
    kind,
    id: `case-${lastId}`,
    person,
    source,
    ...(timeMs === undefined ? {} : { time: new Date(timeMs).toISOString() }),
    ...(items.length === 0 ? {} : { lines: items.map((item) => ({ item, quantity: 1 })) }),
    ...(traits === undefined ? {} : { traits }),
  };
}

export type Decided = z.infer<typeof decideAnswer>;

export interface Moment {
  readonly slot: Slot;
  readonly person?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export async function decideAt(
  town: Town,
  { slot, person, context, headers = {} }: Moment,
): Promise<Decided> {
  const body = {
    placement: slot,
    ...(person === undefined ? {} : { person }),
    ...(context === undefined ? {} : { context }),
  };
  const { status, text, json } = await town.ask('POST', '/v1/decide', { as: 'decide', body, headers });
  expect(status, text).toBe(200);
  return decideAnswer.parse(json);
}

/** What is shown, without what names this one answer: two people served alike have equal ones. */
export function shown({ items, nothing }: Decided): unknown {
  return { items, nothing };
}

export const itemsOf = ({ items }: Decided): readonly string[] => items.map(({ item }) => item);

/** Things that stand among the reasons because the person did something with them. */
export function factsBehind({ items }: Decided): readonly string[] {
  return items.flatMap(({ reasons }) =>
    reasons.flatMap(({ kind, item }) => (kind === 'fact' && item !== undefined ? [item] : [])),
  );
}

async function read<T>(
  schema: z.ZodType<T>,
  town: Town,
  path: string,
  asking: Asking = { as: 'officer' },
): Promise<T> {
  const { status, text, json } = await town.ask('GET', path, asking);
  expect(status, text).toBe(200);
  return schema.parse(json);
}

export const whyOf = (
  town: Town,
  { decision }: Decided,
  as = 'officer',
): Promise<z.infer<typeof whyAnswer>> => read(whyAnswer, town, `/v1/why/${decision}`, { as });
export const knownOf = (town: Town, person: string): Promise<z.infer<typeof personAnswer>> =>
  read(personAnswer, town, pathOf(person));
export const allowedOf = (town: Town, person: string): Promise<z.infer<typeof consentAnswer>> =>
  read(consentAnswer, town, `${pathOf(person)}/consent`);
export const exportOf = (town: Town, person: string): Promise<z.infer<typeof exportAnswer>> =>
  read(exportAnswer, town, `${pathOf(person)}/export`);

/** `404` or `410` when nothing may be seen of this person. */
export async function statusOf(town: Town, person: string): Promise<number> {
  return (await town.ask('GET', pathOf(person), { as: 'officer' })).status;
}

/** The shelves of the town a thing stands on, broad to narrow; of a thing of a story, nothing. */
export function shelvesOf(item: string): readonly string[] {
  return CATALOGUE.find(({ id }) => id === item)?.path ?? [];
}

export const leafOf = (item: string): string => shelvesOf(item).at(-1) ?? item;

/** A figure of `/metrics`, 0 when it has not been told. */
export async function figure(town: Town, name: string): Promise<number> {
  const { text } = await town.ask('GET', '/metrics', { as: 'officer' });
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}
