// What a shop adds to the sensitive classes, and what it excepts from them. Adding is free; excepting needs a
// reason, which is committed with the policy.

import { err, ok } from '../kernel/result.ts';
import { type ClassName, type OwnClass, SENSITIVE_CLASSES } from './item.ts';
import { type Parsed, parseList, parseWord, problem } from './parse.ts';
import { parseReason } from './parse-placement.ts';
import { parseItems, parsePaths } from './parse-things.ts';
import {
  type AddedClass,
  type ExceptedClass,
  type SensitiveRules,
  type Things,
  UNMAPPED_RULES,
} from './policy.ts';
import { type Read, type Reader, readList, readerOf } from './reading.ts';

/** Entries under `add` and under `except`, each. */
const ENTRIES_MAX = 100;
const OWN_CLASS = /^own-[a-z0-9][a-z0-9-]{0,39}$/;

export function readSensitive(value: unknown): Read<SensitiveRules> {
  const opened = readerOf(value, {
    what: '',
    names: ['add', 'except', 'neverInContext', 'reviewed', 'unmapped'],
  });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const entries = <T>(name: string, read: (entry: unknown) => Read<T>): readonly T[] | undefined =>
    reader.takeAll(name, (list) => readList(list, { countMax: ENTRIES_MAX, read }), []);
  const add = entries('add', readAdded);
  const except = entries('except', readExcepted);
  const neverInContext = reader.take('neverInContext', parseClasses, []);
  const reviewed = reader.takeAll('reviewed', readReviewed, {});
  const unmapped = reader.take('unmapped', (word, field) => parseWord(word, UNMAPPED_RULES, field), 'show');
  if (add === undefined || except === undefined || neverInContext === undefined)
    return reader.done<SensitiveRules>(undefined);
  if (reviewed === undefined || unmapped === undefined) return reader.done<SensitiveRules>(undefined);
  const known: readonly string[] = [...SENSITIVE_CLASSES, ...add.map((entry) => entry.class)];
  for (const [at, name] of neverInContext.entries()) {
    if (known.includes(name)) continue;
    const remedy = 'Say under add which things are of this class.';
    reader.refuse(problem(`neverInContext/${at}`, 'a class that something is of', remedy));
  }
  return reader.done({ add, except, neverInContext, reviewed, unmapped });
}

function readAdded(value: unknown): Read<AddedClass> {
  const opened = readerOf(value, { what: '', names: ['class', 'items', 'paths'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const name = reader.take('class', parseClass);
  const things = takeThings(reader);
  if (name === undefined || things === undefined) return reader.done<AddedClass>(undefined);
  return reader.done({ class: name, ...things });
}

function readExcepted(value: unknown): Read<ExceptedClass> {
  const opened = readerOf(value, { what: '', names: ['class', 'items', 'paths', 'reason'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const name = reader.take('class', (word, field) => parseWord(word, SENSITIVE_CLASSES, field));
  const things = takeThings(reader);
  const reason = reader.has('reason') ? reader.take('reason', parseReason) : '';
  if (reason === '') {
    const remedy = 'Say why these things tell nothing after all; it is committed to the log.';
    reader.refuse(problem('reason', 'a reason', remedy));
  }
  if (name === undefined || things === undefined || reason === undefined)
    return reader.done<ExceptedClass>(undefined);
  return reader.done({ class: name, ...things, reason });
}

/** Nothing at all is no mistake here: a list that is empty yet. */
function readReviewed(value: unknown): Read<Things> {
  const opened = readerOf(value, { what: '', names: ['items', 'paths'] });
  return opened.ok ? opened.value.done(takeLists(opened.value)) : opened;
}

function takeLists(reader: Reader): Things | undefined {
  const items = reader.take('items', parseItems, []);
  const paths = reader.take('paths', parsePaths, []);
  return items === undefined || paths === undefined ? undefined : { items, paths };
}

function takeThings(reader: Reader): Things | undefined {
  const things = takeLists(reader);
  if (things === undefined) return undefined;
  const { items, paths } = things;
  if (items.length + paths.length === 0)
    reader.refuse(
      problem('', 'items or paths', 'Say which things, by id or by the beginning of their path.'),
    );
  return { items, paths };
}

function parseClasses(value: unknown, field: string): Parsed<readonly ClassName[]> {
  const countMax = SENSITIVE_CLASSES.length + ENTRIES_MAX;
  return parseList(value, { field, countMax, read: (entry) => parseClass(entry, 'class') });
}

/** One of ours, or one of the shop's own, which begins with `own-`. */
export function parseClass(value: unknown, field: string): Parsed<ClassName> {
  if (typeof value === 'string' && isOwn(value)) return ok(value);
  const known = parseWord(value, SENSITIVE_CLASSES, field);
  if (known.ok) return known;
  const { expected } = known.error;
  return err(problem(field, `${expected}, or own-NAME`, 'Use one of these, or a class of your own.'));
}

function isOwn(text: string): text is OwnClass {
  return OWN_CLASS.test(text);
}
