// Goal: the town is the same town every time, and it is true to its own ground truth. Method: one town of
// 2,000 people is generated once and counted; all of it is deterministic, so the statistical bounds cannot
// flicker.

import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/kernel/bytes.ts';
import { createSha256 } from '../../src/kernel/sha256.ts';
import { hex } from '../../src/kernel/text-forms.ts';
import { DAY_MS } from '../../src/kernel/time.ts';
import { catalogueCsv } from './catalogue-csv.ts';
import { findProduct, productOf } from './catalogue.ts';
import { CONSENT_SHARES } from './consent-choices.ts';
import { generateTown } from './generate.ts';
import { ORDER_LINES_HEADER, orderLines } from './order-lines.ts';
import type { Act, ConsentChoice, TownLine } from './types.ts';

const END_MS = Date.UTC(2026, 1, 1);
const town = generateTown({ seed: 1, endMs: END_MS });
const acts: readonly Act[] = [...town.acts()];
type Order = Extract<Act, { readonly kind: 'purchase' | 'return' }>;
const purchases = acts.filter((act): act is Order => act.kind === 'purchase');
const drawn = town.people.slice(0, 2000);

function linesHash(lines: Iterable<TownLine>): string {
  const sha = createSha256();
  for (const line of lines) sha.update(utf8(`${line.json}\n`));
  return hex(sha.digest());
}

describe('the same town every time', () => {
  test('the same seed gives the same bytes, another seed others', () => {
    const small = { people: 40, days: 60, endMs: END_MS };
    const once = linesHash(generateTown({ seed: 7, ...small }).lines());
    expect(linesHash(generateTown({ seed: 7, ...small }).lines())).toBe(once);
    expect(linesHash(generateTown({ seed: 8, ...small }).lines())).not.toBe(once);
  });

  test('the golden town: a change here changes every figure taken from the town', () => {
    const golden = generateTown({ seed: 1, people: 200, days: 180, endMs: END_MS });
    expect(linesHash(golden.lines())).toBe(
      '8424f1cfff21088601df109de0d2e6b577d53f97bfcff3c57ab9bb59ab50aba3',
    );
  });

  test('a person depends on the seed and their number, not on who else there is or is asked first', () => {
    const small = generateTown({ seed: 1, people: 50, endMs: END_MS });
    expect(small.person(31)).toEqual(town.person(31));
    expect(small.person(3)).toEqual(drawn[3]);
  });
});

