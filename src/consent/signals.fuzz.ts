// Goal: what may still be used with signals in a request is what a person who reads the strings with the
// specification in hand would say, and never more than without them. Method: random choices, written by the
// encoders of the Interactive Advertising Bureau, against a naive reading of the choices themselves; random
// nonsense against the same request without it; a naive reading with one flaw, which must be noticed.

import { describe, expect, test } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { PURPOSES, type Purpose } from '../facts/purpose.ts';
import { type Signals, endedBy, joinSignals, signalsKey } from '../facts/signals.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { EMPTY_CHAIN } from './chain.ts';
import { EU, STRICTEST, US_CA } from './packs.ts';
import type { PermitInput } from './permit.ts';
import { signalsOf } from './signals.ts';
import { gppString } from '../../test/support/gpp-strings.ts';
import { PUBLISHED_GPP_STRINGS, PUBLISHED_TC_STRINGS } from '../../test/support/published-strings.ts';
import { tcString } from '../../test/support/tc-strings.ts';
import { ALL, chainOf, change, permitting } from './testing.ts';

const SEED = Number(process.env['FINELINE_SEED'] ?? 20_261_128);
const REQUESTS = process.env['FINELINE_FULL'] === '1' ? 20_000 : 600;

const oneIn = (random: Random, n: number): boolean => random.below(n) === 0;
const pick = <T>(random: Random, list: readonly [T, ...T[]]): T => list[random.below(list.length)] ?? list[0];

/** What a person chose, in the words of the formats. */
interface Chosen {
  readonly gpc: boolean;
  /** Purposes consented to, and those whose legitimate interest stands; absent: no such string. */
  readonly tcf?: {
    readonly yes: readonly number[];
    readonly interest: readonly number[];
    readonly old: boolean;
  };
  readonly us?: {
    readonly sold: number;
    readonly health: number;
    readonly child: number;
    readonly gpc: boolean;
  };
  readonly att?: string;
}

function draw(random: Random): Chosen {
  const numbers = (): readonly number[] =>
    Array.from({ length: 11 }, (_, at) => at + 1).filter(() => !oneIn(random, 8));
  return {
    gpc: oneIn(random, 4),
    ...(oneIn(random, 2) ? { tcf: { yes: numbers(), interest: numbers(), old: !oneIn(random, 4) } } : {}),
    ...(oneIn(random, 2)
      ? {
          us: {
            sold: random.below(3),
            health: random.below(3),
            child: oneIn(random, 6) ? random.below(3) : 0,
            gpc: oneIn(random, 3),
          },
        }
      : {}),
    ...(oneIn(random, 2)
      ? { att: pick(random, ['authorized', 'denied', 'restricted', 'notDetermined'] as const) }
      : {}),
  };
}

function send({ gpc, tcf, us, att }: Chosen): Signals {
  const signals = {
    ...(tcf === undefined
      ? {}
      : {
          tcf: tcString({
            consents: tcf.yes,
            legitimateInterests: tcf.interest,
            updatedMs: Date.UTC(2026, tcf.old ? 1 : 2, 1),
          }),
        }),
    ...(us === undefined
      ? {}
      : {
          gpp: gppString({
            usnat: {
              SaleOptOut: us.sold,
              SensitiveDataProcessing: [0, 0, us.health],
              KnownChildSensitiveDataConsents: [0, us.child],
              Gpc: us.gpc,
            },
          }),
        }),
    ...(att === undefined ? {} : { att }),
  };
  return signalsOf({ secGpc: gpc ? '1' : undefined, json: { signals } });
}

const FLAWS = ['consent', 'interest', 'March', 'sale', 'health', 'child', 'GPC in GPP', 'phone'] as const;
type Flaw = (typeof FLAWS)[number] | 'none';

/** Numbers of the framework that each use needs; `interest` of them may rest on silence in no other way. */
const NEEDS: Readonly<Record<string, readonly number[]>> = {
  advertise: [1, 2, 3, 4],
  recommend: [1, 5, 6, 11],
  benefit: [1, 5, 6, 11],
  measure: [1, 7, 8, 9],
  improve: [1, 10],
};

/** May it be used, by somebody who granted everything or said nothing, in Europe or in California? */
function mayUse(chosen: Chosen, purpose: Purpose, where: Where, flaw: Flaw): boolean {
  const { tcf, us, att } = chosen;
  const needs = NEEDS[purpose] ?? [];
  const gpc = chosen.gpc || (us?.gpc === true && flaw !== 'GPC in GPP');
  const optedOut = us?.sold === 1 && flaw !== 'sale';
  if (tcf !== undefined && needs.length > 0) {
    if (!tcf.old && flaw !== 'March') return false;
    if (flaw !== 'consent' && needs.some((number) => !tcf.yes.includes(number))) return false;
    const objected = needs.some((one) => [2, 7, 8, 9, 10, 11].includes(one) && !tcf.interest.includes(one));
    if (!where.granted && objected && flaw !== 'interest') return false;
  }
  if (us?.child === 1 && flaw !== 'child') return false;
  if (us?.child === 2 && flaw !== 'child' && (purpose === 'advertise' || purpose === 'contact')) return false;
  if (us?.health === 1 && flaw !== 'health' && (purpose === 'advertise' || purpose === 'guard')) return false;
  if (att !== undefined && att !== 'authorized' && purpose === 'advertise' && flaw !== 'phone') return false;
  if ((gpc || optedOut) && (purpose === 'advertise' || (where.european && purpose === 'contact')))
    return false;
  // A yes that names nobody is none.
  if (purpose === 'pool') return false;
  if (where.granted) return true;
  return !where.european && !gpc && purpose !== 'guard';
}

