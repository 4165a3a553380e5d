// For which sensitive leaves a shop wants to know what betrays them.

import { type Parsed, parseList, parseNumber, problem } from './parse.ts';
import { parsePath } from './parse-things.ts';
import type { ProxyRules, PurposeRules, Things } from './policy.ts';
import { type Read, type Reader, readerOf } from './reading.ts';

/** Leaves that tell of a life are few; each costs relevance (docs/the-line.md). */
const PATHS_MAX = 200;
/**
 * With 212 volunteers of the town nothing was found and four in five things were unknown; 1,236 found 13 of
 * 16.
 */
const VOLUNTEERS_MIN = 1000;
/** Least that can be asked for: below, hardly any leaf has twenty members. */
const VOLUNTEERS_LEAST = 200;
const FALSE_RATE = 0.05;
const ERASE = false;

export function readProxies(value: unknown): Read<ProxyRules> {
  const opened = readerOf(value, { what: '', names: ['paths', 'volunteersMin', 'falseRate', 'erase'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const paths = reader.take('paths', parsePaths);
  const volunteersMin = reader.take('volunteersMin', parseVolunteers, VOLUNTEERS_MIN);
  const falseRate = reader.take('falseRate', parseRate, FALSE_RATE);
  const erase = reader.take('erase', parseErase, ERASE);
  if (paths === undefined || volunteersMin === undefined || falseRate === undefined || erase === undefined)
    return reader.done<ProxyRules>(undefined);
  return reader.done({ paths, volunteersMin, falseRate, erase });
}

function parsePaths(value: unknown, field: string): Parsed<Things['paths']> {
  const list = parseList(value, { field, countMax: PATHS_MAX, read: parsePath });
  if (!list.ok || list.value.length > 0) return list;
  const remedy = 'Name leaves that tell of a life, or take proxies out.';
  return { ok: false, error: problem(field, 'at least one path', remedy) };
}

function parseVolunteers(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: VOLUNTEERS_LEAST, max: 10_000_000, whole: true });
}

function parseRate(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: 0.001, max: 0.5 });
}

function parseErase(value: unknown, field: string): Parsed<boolean> {
  if (typeof value === 'boolean') return { ok: true, value };
  const remedy = 'Write true to take what goes with these leaves out of the model, too.';
  return { ok: false, error: problem(field, 'true or false', remedy) };
}

/** Volunteers are those who allowed `guard`; without it nobody can. */
export function refuseUnasked(reader: Reader, purposes: PurposeRules): void {
  if (purposes.guard?.includes('purchases') === true) return;
  const remedy = 'Add “guard: [purchases]” to purposes: proxies are found from people who allowed it.';
  reader.refuse(problem('proxies', 'the purpose guard with purchases', remedy));
}
