// Privacy signals as browsers, consent tools and phones send them when something went wrong on the way. Each
// must be taken as an objection: it was sent for a reason.

import { gppAround } from '../../support/gpp-strings.ts';
import { PUBLISHED_TC_STRINGS } from '../../support/published-strings.ts';
import { SAYS_YES, tcString } from '../../support/tc-strings.ts';

export interface BadSignal {
  readonly what: string;
  readonly placement: 'home' | 'advert';
  readonly context?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const YES = tcString({ ...SAYS_YES, updatedMs: Date.UTC(2026, 5, 1) });
const NO_TO_SIX = tcString({ ...SAYS_YES, updatedMs: Date.UTC(2026, 5, 1), consents: [1, 2, 3, 4, 5, 7, 8] });

/** A good string spoilt on its way. */
function spoilt(good: string): readonly unknown[] {
  const [core = '', ...rest] = good.split('.');
  const cut = [1, 2, 5, 10, 20, 30].map((length) => core.slice(0, length));
  const all: readonly unknown[] = [
    ...cut,
    ...['', ' ', 'null', 'undefined', '[object Object]', 'yes', '1', 'true', '{}', '1YNN', '1---'],
    ...[null, 0, 1, true, {}, [], [good], { string: good }],
    encodeURIComponent(`${good}=`),
    encodeURIComponent(encodeURIComponent(`"${good}"`)),
    Buffer.from(good).toString('base64'),
    good.toLowerCase(),
    good.toUpperCase(),
    good.split('').toReversed().join(''),
    `"${good}"`,
    ` ${good}`,
    `${good} `,
    `${good}\n`,
    `B${good.slice(1)}`,
    `D${good.slice(1)}`,
    good.replaceAll('A', '='),
    [...rest, core].join('.'),
    core,
    `${good}${'A'.repeat(200_000)}`,
    `${good}~${good}`,
    `\ufeff${good}`,
    good.replace('C', 'С'),
  ];
  return all.filter((one) => one !== good);
}

export function badSignals(): readonly BadSignal[] {
  // What the person objected to, and strings of times when vendors were not named yet.
  const old = PUBLISHED_TC_STRINGS.filter(({ disclosesVendors }) => !disclosesVendors).map(
    ({ text }) => text,
  );
  const tcf = [...spoilt(YES), NO_TO_SIX, ...old].map((value) => ({ signals: { tcf: value } }));
  const gpp = [...spoilt(gppAround(YES)), gppAround(NO_TO_SIX), 'DBABLA', YES].map((value) => ({
    signals: { gpp: value },
  }));
  const gpc = [true, 1, 0, '1', '0', 'true', 'false', 'on', '', null, {}, [], [false], -1].map((value) => ({
    gpc: value,
  }));
  const att = [
    'denied',
    'restricted',
    'notDetermined',
    'DENIED',
    'Authorised',
    'authorized ',
    '',
    0,
    1,
    2,
    null,
  ];
  const phones = [...att, true, {}, [], ['authorized'], '3'].map((value) => ({ signals: { att: value } }));
  // The header alone is read as its standard says: any value but 1 is none (src/consent/signals.ts).
  const headers = ['1', ' 1 ', '\t1', '1, 1', '0, 1', '1,0', 'x,1', ',1'];
  const told =
    (placement: BadSignal['placement']) =>
    (context: Readonly<Record<string, unknown>>): BadSignal => ({
      what: JSON.stringify(context).slice(0, 120),
      placement,
      context,
    });
  return [
    ...[...tcf, ...gpp].map(told('home')),
    ...[...gpc, ...phones].map(told('advert')),
    ...headers.map((value) => ({
      what: `Sec-GPC: ${value}`,
      placement: 'advert' as const,
      headers: { 'sec-gpc': value },
    })),
  ];
}
