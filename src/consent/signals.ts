// Privacy signals as they arrive. A header that many browsers send is read as its specification says:
// `Sec-GPC: 1` and nothing else is a signal (https://w3c.github.io/gpc/). A field that a shop's own page
// fills in is read the other way round: it was put there to tell us something, so whatever is not a plain
// `false`, or a string or status that can be read, counts as an objection.
//
//     { gpc: true, signals: { tcf: 'CQ…', gpp: 'DB…', att: 'denied' } }        each of them may be absent

import { ALL_SIGNALS, NO_SIGNALS, type Signals, joinSignals } from '../facts/signals.ts';
import { signalsOfAtt } from './att.ts';
import { signalsOfGpp } from './gpp.ts';
import { signalsOfTcf } from './tcf.ts';

/** Values of all `Sec-GPC` headers: one text per header, or joined with commas as the Fetch standard does. */
export type HeaderValues = string | readonly string[] | undefined;

export interface SignalInput {
  readonly secGpc: HeaderValues;
  /** The JSON object that may hold `gpc` and `signals`, as it came; `undefined` when the request had none. */
  readonly json: unknown;
}

/** How consent strings are read: at once, or from memory. Each takes what came, whatever it is. */
export interface StringReaders {
  readonly tcf: (text: unknown) => Signals;
  readonly gpp: (text: unknown) => Signals;
}

const READERS: StringReaders = { tcf: signalsOfTcf, gpp: signalsOfGpp };

/** What header and JSON object to, together: no way can take back what the other said. */
export function signalsOf({ secGpc, json }: SignalInput, readers: StringReaders = READERS): Signals {
  const gpc = gpcOfHeader(secGpc) || gpcOfJson(json);
  const field = ownField(json, 'signals');
  if (field === undefined) return gpc ? { gpc } : NO_SIGNALS;
  return joinSignals([{ gpc }, signalsOfWords(field.value, readers)]);
}

/** `gpc`, `tcf`, `gpp` and `att`, each read for itself. A word that is none of them: we cannot know. */
function signalsOfWords(words: unknown, readers: StringReaders): Signals {
  if (typeof words !== 'object' || words === null || Array.isArray(words)) return ALL_SIGNALS;
  const said = Object.entries(words).map(([name, value]: [string, unknown]): Signals => {
    if (name === 'gpc') return { gpc: value !== false };
    if (name === 'tcf') return readers.tcf(value);
    if (name === 'gpp') return readers.gpp(value);
    return name === 'att' ? signalsOfAtt(value) : ALL_SIGNALS;
  });
  return joinSignals(said);
}

/**
 * True when one header value is exactly `1`. `0`, `true`, `1;q=1`, `11` are not signals. Two headers are
 * two values, even when something on the way contradicts the browser: `gpcOfHeader('0, 1')` is true.
 */
export function gpcOfHeader(values: HeaderValues): boolean {
  if (values === undefined) return false;
  const lines = typeof values === 'string' ? [values] : values;
  // Only spaces and tabs are optional whitespace (RFC 9110 §5.6.3).
  return lines.some((line) => line.split(',').some((value) => /^[ \t]*1[ \t]*$/.test(value)));
}

/**
 * False when there is no field `gpc` or it is `false`; true for everything else, also for an object that
 * cannot be read.
 */
export function gpcOfJson(json: unknown): boolean {
  if (json === undefined) return false;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return true;
  const field = ownField(json, 'gpc');
  return field !== undefined && field.value !== false;
}

/** Own properties only: a value inherited from a polluted prototype was not sent by anybody. */
function ownField(json: unknown, name: string): PropertyDescriptor | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  return Object.getOwnPropertyDescriptor(json, name);
}