interface Where {
  readonly granted: boolean;
  readonly european: boolean;
}

function usable(input: Partial<PermitInput>): readonly Purpose[] {
  const permissions = permitting(input);
  return PURPOSES.filter(
    (purpose) => purpose !== 'serve' && permissions.refusal('purchases', purpose) === undefined,
  );
}

const inputOf = ({ granted, european }: Where): Partial<PermitInput> => ({
  chain: granted ? ALL : EMPTY_CHAIN,
  pack: european ? EU : US_CA,
});

const PLACES: readonly Where[] = [true, false].flatMap((granted) =>
  [true, false].map((european) => ({ granted, european })),
);

const expected = (chosen: Chosen, where: Where, flaw: Flaw): readonly Purpose[] =>
  PURPOSES.filter((purpose) => purpose !== 'serve' && mayUse(chosen, purpose, where, flaw));

describe(`signals of a request, seed ${SEED}`, () => {
  test(`[G32] [G33] [G34] ${REQUESTS} of them leave what a naive reading leaves`, () => {
    for (let request = 0; request < REQUESTS; request += 1) {
      const chosen = draw(seededRandom(SEED * 1_000_000 + request));
      for (const where of PLACES) {
        const told = JSON.stringify({ request, chosen, where });
        expect(usable({ ...inputOf(where), signals: send(chosen) }), told).toEqual(
          expected(chosen, where, 'none'),
        );
      }
    }
  });

  test.each(FLAWS)('[G32] [G33] [G34] and not what one leaves that forgets: %s', (flaw) => {
    const differs = Array.from({ length: REQUESTS }, (_, request) => request).some((request) => {
      const chosen = draw(seededRandom(SEED * 1_000_000 + request));
      const signals = send(chosen);
      return PLACES.some(
        (where) => String(usable({ ...inputOf(where), signals })) !== String(expected(chosen, where, flaw)),
      );
    });
    expect(differs).toBe(true);
  });
});

/**
 * Any value that a sender could put into the fields: strings that were published, parts of them, nonsense.
 */
function nonsense(random: Random): unknown {
  const strings = [...PUBLISHED_TC_STRINGS, ...PUBLISHED_GPP_STRINGS].map(({ text }) => text);
  const text = strings[random.below(strings.length)] ?? '';
  return pick<unknown>(random, [
    text,
    text,
    text.slice(random.below(text.length + 1)),
    text.slice(0, random.below(text.length + 1)),
    text.replaceAll('A', '_'),
    text.toLowerCase(),
    `${text}.${text}`,
    `${text}~${text}`,
    random.below(6) - 1,
    'authorized',
    'granted',
    true,
    false,
    null,
    { consent: true },
    [text],
  ]);
}

describe(`anything at all, seed ${SEED}`, () => {
  const names = ['tcf', 'gpp', 'att', 'gpc', 'usp'] as const;
  const drawSignals = (random: Random): Signals => {
    const words = names.filter(() => oneIn(random, 2)).map((name) => [name, nonsense(random)]);
    const json = { gpc: nonsense(random), signals: Object.fromEntries(words) as unknown };
    return signalsOf({ secGpc: pick(random, [undefined, '1', '0'] as const), json });
  };

  test(`[G36] ${REQUESTS} signals never widen what is allowed without them`, () => {
    for (let request = 0; request < REQUESTS; request += 1) {
      const random = seededRandom(SEED * 1_000_000 + request);
      const grants = DATA_CATEGORIES.flatMap((category) =>
        PURPOSES.filter((purpose) => purpose !== 'serve' && oneIn(random, 2)).map((purpose) =>
          change(category, purpose, pick(random, ['given', 'given', 'refused', 'withdrawn'] as const)),
        ),
      );
      const input = {
        chain: oneIn(random, 3) ? EMPTY_CHAIN : chainOf(grants),
        pack: pick(random, [EU, US_CA, STRICTEST] as const),
      };
      const signals = drawSignals(random);
      const [plain, signalled] = [permitting(input), permitting({ ...input, signals })];
      for (const category of DATA_CATEGORIES) {
        for (const purpose of PURPOSES) {
          if (signalled.refusal(category, purpose) !== undefined) continue;
          const told = `${request} ${category} ${purpose} ${JSON.stringify(signals)}`;
          expect(plain.refusal(category, purpose), told).toBeUndefined();
        }
      }
      expect(signalled.refusal('purchases', 'serve')).toBeUndefined();
    }
  });

  test('[G36] several add up: in any order, twice or once, and never to less than one of them', () => {
    for (let request = 0; request < REQUESTS; request += 1) {
      const random = seededRandom(SEED * 1_000_000 + request);
      const [a, b, c] = [drawSignals(random), drawSignals(random), drawSignals(random)];
      const all = joinSignals([a, b, c]);
      expect(signalsKey(joinSignals([c, joinSignals([b, a]), b]))).toBe(signalsKey(all));
      for (const pack of [EU, US_CA, STRICTEST]) {
        expect(endedBy(all, pack)).toEqual(expect.arrayContaining([...endedBy(a, pack)]));
        // What is kept as a choice ends at least what the request itself would have ended.
        const input = { pack, chain: EMPTY_CHAIN };
        const kept = usable({ ...input }).filter((purpose) => !endedBy(a, pack).includes(purpose));
        expect(usable({ ...input, signals: a })).toEqual(kept);
      }
    }
  });
});
