// GPP strings, read: Global Privacy Platform, header version 1. The header names the sections; each is read
// for itself, and one that is unknown or damaged is handed on as unreadable, which objects.
//
//     header ~ section ~ section        header: type 3, version 1, section ids as ranges in Fibonacci code
//
// Format: github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform, "Consent String Specification".

import type { GppReading, GppSection, TcfCaChoices } from '../facts/consent-string.ts';
import { type BitReader, readBits } from '../kernel/bit-reader.ts';
import { LIMITS } from '../kernel/limits.ts';
import { US_SECTIONS, readUsSection } from './us-sections.ts';

const TYPE = 3;
const VERSION = 1;
const FIELD_BITS = 6;
const COUNT_BITS = 12;
/** Sections one string may hold; 27 ids are given out. */
const SECTIONS_MAX = 64;

const TCF_EU = 2;
const TCF_CANADA = 5;
const US_PRIVACY = 6;

const UNREADABLE: GppSection = { kind: 'unreadable' };

/** `undefined` when its header cannot be read, or names another number of sections than there are. */
export function readGppString(text: string): GppReading | undefined {
  if (text.length > LIMITS.consentStringLengthMax) return undefined;
  const [header = '', ...texts] = text.split('~');
  const ids = readHeader(header);
  if (ids === undefined || ids.length !== texts.length) return undefined;
  return { sections: texts.map((section, at) => readSection(ids[at] ?? 0, section)) };
}

function readHeader(text: string): readonly number[] | undefined {
  const bits = readBits(text);
  if (bits?.take(FIELD_BITS) !== TYPE || bits.take(FIELD_BITS) !== VERSION) return undefined;
  const ids: number[] = [];
  let last = 0;
  for (let left = bits.take(COUNT_BITS); left > 0; left -= 1) {
    const isRange = bits.take(1) === 1;
    const first = last + bits.takeFibonacci();
    const end = isRange ? first + bits.takeFibonacci() : first;
    // A single short string can name a range of a hundred million.
    if (bits.bitsLeft() < 0 || ids.length + end - first >= SECTIONS_MAX) return undefined;
    for (let id = first; id <= end; id += 1) ids.push(id);
    last = end;
  }
  return bits.endsHere() ? ids : undefined;
}

function readSection(id: number, text: string): GppSection {
  if (id === TCF_EU) return { kind: 'tcfeu', text };
  if (id === TCF_CANADA) return readCanada(text) ?? UNREADABLE;
  if (id === US_PRIVACY) return readUsPrivacy(text);
  return US_SECTIONS.includes(id) ? readUsSection(id, text) : UNREADABLE;
}

/** Version, notice given, opted out of sale, covered by an old agreement: four characters in clear. */
function readUsPrivacy(text: string): GppSection {
  if (!/^1[-YN]{3}$/.test(text)) return UNREADABLE;
  const optOut = { Y: 1, N: 2 }[text.charAt(2)] ?? 0;
  return { kind: 'us', optOuts: [optOut], sensitive: [], children: [], secondary: [], gpc: false };
}

const TIME_BITS = 36;
/** CMP, its version and screen, language, vendor list, policy version, texts, special features. */
const CANADA_SKIPPED_BITS = 12 + 12 + 6 + 12 + 12 + 6 + 1 + 12;
const PURPOSES = 24;
const SEGMENT_BITS = 3;
const PUBLISHER = 3;
const DISCLOSED = 1;

/**
 * Of Canada's section the purposes, which come first. Its lists of vendors exist in two encodings that look
 * alike, and nobody here reads them, so a string that is cut in them is not noticed.
 */
function readCanada(text: string): GppSection | undefined {
  const [first = '', ...others] = text.split('.');
  const bits = readBits(first);
  if (bits?.take(FIELD_BITS) !== 1) return undefined;
  bits.skip(2 * TIME_BITS + CANADA_SKIPPED_BITS);
  const core = takePurposes(bits);
  // Both lists of vendors have a length and a kind at least, and the restrictions a count.
  if (bits.bitsLeft() < 17 + 17 + COUNT_BITS) return undefined;
  let publisher: TcfCaChoices | undefined;
  for (const other of others) {
    const segment = readBits(other);
    const type = segment?.take(SEGMENT_BITS);
    if (segment === undefined || (type !== PUBLISHER && type !== DISCLOSED)) return undefined;
    if (type === DISCLOSED) continue;
    if (publisher !== undefined) return undefined;
    publisher = takePurposes(segment);
    segment.skip(2 * segment.take(FIELD_BITS));
    if (!segment.endsHere()) return undefined;
  }
  return { kind: 'tcfca', ...core, ...(publisher === undefined ? {} : { publisher }) };
}

function takePurposes(bits: BitReader): TcfCaChoices {
  return { express: takeSet(bits), implied: takeSet(bits) };
}

function takeSet(bits: BitReader): readonly number[] {
  const numbers: number[] = [];
  for (let number = 1; number <= PURPOSES; number += 1) if (bits.take(1) === 1) numbers.push(number);
  return numbers;
}
