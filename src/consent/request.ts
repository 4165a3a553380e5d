// A consent request from outside: what a person chose, in front of which notice. It is taken whole or
// refused whole, because a choice that is half understood is not the person's choice. Nothing here has a
// default that allows.

import { err, ok } from '../kernel/result.ts';
import { LIMITS } from '../kernel/limits.ts';
import { parseGrantCategories } from '../facts/declared-class.ts';
import {
  CONSENT_METHODS,
  CONSENT_STATES,
  type ConsentMethod,
  type ConsentState,
  type GrantChange,
  type NoticeRef,
  grantKey,
} from '../facts/grant.ts';
import {
  type Parsed,
  parseList,
  parseObject,
  parseText,
  parseWord,
  problem,
  within,
} from '../facts/parse.ts';
import { isLanguage, parseVersion } from '../facts/parse-notice.ts';
import { type Place, parsePlace } from '../facts/place.ts';
import { GRANTABLE_PURPOSES, type Purpose } from '../facts/purpose.ts';

/**
 * Entries in one request. There are 10 categories × 7 purposes, so even every single choice fits; more is
 * an attack.
 */
export const CONSENT_CHANGES_MAX = 200;

/** The ways people spell the purpose that does not exist here (dpv:SellDataToThirdParties). */
const SELL_WORDS: readonly string[] = [
  'selldatatothirdparties',
  'sell-data-to-third-parties',
  'sell',
  'sale',
  'selling',
];

export interface ConsentRequest {
  /** One entry per category and purpose; "all categories" is spelled out. Never empty. */
  readonly changes: readonly GrantChange[];
  readonly notice: NoticeRef;
  /**
   * `api` when the request does not say. Which methods a caller may claim is for the surface to decide by
   * role.
   */
  readonly method: ConsentMethod;
  readonly place?: Place;
}

/**
 * Reads `{grants: [{category, purpose, state}], notice: {id, language}, method?, place?}`.
 *
 * `parseConsentRequest({ grants: [{ category: '*', purpose: 'advertise', state: 'withdrawn' }], notice: …
 * })` gives eleven changes: ten categories and all classes. Refused: unknown words and fields, more than
 * `CONSENT_CHANGES_MAX` entries, none at all, the same choice twice (also when both say the same), a yes for
 * `*`, and purposes that nobody can grant.
 */
export function parseConsentRequest(value: unknown): Parsed<ConsentRequest> {
  const request = parseFields(value, 'consent', ['grants', 'notice', 'method', 'place']);
  if (!request.ok) return request;
  const changes = parseGrants(request.value.get('grants'));
  if (!changes.ok) return changes;
  const notice = parseNotice(request.value.get('notice'));
  if (!notice.ok) return notice;
  const method = parseMethod(request.value.get('method'));
  if (!method.ok) return method;
  const parts = { changes: changes.value, notice: notice.value, method: method.value };
  if (request.value.get('place') === undefined) return ok(parts);
  const place = parsePlace(request.value.get('place'));
  return place.ok ? ok({ ...parts, place: place.value }) : place;
}

function parseMethod(value: unknown): Parsed<ConsentMethod> {
  return value === undefined ? ok('api') : parseWord(value, CONSENT_METHODS, 'method');
}

/**
 * An object with no other fields than these. A field that we would ignore might have meant "until Friday".
 * Given back as a map, so that a name that is not there is `undefined`, whatever somebody did to
 * `Object.prototype`.
 */
function parseFields(
  value: unknown,
  field: string,
  names: readonly string[],
): Parsed<ReadonlyMap<string, unknown>> {
  const object = parseObject(value, field);
  if (!object.ok) return object;
  const fields = new Map(Object.entries(object.value));
  if ([...fields.keys()].every((name) => names.includes(name))) return ok(fields);
  const expected = `only the fields ${names.join(', ')}`;
  return err(problem(field, expected, 'Remove the others: nothing that was chosen may be ignored.'));
}

function parseGrants(value: unknown): Parsed<readonly GrantChange[]> {
  const entries = parseList(value, { field: 'grants', countMax: CONSENT_CHANGES_MAX, read: parseEntry });
  if (!entries.ok) return entries;
  if (entries.value.length === 0) {
    return err(problem('grants', 'at least one choice', 'Send { category, purpose, state }.'));
  }
  const states = new Map<string, ConsentState>();
  const changes: GrantChange[] = [];
  for (const [index, entry] of entries.value.entries()) {
    for (const change of entry) {
      const key = grantKey(change.category, change.purpose);
      const before = states.get(key);
      if (before !== undefined) {
        const how = before === change.state ? 'twice' : `as ${before} and as ${change.state}`;
        const expected = `each choice once, got ${change.category} for ${change.purpose} ${how}`;
        return err(problem(`grants/${index}`, expected, 'Send only the one that the person made.'));
      }
      states.set(key, change.state);
      changes.push(change);
    }
  }
  return ok(changes);
}

function parseEntry(value: unknown): Parsed<readonly GrantChange[]> {
  const entry = parseFields(value, 'grant', ['category', 'purpose', 'state']);
  if (!entry.ok) return entry;
  const purpose = parsePurpose(entry.value.get('purpose'));
  if (!purpose.ok) return purpose;
  const state = parseWord(entry.value.get('state'), CONSENT_STATES, 'state');
  if (!state.ok) return state;
  const categories = parseGrantCategories(entry.value.get('category'), {
    isYes: state.value === 'given',
  });
  if (!categories.ok) return categories;
  return ok(categories.value.map((category) => ({ category, purpose: purpose.value, state: state.value })));
}

function parsePurpose(value: unknown): Parsed<Purpose> {
  if (value === 'serve') {
    const expected = 'a purpose that is asked for; serve is the order itself and rests on the contract';
    return err(problem('purpose', expected, 'Remove this grant.'));
  }
  if (typeof value === 'string' && SELL_WORDS.includes(value.replace(/^.*[#:]/u, '').toLowerCase())) {
    const expected = 'a purpose that exists; selling data is none here, and nobody can allow it';
    return err(problem('purpose', expected, 'Remove this grant: there is nothing to allow or to refuse.'));
  }
  return parseWord(value, GRANTABLE_PURPOSES, 'purpose');
}

function parseNotice(value: unknown): Parsed<NoticeRef> {
  const notice = parseFields(value, 'notice', ['id', 'language', 'version']);
  if (!notice.ok) return notice;
  const id = within(
    'notice',
    parseText(notice.value.get('id'), { field: 'id', lengthMax: LIMITS.idLengthMax }),
  );
  if (!id.ok) return id;
  const language = notice.value.get('language');
  if (!isLanguage(language)) {
    return err(problem('notice/language', 'a BCP 47 language tag', 'Send for instance "de" or "zh-Hant".'));
  }
  const said = notice.value.get('version');
  if (said === undefined) return ok({ id: id.value, language });
  const version = within('notice', parseVersion(said));
  return version.ok ? ok({ id: id.value, language, version: version.value }) : version;
}
