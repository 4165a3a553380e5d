// Goal: a yes counts only in front of a notice that is registered, is shown, can be read, and asks for it; a
// no always counts. Method: one good notice, and one thing wrong at a time; asked when it is said and when it
// is read.

import { describe, expect, test } from 'vitest';
import { isRefusal } from '../facts/refusal.ts';
import type { Notice } from '../facts/notice.ts';
import { classNotice } from '../facts/class-notice.ts';
import { STANDARD_TEXTS, standardNotice } from '../facts/standard-notice.ts';
import { sha256Hex } from '../kernel/sha256.ts';
import { utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { EMPTY_CHAIN, foldConsent, nextConsentRecord } from './chain.ts';
import { EU } from './packs.ts';
import { type Notices, judgeAnswer, noticeProblems, noticesOf } from './notices.ts';
import { NOW, SHOP, change, permitting } from './testing.ts';

const PLAIN: Notice = {
  id: 'plain',
  version: '2',
  controller: SHOP,
  texts: {
    en: 'May we use what you buy to choose what we show you?',
    de: 'Dürfen wir nutzen, was Sie kaufen?',
  },
  asks: [{ purposes: ['recommend', 'improve'], categories: ['purchases'] }],
};
const HARD = {
  ...PLAIN,
  id: 'hard',
  texts: { en: 'Notwithstanding provisions, personalisation is authorised.' },
};

function registered(all: readonly Notice[], sinceMs = 0): Notices {
  return noticesOf({ all, versions: new Map(all.map(({ id, version }) => [id, version])), sinceMs });
}

const NOTICES = registered([{ ...PLAIN, version: '1' }, PLAIN, HARD]);
const YES = [change('purchases', 'recommend', 'given')];
const NO = [change('purchases', 'recommend', 'withdrawn')];

function said(ref: Parameters<typeof judgeAnswer>[1], changes = YES) {
  const judged = judgeAnswer(NOTICES, ref, changes);
  return isRefusal(judged) ? judged.refused : judged;
}

describe('a yes, when it is said', () => {
  test('[G40] counts in front of the version that is shown now, and the record says which', () => {
    expect(said({ id: 'plain', language: 'en' })).toEqual({ id: 'plain', language: 'en', version: '2' });
    expect(said({ id: 'plain', language: 'en', version: '2' })).toMatchObject({ version: '2' });
    expect(said({ id: 'plain', language: 'de-AT-1996' })).toMatchObject({ language: 'de-AT-1996' });
    expect(said({ id: 'plain', language: 'de-x-shop' })).toMatchObject({ version: '2' });
  });

  test.each([
    ['of no such name', { id: 'plane', language: 'en' }, YES, 'notice-unknown'],
    ['of another version', { id: 'plain', language: 'en', version: '1' }, YES, 'notice-outdated'],
    ['in another language', { id: 'plain', language: 'it' }, YES, 'notice-not-in-language'],
    ['in a language that only begins alike', { id: 'plain', language: 'deu' }, YES, 'notice-not-in-language'],
    ['in no language', { id: 'plain', language: 'und' }, YES, 'notice-not-in-language'],
    ['that nobody can read', { id: 'hard', language: 'en' }, YES, 'notice-unreadable'],
    [
      'that asks for less',
      { id: 'plain', language: 'en' },
      [...YES, change('browsing', 'recommend', 'given')],
      'notice-does-not-ask',
    ],
    [
      'that asks for another purpose',
      { id: 'plain', language: 'en' },
      [change('purchases', 'advertise', 'given')],
      'notice-does-not-ask',
    ],
  ])('[G40] is none in front of a notice %s', (_, ref, changes, reason) => {
    expect(said(ref, changes)).toBe(reason);
  });

  test('[G41] a no needs no notice: whatever it names, it counts', () => {
    for (const id of ['plain', 'hard', 'none', 'constructor', '__proto__']) {
      for (const language of ['en', 'und', 'it'])
        expect(said({ id, language }, NO)).toEqual({ id, language });
    }
  });

  test('[G40] the refusal says which measure, what was found, what is asked and what to do', () => {
    const judged = judgeAnswer(NOTICES, { id: 'hard', language: 'en' }, YES);
    expect(isRefusal(judged) && judged.detail).toMatch(
      /^hard@2\/en: .*Flesch reading ease -?[\d.]+, at least 60 is asked\. Use shorter sentences/,
    );
    expect(noticeProblems(PLAIN)).toEqual([]);
    expect(
      noticeProblems({ ...PLAIN, texts: { ...PLAIN.texts, fr: 'Oui ?' } }).map(({ field }) => field),
    ).toEqual(['texts/fr']);
  });
});

/** The reason why purchases may not be used to recommend, `undefined` for yes. */
function read(
  notices: Notices | undefined,
  notice = { id: 'plain', language: 'en', version: '2' } as object,
) {
  const timeMs = NOW - 1000;
  const ref = notice as { id: string; language: string };
  const record = nextConsentRecord(EMPTY_CHAIN, {
    ...{ controller: SHOP, changes: YES, notice: ref, method: 'centre', pack: EU, timeMs },
  } as const);
  const chain = foldConsent(EMPTY_CHAIN, record);
  return permitting({ chain, notices }).refusal('purchases', 'recommend')?.refused;
}

describe('a yes, when it is read', () => {
  test('[G42] counts while its very notice is registered, can be read and asks for it', () => {
    expect(read(NOTICES)).toBeUndefined();
    // A new version takes nothing from those who said yes to the one before.
    expect(read(NOTICES, { id: 'plain', language: 'en', version: '1' })).toBeUndefined();
    expect(read(registered([]))).toBe('notice-unknown');
    expect(read(undefined)).toBe('notice-unknown');
    expect(read(NOTICES, { id: 'plain', language: 'en', version: '3' })).toBe('notice-unknown');
    expect(read(NOTICES, { id: 'plain', language: 'it', version: '2' })).toBe('notice-unknown');
    expect(read(NOTICES, { id: 'hard', language: 'en', version: '2' })).toBe('notice-unreadable');
    const narrow: Notice = { ...PLAIN, asks: [{ purposes: ['improve'], categories: ['purchases'] }] };
    expect(read(registered([narrow]))).toBe('notice-does-not-ask');
  });

  test('[G43] one that names no version counts only if it was said before notices were registered', () => {
    const old = { id: 'whatever', language: 'en' };
    expect(read(registered([PLAIN], NOW), old)).toBeUndefined();
    expect(read(registered([PLAIN], NOW - 1000), old)).toBe('notice-unknown');
    expect(read(registered([PLAIN], 0), old)).toBe('notice-unknown');
  });
});

test('[G40] the words of the standard notice never change under their version', () => {
  // Another hash means another text: give it another version, or no home that has this one will start.
  expect(sha256Hex(utf8(canonicalJson({ ...STANDARD_TEXTS })))).toBe(
    '0eb24c1e7ff5c03a3a95b5092aaffb75c37f811c594e0358c3cbb01ba92bcc14',
  );
  expect(standardNotice(SHOP)).toMatchObject({ id: 'notice-1', version: '1' });
  expect(sha256Hex(utf8(canonicalJson({ ...classNotice(SHOP).texts })))).toBe(
    '87bd92616892b45587da82a7dd6de5c596690949934e12d873a2a5dd0439908b',
  );
});