describe('lines', () => {
  test('come in time order, within the time of the town', () => {
    let before = END_MS - 180 * DAY_MS;
    for (const act of acts) {
      expect(act.timeMs).toBeGreaterThanOrEqual(before);
      before = act.timeMs;
    }
    expect(before).toBeLessThan(END_MS);
  });

  test('stay in time order when the end is in the middle of a day', () => {
    const endMs = END_MS + 10.5 * 3_600_000;
    const times = [...generateTown({ seed: 3, people: 30, days: 200, endMs }).lines()].map(
      (line) => line.timeMs,
    );
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(endMs);
  });

  test('have event ids that no other line has, and things that the shop sells', () => {
    const ids = acts.flatMap((act) => (act.kind === 'consent' ? [] : [act.id]));
    expect(new Set(ids).size).toBe(ids.length);
    const items = acts.flatMap((act) => ('lines' in act ? act.lines : 'line' in act ? [act.line] : []));
    expect(items.filter(({ item }) => findProduct(item) === undefined)).toEqual([]);
    expect(items.every(({ quantity }) => quantity >= 1 && quantity <= 3)).toBe(true);
  });

  test('speak every intake format, one per source, and name their source', () => {
    const seen = new Map<string, number>();
    for (const { json, source } of town.lines()) {
      const line: unknown = JSON.parse(json);
      expect(line).toMatchObject({ source });
      const format = formatOf(line);
      seen.set(`${source} ${format}`, (seen.get(`${source} ${format}`) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual([
      'town-app consent',
      'town-app plain',
      'town-app segment identify',
      'town-app segment track',
      'town-device cloudevents',
      'town-till cloudevents',
      'town-web consent',
      'town-web ga4',
      'town-web plain',
      'town-web segment track',
    ]);
  });

  test('come as a table, too, with what came back below zero', () => {
    const rows = acts.flatMap((act) =>
      orderLines(act)
        .split('\n')
        .filter((row) => row !== ''),
    );
    const pieces = acts.flatMap((act) => ('lines' in act ? act.lines : []));
    expect(rows).toHaveLength(pieces.length);
    const columns = ORDER_LINES_HEADER.split(',').length;
    for (const row of rows) expect(row.split(',')).toHaveLength(columns);
    const quantities = rows.map((row) => Number(row.split(',')[2]));
    expect(quantities.filter((quantity) => quantity < 0)).toHaveLength(
      acts.filter(({ kind }) => kind === 'return').length,
    );
  });

  test('give nothing of the ground truth away', () => {
    for (const { json } of town.lines())
      expect(json).not.toMatch(
        /"(tastes?|staples?|household|home|classes|complements?|fatigue|sharedDevice|appliances|failsDay|pace|guest|visitor)"/,
      );
    expect(catalogueCsv(town.catalogue).split('\n')[0]).toBe(
      'id,title,description,category,price,currency,brand,stock',
    );
  });
});

function formatOf(line: unknown): string {
  if (typeof line !== 'object' || line === null) return 'none';
  if ('fineline' in line) return 'consent';
  if ('specversion' in line) return 'cloudevents';
  if ('events' in line) return 'ga4';
  if ('kind' in line) return 'plain';
  return 'type' in line ? `segment ${String(line.type)}` : 'none';
}

describe('the catalogue', () => {
  test('has some 600 things with short titles, descriptions and a unique id', () => {
    expect(town.catalogue.length).toBeGreaterThanOrEqual(600);
    expect(new Set(town.catalogue.map(({ id }) => id)).size).toBe(town.catalogue.length);
    for (const product of town.catalogue) {
      expect(product.title.length).toBeLessThanOrEqual(80);
      expect(product.description).not.toBe('');
      expect(product.priceMinor).toBeGreaterThan(0);
      expect(product.path.length).toBeGreaterThanOrEqual(3);
    }
  });

  test('is bought whole: no product is a shelf warmer that nobody touches', () => {
    const bought = new Set(purchases.flatMap((act) => act.lines.map(({ item }) => item)));
    expect(town.catalogue.filter(({ id }) => !bought.has(id)).map(({ id }) => id)).toEqual([]);
  });

  test('as CSV keeps commas and quotes inside their cell', () => {
    const camel = catalogueCsv(town.catalogue)
      .split('\n')
      .find((row) => row.startsWith('coat-camel-classic'));
    expect(camel).toContain('"Camel coat, classic cut",The coat your grandmother was right about.,');
    const odd = { ...productOf('beret-red'), title: 'The "red" one' };
    expect(catalogueCsv([odd])).toContain('"The ""red"" one"');
  });
});

describe('people', () => {
  test('shop like people: baskets, repeats, visits', () => {
    const lines = purchases.flatMap((act) => act.lines.map(({ item }) => `${act.person} ${item}`));
    const size = lines.length / purchases.length;
    expect(size).toBeGreaterThan(2);
    expect(size).toBeLessThan(6);
    const repeatRate = 1 - new Set(lines).size / lines.length;
    expect(repeatRate).toBeGreaterThan(0.3);
    expect(repeatRate).toBeLessThan(0.65);
    expect(purchases.length / drawn.length).toBeGreaterThan(10);
    expect(purchases.length / drawn.length).toBeLessThan(15);
    expect(acts.length).toBeGreaterThan(30_000);
    expect(acts.length).toBeLessThan(60_000);
  });

  test('answer the consent notice in the shares that are planted', () => {
    for (const choice of [
      'full',
      'changed',
      'late',
      'partial',
      'refused',
      'unseen',
    ] satisfies ConsentChoice[]) {
      const share = drawn.filter((person) => person.consent === choice).length / drawn.length;
      // Four standard errors of a share among 2,000.
      const error = 4 * Math.sqrt((CONSENT_SHARES[choice] * (1 - CONSENT_SHARES[choice])) / drawn.length);
      expect(Math.abs(share - CONSENT_SHARES[choice])).toBeLessThan(error);
    }
  });

  test('answer before anything else is known of them, except the late ones, and never when unseen', () => {
    const choices = new Map(drawn.map(({ id, consent }) => [id, consent]));
    const first = new Map<string, Act['kind']>();
    const answered = new Set<string>();
    for (const act of acts) {
      // That somebody signs in says nothing of them yet.
      if (act.kind === 'sign-in') continue;
      if (!first.has(act.person)) first.set(act.person, act.kind);
      if (act.kind === 'consent') answered.add(act.person);
    }
    // Of those who change their minds, newcomers may do so on the very day of their first visit.
    const opened = (choice: ConsentChoice): Set<string> =>
      new Set(
        [...first].flatMap(([id, kind]) =>
          choices.get(id) === choice ? [kind === 'consent' ? 'yes' : 'no'] : [],
        ),
      );
    for (const choice of ['full', 'partial', 'refused'] satisfies ConsentChoice[]) {
      expect(opened(choice)).toEqual(new Set(['yes']));
    }
    for (const choice of ['late', 'unseen'] satisfies ConsentChoice[]) {
      expect(opened(choice)).toEqual(new Set(['no']));
    }
    expect([...answered].filter((id) => choices.get(id) === 'unseen')).toEqual([]);
  });

  test('who change their minds withdraw everything on their day, and some give it again', () => {
    const states = (id: string): string[] =>
      acts.flatMap((act) =>
        act.kind === 'consent' && act.person === id ? [act.grants[0]?.state ?? ''] : [],
      );
    const changed = drawn.filter((person) => person.consent === 'changed' && person.rhythm.joinDay < 10);
    expect(changed.length).toBeGreaterThan(50);
    for (const person of changed) {
      const expected =
        person.regrantDay === undefined ? ['given', 'withdrawn'] : ['given', 'withdrawn', 'given'];
      expect(states(person.id)).toEqual(expected);
    }
  });

  test('bring things back that they had bought, under the same order', () => {
    const orders = new Map(purchases.map((act) => [act.order, act.lines.map(({ item }) => item)]));
    const returns = acts.filter((act): act is Order => act.kind === 'return');
    expect(returns.length).toBeGreaterThan(100);
    for (const { order, lines } of returns) expect(orders.get(order)).toContain(lines[0]?.item);
  });
});
