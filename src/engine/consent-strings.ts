// Consent strings that came lately, with what they object to. The same browser sends the same string with
// every page, and many browsers send the very same one. In memory alone: no string is kept, logged or passed
// on.

import { signalsOfGpp } from '../consent/gpp.ts';
import type { StringReaders } from '../consent/signals.ts';
import { signalsOfTcf } from '../consent/tcf.ts';
import type { Signals } from '../facts/signals.ts';
import { LIMITS } from '../kernel/limits.ts';

/** Strings of each kind that are remembered: at 1 to 10 KB at most 5 MB. */
const REMEMBERED_MAX = 500;

/** `vendorId`: the shop's own number on the vendor list of the TCF, if it has one. */
export function createStringReaders(vendorId?: number): StringReaders {
  return {
    tcf: remembering((text) => signalsOfTcf(text, vendorId)),
    gpp: remembering((text) => signalsOfGpp(text, vendorId)),
  };
}

/** The one that was used longest ago goes first. */
function remembering(read: (text: unknown) => Signals): (text: unknown) => Signals {
  const known = new Map<string, Signals>();
  return (text) => {
    if (typeof text !== 'string' || text.length > LIMITS.consentStringLengthMax) return read(text);
    const found = known.get(text) ?? read(text);
    known.delete(text);
    known.set(text, found);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED_MAX && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
