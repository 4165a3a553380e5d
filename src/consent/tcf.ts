// What a TC string takes away. A yes in it gives nothing: Fineline's grants have notices and proofs of their
// own. A no in it was said by the person, in the shop's own consent tool, and ends the uses that it stands
// for, whoever asked.
//
//     purpose of the string                          ends
//     1  store and read on the device                all of the below
//     2, 3, 4  advertising                           advertise
//     5, 6, 11  profile and selection of content     recommend, benefit
//     7, 8, 9  measurement, audiences                measure
//     10  improve services                           improve
//
// Two strengths. Without the consent bit a use ends, also against a grant. A legitimate interest that was
// objected to (or never shown: the string cannot tell) ends what rests on silence, where the law allows that
// at all. The framework lets 1 and 3–6 rest on consent alone, so of them that bit says nothing.

import type { TcfCaChoices, TcfChoices, TcfReading } from '../facts/consent-string.ts';
import type { Signals } from '../facts/signals.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { readTcString } from './tc-string.ts';

const USES: readonly Purpose[] = ['recommend', 'improve', 'advertise', 'benefit', 'measure'];
const CONTENT: readonly Purpose[] = ['recommend', 'benefit'];

const ENDED_BY: ReadonlyMap<number, readonly Purpose[]> = new Map([
  [1, USES],
  [2, ['advertise']],
  [3, ['advertise']],
  [4, ['advertise']],
  [5, CONTENT],
  [6, CONTENT],
  [7, ['measure']],
  [8, ['measure']],
  [9, ['measure']],
  [10, ['improve']],
  [11, CONTENT],
]);

/** Purposes that may rest on legitimate interest (since TCF 2.2). */
const MAY_REST_ON_INTEREST: readonly number[] = [2, 7, 8, 9, 10, 11];

/** From this day a string is TCF 2.3 or nothing: without its disclosed vendors it is not trusted. */
const DISCLOSED_FROM_MS = Date.UTC(2026, 2, 1);

/** What a string that cannot be read, or is not trusted, objects to: all that one could. */
const ALL_OF_IT: Signals = { gpc: false, ends: USES };

/**
 * `text` as it came; anything but a readable string of version 2 objects to all of it. `vendorId`: the shop's
 * own number on the vendor list, if it has one.
 */
export function signalsOfTcf(text: unknown, vendorId?: number): Signals {
  const reading = typeof text === 'string' ? readTcString(text, vendorId) : undefined;
  return reading === undefined ? ALL_OF_IT : signalsOfReading(reading);
}

function signalsOfReading(reading: TcfReading): Signals {
  const { vendor } = reading;
  const publisher = isAsked(reading.publisher) ? reading.publisher : undefined;
  if (!reading.disclosesVendors && reading.updatedMs >= DISCLOSED_FROM_MS) return ALL_OF_IT;
  if (vendor !== undefined && !vendor.consented) return ALL_OF_IT;
  if (vendor?.disclosed === false && reading.disclosesVendors) return ALL_OF_IT;
  const ended = [...deniedIn(reading), ...deniedIn(publisher), ...(vendor?.forbidden ?? [])];
  const isVendorObjected = vendor?.legitimateInterest === false;
  const objected = [
    ...objectedIn(reading),
    ...objectedIn(publisher),
    ...(isVendorObjected ? MAY_REST_ON_INTEREST : []),
  ];
  const asked = (purpose: number): boolean => purpose !== 1 || reading.asksPurposeOne;
  return signalsFrom(usesOf(ended.filter(asked)), usesOf(objected));
}

/** Canada: express consent, or implied by what people do; without either a use ends. */
export function signalsOfCanada(choices: TcfCaChoices): Signals {
  const denied = [choices, choices.publisher].flatMap((one) =>
    one === undefined ? [] : numbersWithout([...one.express, ...one.implied]),
  );
  return signalsFrom(usesOf(denied), []);
}

/**
 * The common encoder writes the publisher's segment into every string, full of zeros where the publisher has
 * no purposes of its own. Nobody was asked then; a no to everything stands in the core.
 */
function isAsked(choices: TcfChoices | undefined): boolean {
  return choices !== undefined && choices.consents.length + choices.legitimateInterests.length > 0;
}

function deniedIn(choices: TcfChoices | undefined): readonly number[] {
  return choices === undefined ? [] : numbersWithout(choices.consents);
}

function objectedIn(choices: TcfChoices | undefined): readonly number[] {
  if (choices === undefined) return [];
  return MAY_REST_ON_INTEREST.filter((purpose) => !choices.legitimateInterests.includes(purpose));
}

function numbersWithout(set: readonly number[]): readonly number[] {
  return [...ENDED_BY.keys()].filter((purpose) => !set.includes(purpose));
}

function usesOf(numbers: readonly number[]): readonly Purpose[] {
  const uses = new Set(numbers.flatMap((number) => ENDED_BY.get(number) ?? []));
  return PURPOSES.filter((purpose) => uses.has(purpose));
}

function signalsFrom(ends: readonly Purpose[], endsSilence: readonly Purpose[]): Signals {
  return {
    gpc: false,
    ...(ends.length === 0 ? {} : { ends }),
    ...(endsSilence.length === 0 ? {} : { endsSilence }),
  };
}
