// Goal: what is remembered of consent strings never answers for another string, and does not grow. Method:
// the readers against the plain ones, with more strings than they remember.

import { describe, expect, it } from 'vitest';
import { signalsOfGpp } from '../consent/gpp.ts';
import { signalsOfTcf } from '../consent/tcf.ts';
import { SAYS_YES, tcString } from '../../test/support/tc-strings.ts';
import { createStringReaders } from './consent-strings.ts';

/** More different strings than are remembered: each denies other purposes. */
const STRINGS = Array.from({ length: 1200 }, (_, at) =>
  tcString({
    ...SAYS_YES,
    consents: Array.from({ length: 11 }, (_one, bit) => bit + 1).filter(
      (one) => ((at >> (one - 1)) & 1) === 0,
    ),
  }),
);

describe('consent strings that came before', () => {
  it('[E45] are read once, and say what they said', () => {
    const { tcf } = createStringReaders();
    for (const text of [...STRINGS, ...STRINGS.toReversed()]) expect(tcf(text)).toEqual(signalsOfTcf(text));
    const [first = ''] = STRINGS;
    expect(tcf(first)).toBe(tcf(first));
  });

  it('[E45] are forgotten in the order in which they were last used', () => {
    const { tcf } = createStringReaders();
    const [kept = '', ...others] = STRINGS;
    const before = tcf(kept);
    for (const text of others.slice(0, 499)) tcf(text);
    expect(tcf(kept)).toBe(before);
    for (const text of others.slice(499, 998)) tcf(text);
    expect(tcf(kept)).toBe(before);
    for (const text of others.slice(0, 500)) tcf(text);
    expect(tcf(kept)).not.toBe(before);
    expect(tcf(kept)).toEqual(before);
  });

  it('[E45] are read for the vendor of the settings, and a kind never answers for the other', () => {
    const text = tcString(SAYS_YES);
    expect(createStringReaders().tcf(text)).toEqual({ gpc: false });
    expect(createStringReaders(7).tcf(text)).toEqual({ gpc: false });
    expect(createStringReaders(9).tcf(text)).toEqual(signalsOfTcf(text, 9));
    const { tcf, gpp } = createStringReaders();
    tcf(text);
    expect(gpp(text)).toEqual(signalsOfGpp(text));
    for (const odd of [1, null, undefined, {}, 'C'.repeat(20_000)])
      expect(tcf(odd)).toEqual(signalsOfTcf(odd));
  });
});
