// TC strings, read: Transparency and Consent Framework, version 2. Every field is stepped over and the string
// must end where its format says; whatever is cut, unknown or said twice makes it unreadable.
//
//     core . disclosed vendors (type 1) . allowed vendors (type 2, old) . publisher's own purposes (type 3)
//
// Format: github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework, "Consent string
// and vendor list formats v2". Why we read it ourselves:
// docs/decisions/0012-consent-strings-are-read-here.md.

import type { TcfChoices, TcfReading, TcfVendor } from '../facts/consent-string.ts';
import { type BitReader, readBits } from '../kernel/bit-reader.ts';
import { LIMITS } from '../kernel/limits.ts';

const VERSION_BITS = 6;
const TIME_BITS = 36;
/** Tenths of a second. */
const TIME_UNIT_MS = 100;
/** CMP, its version and screen, language, vendor list, policy version. */
const PRODUCER_BITS = 12 + 12 + 6 + 12 + 12 + 6;
/** Service-specific, non-standard texts, special features (position and scanning: we use neither). */
const FEATURE_BITS = 1 + 1 + 12;
const PURPOSES = 24;
const VENDOR_BITS = 16;
const COUNT_BITS = 12;
const TYPE_BITS = 3;

const DISCLOSED = 1;
const ALLOWED = 2;
const PUBLISHER = 3;
/** Restriction type: the publisher does not allow it. */
const FORBIDDEN = 0;
/** Restriction type without a meaning. */
const UNDEFINED = 3;

/** `undefined` when any part of it cannot be read. `vendorId`: the vendor of whom the string is asked. */
export function readTcString(text: string, vendorId?: number): TcfReading | undefined {
  if (text.length > LIMITS.consentStringLengthMax) return undefined;
  const [first = '', ...others] = text.split('.');
  const core = readBits(first);
  if (core?.take(VERSION_BITS) !== 2) return undefined;
  const { vendor, ...said } = coreOf(core, vendorId);
  if (!core.endsHere()) return undefined;
  const segments = segmentsOf(others, vendorId);
  if (segments === undefined) return undefined;
  const disclosed = segments.get(DISCLOSED)?.disclosed;
  const publisher = segments.get(PUBLISHER)?.publisher;
  return {
    ...said,
    disclosesVendors: segments.has(DISCLOSED),
    ...(publisher === undefined ? {} : { publisher }),
    ...(vendorId === undefined ? {} : { vendor: { ...vendor, disclosed: disclosed === true } }),
  };
}

function coreOf(
  bits: BitReader,
  vendorId: number | undefined,
): Omit<TcfReading, 'disclosesVendors' | 'vendor'> & { readonly vendor: Omit<TcfVendor, 'disclosed'> } {
  const createdMs = bits.take(TIME_BITS) * TIME_UNIT_MS;
  const changedMs = bits.take(TIME_BITS) * TIME_UNIT_MS;
  bits.skip(PRODUCER_BITS + FEATURE_BITS);
  const choices = takeChoices(bits);
  const isPurposeOneUnasked = bits.take(1) === 1;
  bits.skip(12);
  const consented = takeVendors(bits, vendorId);
  const legitimateInterest = takeVendors(bits, vendorId);
  return {
    ...choices,
    updatedMs: Math.max(createdMs, changedMs),
    asksPurposeOne: !isPurposeOneUnasked,
    vendor: { consented, legitimateInterest, forbidden: takeForbidden(bits, vendorId) },
  };
}

interface Segment {
  readonly disclosed?: boolean;
  readonly publisher?: TcfChoices;
}

function segmentsOf(
  texts: readonly string[],
  vendorId: number | undefined,
): ReadonlyMap<number, Segment> | undefined {
  const segments = new Map<number, Segment>();
  for (const text of texts) {
    const bits = readBits(text);
    const type = bits?.take(TYPE_BITS) ?? 0;
    if (bits === undefined || segments.has(type)) return undefined;
    if (type === DISCLOSED || type === ALLOWED)
      segments.set(type, { disclosed: takeVendors(bits, vendorId) });
    else if (type === PUBLISHER) segments.set(type, { publisher: takePublisher(bits) });
    else return undefined;
    if (!bits.endsHere()) return undefined;
  }
  return segments;
}

function takeChoices(bits: BitReader): TcfChoices {
  return { consents: takeSet(bits, PURPOSES), legitimateInterests: takeSet(bits, PURPOSES) };
}

/** Purposes of the publisher's own making stand behind; nobody can know what they mean. */
function takePublisher(bits: BitReader): TcfChoices {
  const choices = takeChoices(bits);
  bits.skip(2 * bits.take(6));
  return choices;
}

/** Numbers from 1 whose bit is set. */
function takeSet(bits: BitReader, count: number): readonly number[] {
  const numbers: number[] = [];
  for (let number = 1; number <= count; number += 1) if (bits.take(1) === 1) numbers.push(number);
  return numbers;
}

/** Whether the vendor is in the list that comes next: a bit for each vendor, or ranges. */
function takeVendors(bits: BitReader, vendorId: number | undefined): boolean {
  const greatest = bits.take(VENDOR_BITS);
  if (bits.take(1) === 1) return takeRanges(bits, vendorId);
  if (vendorId === undefined || vendorId > greatest) {
    bits.skip(greatest);
    return false;
  }
  bits.skip(vendorId - 1);
  const isSet = bits.take(1) === 1;
  bits.skip(greatest - vendorId);
  return isSet;
}

/** At most 4,095 ranges, whatever they span: nothing is unpacked. */
function takeRanges(bits: BitReader, vendorId: number | undefined): boolean {
  let isNamed = false;
  for (let left = bits.take(COUNT_BITS); left > 0 && bits.bitsLeft() >= 0; left -= 1) {
    const isRange = bits.take(1) === 1;
    const first = bits.take(VENDOR_BITS);
    const last = isRange ? bits.take(VENDOR_BITS) : first;
    if (last < first) bits.giveUp();
    if (vendorId !== undefined && first <= vendorId && vendorId <= last) isNamed = true;
  }
  return isNamed;
}

/** Purposes that the publisher's restrictions forbid the vendor. */
function takeForbidden(bits: BitReader, vendorId: number | undefined): readonly number[] {
  const forbidden: number[] = [];
  for (let left = bits.take(COUNT_BITS); left > 0 && bits.bitsLeft() >= 0; left -= 1) {
    const purpose = bits.take(6);
    const type = bits.take(2);
    if (purpose === 0 || type === UNDEFINED) bits.giveUp();
    if (takeRanges(bits, vendorId) && type === FORBIDDEN) forbidden.push(purpose);
  }
  return forbidden;
}
