// Goal: what somebody types at night works: alerts, sections and statements that docs/runbooks.md and the
// alerts name are there, and the statements tell the truth. Method: names are looked up; statements are run,
// as they stand in the page, on a real PostgreSQL with a node that has the duty of the log.

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import { lockNode } from '../../src/adapters/postgres/node-lock.ts';
import { dice } from '../support/dice.ts';
import { sql } from '../support/postgres.ts';
import { newPair } from '../support/postgres-pair.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/runbooks.md');
const { groups } = parse(read('deploy/prometheus/alerts.yaml')) as {
  readonly groups: readonly {
    readonly rules: readonly {
      readonly alert: string;
      readonly labels: { readonly severity: string };
      readonly annotations: { readonly remedy: string };
    }[];
  }[];
};
const alerts = groups.flatMap(({ rules }) => rules);
const SECTIONS = 10;

/** What is typed between the quotes of `psql "$DATA" -c "…"`, by a word in it. */
function statementWith(word: string): string {
  const found = [...page.matchAll(/psql "\$DATA" -c "([^"]+)"/g)].find(([, text]) => text?.includes(word));
  return found?.[1] ?? `the page has no statement with ${word}`;
}

it('sections, alerts and their numbers name each other', () => {
  const sections = [...page.matchAll(/^## (\d+)\. /gm)].map(([, number]) => Number(number));
  expect(sections).toEqual(Array.from({ length: SECTIONS }, (_, at) => at + 1));
  const names = alerts.map(({ alert }) => alert);
  const named = [...page.matchAll(/`(Fineline[A-Z]\w+)`/g)].map(([, name]) => name);
  expect(names).toEqual(expect.arrayContaining(named));
  // Whoever is woken finds the page's own word for it.
  const waking = alerts.filter(({ labels }) => labels.severity === 'page').map(({ alert }) => alert);
  expect(named).toEqual(expect.arrayContaining(waking));
  const pointed = alerts.flatMap(({ annotations }) => [...annotations.remedy.matchAll(/runbooks? (\d+)/g)]);
  expect(pointed.length).toBeGreaterThan(4);
  for (const [, number] of pointed) expect(sections).toContain(Number(number));
});

it('the statements tell which node has which duty, and how far the log is', async () => {
  const pair = await newPair();
  const store = await pair.open();
  const lock = await lockNode(pair.dataUrl, { number: 5 });
  const other = await lockNode(pair.dataUrl, { number: 7 });
  try {
    expect([await lock.hold('log'), await lock.hold('learn'), await other.hold('log')]).toEqual([
      true,
      true,
      false,
    ]);
    const duties = await sql(pair.dataUrl, statementWith('pg_locks'));
    expect(duties.map(({ node, duty }) => [Number(node), duty === null ? undefined : Number(duty)])).toEqual([
      [5, 1000],
      [5, 1001],
      [7, undefined],
    ]);
    const entropy = dice(7);
    const log = await store.openLog({ origin: 'fineline.test/log', crypto: memoryCrypto(entropy), entropy });
    const { size } = await log.integrate();
    const [told] = await sql(pair.dataUrl, statementWith('log_head'));
    expect(told).toMatchObject({ waiting: '0', late: expect.anything() });
    expect([Number(told?.['size']), Number(told?.['signed'])]).toEqual([size, size]);
    await log.close();
  } finally {
    await lock.release();
    await other.release();
    await store.close();
    await pair.end();
  }
}, 60_000);
