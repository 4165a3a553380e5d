// What a GPP string takes away.
//
//     opted out of sale, sharing, targeted advertising   advertise, and what Global Privacy Control forbids
//     no consent to some kind of sensitive data          advertise, guard
//     no consent to secondary use                        advertise, improve
//     a known child                                      advertise, contact; without consent everything
//     Global Privacy Control in it                       as if the browser had sent it
//     a section of the TCF                               what such a string ends (tcf.ts)
//     a section that cannot be read                      everything: it could have been any of these
//
// "Not applicable" says nothing: a company writes it where it does not sell or does not know.

import type { GppSection } from '../facts/consent-string.ts';
import { type Signals, joinSignals } from '../facts/signals.ts';
import { GRANTABLE_PURPOSES } from '../facts/purpose.ts';
import { readGppString } from './gpp-string.ts';
import { signalsOfCanada, signalsOfTcf } from './tcf.ts';

const NOT_APPLICABLE = 0;
/** Did not opt out; consented. */
const AGREED = 2;

const EVERYTHING: Signals = { gpc: true, optsOut: true, ends: GRANTABLE_PURPOSES };

/** `text` as it came; anything but a readable string objects to everything. */
export function signalsOfGpp(text: unknown, vendorId?: number): Signals {
  const reading = typeof text === 'string' ? readGppString(text) : undefined;
  if (reading === undefined) return EVERYTHING;
  return joinSignals(reading.sections.map((section) => signalsOfSection(section, vendorId)));
}

function signalsOfSection(section: GppSection, vendorId: number | undefined): Signals {
  switch (section.kind) {
    case 'tcfeu':
      return signalsOfTcf(section.text, vendorId);
    case 'tcfca':
      return signalsOfCanada(section);
    case 'us':
      return signalsOfState(section);
    default:
      return EVERYTHING;
  }
}

function signalsOfState(section: GppSection & { readonly kind: 'us' }): Signals {
  const { optOuts, sensitive, children, secondary, gpc } = section;
  const said: Signals[] = [{ gpc }];
  if (optOuts.some(isNo)) said.push({ gpc: false, optsOut: true, ends: ['advertise'] });
  if (sensitive.some(isNo)) said.push({ gpc: false, ends: ['advertise', 'guard'] });
  if (secondary.some(isNo)) said.push({ gpc: false, ends: ['improve', 'advertise'] });
  if (children.some(isNo)) said.push({ gpc: false, ends: GRANTABLE_PURPOSES });
  if (children.includes(AGREED)) said.push({ gpc: false, ends: ['advertise', 'contact'] });
  return joinSignals(said);
}

/** Also the number 3, which the format does not know. */
function isNo(value: number): boolean {
  return value !== NOT_APPLICABLE && value !== AGREED;
}
