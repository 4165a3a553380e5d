// Goal: an officer at a terminal makes a number public, sees what it cost, and fills copy with it. Method:
// the real command line in this process, on a home with an imported file.

import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { DAY_MS, utcDay } from '../../kernel/time.ts';
import { runCli } from './cli.ts';
import { heardIo, orderCsv, tempPlace } from './testing.ts';

const KEPT = z.object({ id: z.string() });
const place = tempPlace();
const home = place.path('home');
afterAll(() => place.dispose());

async function ask(...words: readonly string[]) {
  const io = heardIo();
  const code = await runCli([...words, '--home', home], io);
  return { code, ...io.heard };
}

/** Days of the last two months; today is not over. */
const dayAgo = (days: number): string => utcDay(Date.now() - days * DAY_MS);
const PERIOD = ['--from', dayAgo(60), '--to', dayAgo(1)];

beforeAll(async () => {
  const data = place.file('orders.csv', orderCsv({ orders: 600, people: 300, things: 20 }));
  const said = ['--source', 'orders', '--basis', 'consent', '--notice', 'notice-1'];
  const imported = await ask(
    'import',
    data,
    ...said,
    '--purposes',
    'measure',
    '--shift-to-now',
    '--no-learn',
  );
  expect([imported.code, imported.err.includes('error')]).toEqual([0, false]);
  const policy = 'policy: 1\nbudget: { rhoPerYear: 0.3, peopleMin: 20, reason: a test }\n';
  writeFileSync(`${home}/fineline.policy.yaml`, policy);
});

test('[Q50] publish makes a number public, releases tells it and what is left', async () => {
  const made = await ask('publish', 'people-total', ...PERIOD, '--rho', '0.2');
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toMatch(/people-total, \d{4}-\d\d-\d\d to .*ρ = 0\.2: σ = 1\.7.*in all +\d{3}\n/s);
  const again = await ask('publish', 'people-total', ...PERIOD);
  expect(again.out).toBe(made.out);
  const spent = await ask('publish', 'people-per-item', ...PERIOD, '--item', 'T1', '--rho', '0.2');
  expect([spent.code, spent.err]).toEqual([1, expect.stringMatching(/there is 0\.1 left.*-01-01/s)]);
  const table = await ask('publish', 'people-per-item', ...PERIOD, '--item', 'T1', '--rho', '0.1');
  expect(table.out).toMatch(/ {2}T1 +(few|\d+)\n/);
  const told = await ask('releases');
  expect(told.out).toMatch(/Spent in \d{4}: ρ = 0\.3 of 0\.3\./);
  expect(told.out).toContain(made.out);
});

test('[Q50] what is wrong with a question is bad usage, named by its field', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['people-per-itm', ...PERIOD], /Did you mean people-per-item/],
    [['people-total', '--from', '2026-01-01'], /--to is needed/],
    [['people-total', '--from', '2026-01-01', '--to', '2999-01-01'], /to: expected a day before/],
    [['people-total', ...PERIOD, '--rho', 'much'], /--rho must be a number/],
    [['people-total', ...PERIOD, '--rows-per-person', '2'], /rowsPerPersonMax: expected no such field/],
    [['people-per-item', ...PERIOD, '--item', 'never'], /items\/0: expected things of the catalogue/],
  ];
  for (const [words, expected] of cases) {
    const { code, err } = await ask('publish', ...words);
    expect([code, err.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringMatching(expected)]);
  }
});

test('[Q51] copy is filled with a released number in the words of a language, or says why not', async () => {
  const { out } = await ask('publish', 'people-total', ...PERIOD, '--json');
  const { id } = KEPT.parse(JSON.parse(out));
  const filled = await ask('copy', `{people:${id}} people buy here.`, '--language', 'tr');
  expect([filled.code, filled.out]).toEqual([
    0,
    expect.stringMatching(/^yaklaşık (290|300|310) people buy here/),
  ]);
  const refused = await ask('copy', '53 of {name} and {people:all}.');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('{name}: a number in copy')]);
  expect((await ask('copy', 'Tea.', '--language', 'fr')).code).toBe(2);
});
