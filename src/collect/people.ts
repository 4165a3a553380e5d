// Owns: whose message it is. A visitor the shop does not know yet gets the prefix `guest:`, so that a cookie
// id can never be taken for a customer number. When a message names both, it belongs to the known person and
// the pair is reported.

import { type PersonId, parsePersonId } from '../facts/ids.ts';
import { type Parsed, problem } from '../facts/parse.ts';
import { err, ok } from '../kernel/result.ts';

const GUEST_PREFIX = 'guest:';

/**
 * What programs and consoles write where there is no id. Taken for one, everybody without a customer number
 * would be a single person, and each would be shown what the others did.
 */
const NO_IDS: readonly string[] = [
  ...['', 'null', 'undefined', 'nan', 'none', 'nil', 'true', 'false', '[object object]', '(not set)'],
  ...['anonymous', 'unknown', 'guest', 'n/a', '-', '0', '-1', '00000000-0000-0000-0000-000000000000'],
];

export function isNoId(text: string): boolean {
  return NO_IDS.includes(text.trim().toLowerCase());
}

/** Loose on purpose: what looks like an address is one. */
const addressPattern = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface Who {
  readonly person: PersonId;
  /** The guest id that came with a known person. */
  readonly guest?: PersonId;
}

/** Shops send numbers as ids as well; only those that are exact. */
export function idText(value: unknown): unknown {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
}

/**
 * A customer's id. An e-mail address is refused: it would be stored as the name of the profile. So is a word
 * that means nobody.
 */
export function parseKnown(value: unknown, field: string): Parsed<PersonId> {
  const parsed = parsePersonId(idText(value), field);
  if (parsed.ok && isNoId(parsed.value)) {
    return err(
      problem(
        field,
        'an id of one person',
        'Leave the event out, or send a visitor id, when nobody is known.',
      ),
    );
  }
  if (parsed.ok && addressPattern.test(parsed.value)) {
    return err(
      problem(field, 'an id that is not an e-mail address', 'Send the customer number or a keyed hash.'),
    );
  }
  return parsed;
}

function parseGuest(value: unknown, field: string): Parsed<PersonId> {
  const plain = parseKnown(value, field);
  if (!plain.ok || plain.value.startsWith(GUEST_PREFIX)) return plain;
  return parsePersonId(GUEST_PREFIX + plain.value, field);
}

/**
 * Reads a known id, a guest id or both; `null` and the empty text count as absent, as the services send them.
 */
export function parseWho(
  ids: { readonly known: unknown; readonly guest: unknown },
  fields: { readonly known: string; readonly guest: string },
): Parsed<Who> {
  const guest = isAbsent(ids.guest) ? undefined : parseGuest(ids.guest, fields.guest);
  if (isAbsent(ids.known)) {
    if (guest === undefined) {
      return err(problem(fields.known, `an id here or in ${fields.guest}`, 'Say whose event it is.'));
    }
    return guest.ok ? ok({ person: guest.value }) : guest;
  }
  const known = parseKnown(ids.known, fields.known);
  if (!known.ok) return known;
  if (known.value.startsWith(GUEST_PREFIX)) {
    return err(
      problem(fields.known, `an id that does not start with ${GUEST_PREFIX}`, 'That prefix marks visitors.'),
    );
  }
  // An unreadable cookie id beside a readable customer number is no reason to lose the event.
  return ok(guest?.ok === true ? { person: known.value, guest: guest.value } : { person: known.value });
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
