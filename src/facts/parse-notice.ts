// How a notice from the settings is read. Whether it can be read by people is judged elsewhere
// (consent/readability/).

import { LIMITS } from '../kernel/limits.ts';
import { err, ok } from '../kernel/result.ts';
import { DATA_CATEGORIES } from './category.ts';
import { parseGrantCategory } from './declared-class.ts';
import type { ControllerId } from './ids.ts';
import type { Notice, NoticeAsk } from './notice.ts';
import { parseJointTexts, parsePartners } from './parse-partners.ts';
import { type Parsed, parseList, parseObject, parseText, parseWord, problem, within } from './parse.ts';
import { GRANTABLE_PURPOSES } from './purpose.ts';

/** Longest language tag: RFC 5646 §4.4.1 gives 35 characters as enough for every sensible tag. */
const LANGUAGE_LENGTH_MAX = 35;
const LANGUAGE = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/;
const VERSION = /^[A-Za-z0-9._-]{1,32}$/;
const NOTICE_FIELDS = ['id', 'version', 'texts', 'asks', 'partners'];
const ASK_FIELDS = ['purposes', 'categories'];
/** Every data category, and as many classes as there are with many of the shop's own. */
const ASKED_MAX = 50;
/** The seven languages of the product, and room for those that can be measured one day. */
const LANGUAGES_MAX = 30;

export function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LANGUAGE_LENGTH_MAX && LANGUAGE.test(value);
}

/** A text, so that 1.10 is not 1.1. */
export function parseVersion(value: unknown): Parsed<string> {
  if (typeof value === 'string' && VERSION.test(value)) return ok(value);
  const expected = 'a text of 1 to 32 letters, digits, ".", "_" or "-"';
  return err(problem('version', expected, 'Write for instance "2026-07", in quotes.'));
}

/**
 * Reads `{id, version, texts: {en: …}, asks: [{purposes, categories}]}`; every field must be there. With
 * `partners: [{controller, name}]` where it asks for `pool`, and only there.
 */
export function parseNotice(value: unknown, controller: ControllerId): Parsed<Notice> {
  const object = fieldsOf(value, NOTICE_FIELDS, 'notice');
  if (!object.ok) return object;
  const { id, version, texts, asks, partners } = object.value;
  const named = parseText(id, { field: 'id', lengthMax: LIMITS.idLengthMax });
  if (!named.ok) return named;
  const numbered = parseVersion(version);
  if (!numbered.ok) return numbered;
  const said = within('texts', texts === 'joint' ? parseJointTexts(partners) : parseTexts(texts));
  if (!said.ok) return said;
  const asked = parseList(asks, { field: 'asks', countMax: 20, read: parseAsk });
  if (!asked.ok) return asked;
  if (asked.value.length === 0) {
    return err(problem('asks', 'what the notice asks for', 'Write [{ purposes: […], categories: […] }].'));
  }
  const notice = {
    id: named.value,
    version: numbered.value,
    controller,
    texts: said.value,
    asks: asked.value,
  };
  const together = within('partners', parsePartners(partners, notice));
  if (!together.ok) return together;
  return ok(together.value.length === 0 ? notice : { ...notice, partners: together.value });
}

function parseTexts(value: unknown): Parsed<Readonly<Record<string, string>>> {
  const object = parseObject(value, '');
  if (!object.ok) return object;
  const texts = Object.entries(object.value);
  if (texts.length === 0 || texts.length > LANGUAGES_MAX) {
    const expected = `1 to ${LANGUAGES_MAX} languages`;
    return err(problem('', expected, 'Write a text for each, for instance en: "…".'));
  }
  const read: [string, string][] = [];
  for (const [language, text] of texts) {
    if (!isLanguage(language))
      return err(problem(language, 'a BCP 47 language tag', 'Write for instance "de" or "zh-Hant".'));
    if (typeof text !== 'string' || text.trim().length === 0)
      return err(problem(language, 'the text that people see', 'Write it here, or { file: NAME }.'));
    if (text.length > LIMITS.noticeLengthMax) {
      const expected = `at most ${LIMITS.noticeLengthMax} characters, got ${text.length}`;
      return err(problem(language, expected, 'Nobody reads that much before a yes. Say less.'));
    }
    read.push([language, text.trim()]);
  }
  return ok(Object.fromEntries(read));
}

function parseAsk(value: unknown): Parsed<NoticeAsk> {
  const object = fieldsOf(value, ASK_FIELDS, 'ask');
  if (!object.ok) return object;
  const purposes = parseWords(object.value['purposes'], 'purposes', GRANTABLE_PURPOSES);
  if (!purposes.ok) return purposes;
  const categories = parseList(object.value['categories'], {
    field: 'categories',
    countMax: ASKED_MAX,
    read: parseGrantCategory,
  });
  if (!categories.ok) return categories;
  if (categories.value.length > 0) return ok({ purposes: purposes.value, categories: categories.value });
  return err(problem('categories', 'at least one', `Name some of ${DATA_CATEGORIES.join(', ')}.`));
}

function parseWords<W extends string>(
  value: unknown,
  field: string,
  words: readonly W[],
): Parsed<readonly W[]> {
  const list = parseList(value, {
    field,
    countMax: words.length,
    read: (word) => parseWord(word, words, 'word'),
  });
  if (!list.ok || list.value.length > 0) return list;
  return err(problem(field, 'at least one', `Name some of ${words.join(', ')}.`));
}

function fieldsOf(
  value: unknown,
  names: readonly string[],
  what: string,
): Parsed<Readonly<Record<string, unknown>>> {
  const object = parseObject(value, what);
  if (!object.ok) return object;
  for (const name of Object.keys(object.value)) {
    if (!names.includes(name))
      return err(problem(name, `one of ${names.join(', ')}`, 'Correct or remove the field.'));
  }
  return object;
}
