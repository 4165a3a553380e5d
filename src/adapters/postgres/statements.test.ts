// Goal: whatever is asked of one person touches one partition, so that people can be spread over machines.
// Method: the server's own generic plans (those that do not know the value) of all statements there are.

import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { poolOf } from './database.ts';
import { KEY_STATEMENTS, onPartition, STATEMENTS, type Statement } from './statements.ts';
import { newPair } from '../../../test/support/postgres-pair.ts';

const PARTITION = /^(people|entries|outbox|shares|keys)_p(\d+)$/;
const BY_PERSON = /\b(people|entries|outbox|shares|keys)\b/;
const ANN = '00112233445566778899aabbccddeeff';

/** A value of each type that statements take; only the person's matters for a plan. */
const VALUES: Readonly<Record<string, string>> = {
  uuid: `'${ANN}'`,
  bigint: '7',
  integer: '7',
  smallint: '2',
  text: `'x'`,
  bytea: `'\\x01'`,
  xid8: `'5'`,
  boolean: 'true',
  'uuid[]': `'{${ANN}}'`,
  'bigint[]': `'{7}'`,
  'smallint[]': `'{2}'`,
  'text[]': `'{x}'`,
  'bytea[]': `ARRAY['\\x01'::bytea]`,
};

/** All partitions that a plan reads. */
function partitionsIn(plan: unknown): readonly string[] {
  if (Array.isArray(plan)) return plan.flatMap(partitionsIn);
  if (typeof plan !== 'object' || plan === null) return [];
  const own =
    'Relation Name' in plan && typeof plan['Relation Name'] === 'string' ? [plan['Relation Name']] : [];
  // A change lists all tables that it might have to do with; what it reads to find its rows decides.
  const inner = Object.entries(plan).filter(([key]) => key !== 'Target Tables');
  return [...own.filter((name) => PARTITION.test(name)), ...inner.flatMap(([, part]) => partitionsIn(part))];
}

async function planned(client: pg.Client, name: string, { text }: Statement): Promise<readonly string[]> {
  await client.query(`PREPARE "${name}" AS ${text}`);
  const { rows: types } = await client.query<{ type: string }>(
    'SELECT unnest(parameter_types)::text AS type FROM pg_prepared_statements WHERE name = $1',
    [name],
  );
  const values = types.map(({ type }) => VALUES[type] ?? `missing: ${type}`).join(', ');
  const call = values === '' ? `"${name}"` : `"${name}"(${values})`;
  const { rows } = await client.query<{ 'QUERY PLAN': unknown }>(`EXPLAIN (FORMAT JSON) EXECUTE ${call}`);
  return partitionsIn(rows);
}

async function withClients(work: (clients: readonly [pg.Client, pg.Client]) => Promise<void>): Promise<void> {
  const pair = await newPair();
  await (await pair.open()).close();
  const data = new pg.Client({ connectionString: pair.dataUrl });
  const keys = new pg.Client({ connectionString: pair.keysUrl });
  for (const client of [data, keys]) {
    await client.connect();
    await client.query('SET plan_cache_mode = force_generic_plan');
  }
  await work([data, keys]);
  await data.end();
  await keys.end();
  await pair.end();
}

describe('statements', () => {
  it('[PG2] each that names a person reads one partition, the same in all tables', async () => {
    const plans: { name: string; reach: string; partitions: readonly string[] }[] = [];
    await withClients(async ([data, keys]) => {
      for (const [name, statement] of Object.entries(STATEMENTS)) {
        const client = KEY_STATEMENTS.includes(name) ? keys : data;
        plans.push({ name, reach: statement.reach, partitions: await planned(client, name, statement) });
      }
    });
    expect(plans.length).toBeGreaterThan(30);
    for (const { name, reach, partitions } of plans) {
      const numbers = new Set(partitions.map((partition) => PARTITION.exec(partition)?.[2]));
      if (reach === 'person' || reach === 'part') expect([name, numbers.size <= 1]).toEqual([name, true]);
      if (reach === 'several') expect([name, numbers.size]).toEqual([name, 32]);
      if (reach === 'shared') expect([name, partitions]).toEqual([name, []]);
      if (reach === 'everybody') expect([name, numbers.size]).toEqual([name, 32]);
    }
  });

  it('[PG2] a person lies in the partition that statements about them name', async () => {
    const firsts = ['00', '07', '08', '7f', '80', 'f7', 'f8', 'ff'];
    const lie: string[] = [];
    await withClients(async ([data]) => {
      for (const first of firsts) {
        const person = `${first}${ANN.slice(2)}`;
        const { rows } = await data.query<{ part: string }>(
          'INSERT INTO people (person) VALUES ($1) RETURNING tableoid::regclass::text AS part',
          [person],
        );
        const named = /people_p\d+/.exec(onPartition('dropPerson', person).text)?.[0];
        lie.push(`${first} ${rows[0]?.part === named ? 'as named' : 'elsewhere'}`);
      }
    });
    expect(lie).toEqual(firsts.map((first) => `${first} as named`));
    expect(onPartition('load', ANN).text).not.toMatch(BY_PERSON);
  });

  it('[PG2] what names several people reads their partitions, and walks no table', async () => {
    const all = [
      { name: 'since', values: `'{${ANN}}', '{7}'`, last: / entries_p\d+/g },
      { name: 'loadSeveral', values: `'{${ANN}}'`, last: / entries_p\d+/g },
      { name: 'keysOf', values: `'{${ANN}}'`, last: / keys_p\d+/g },
    ] as const;
    await withClients(async ([data, keys]) => {
      for (const { name, values, last } of all) {
        const client = KEY_STATEMENTS.includes(name) ? keys : data;
        const plans: string[] = [];
        for (const text of [STATEMENTS[name].text, onPartition(name, ANN).text]) {
          await client.query(`PREPARE several AS ${text}`);
          const { rows } = await client.query(`EXPLAIN EXECUTE several (${values})`);
          plans.push(JSON.stringify(rows));
          await client.query('DEALLOCATE several');
        }
        const [whole = '', one = ''] = plans;
        expect([name, new Set(whole.match(last)).size]).toEqual([name, 32]);
        expect([name, new Set(one.match(/_p\d+/g))]).toEqual([name, new Set(['_p0'])]);
        for (const plan of plans)
          expect(`${name} ${plan}`).not.toMatch(/Seq Scan on (?:people|entries|keys)/);
      }
    });
  });

  it('[PG2] no connection lets the server compile statements', async () => {
    const pair = await newPair();
    await (await pair.open()).close();
    const pool = poolOf({ url: pair.dataUrl });
    const { rows } = await pool.query('SHOW jit');
    await pool.end();
    await pair.end();
    expect(rows).toEqual([{ jit: 'off' }]);
  });

  it('[PG2] a statement that forgets the person is found', async () => {
    const forgetful: Statement = { reach: 'person', text: 'SELECT sealed FROM entries WHERE seq = $1' };
    let found: readonly string[] = [];
    await withClients(async ([data]) => {
      found = await planned(data, 'forgetful', forgetful);
    });
    expect(new Set(found).size).toBe(32);
  });

  it('[PG2] in each that names a person, $1 is the person in every table of people', () => {
    for (const [name, { reach, text }] of Object.entries(STATEMENTS)) {
      expect([name, BY_PERSON.test(text)]).toEqual([name, reach !== 'shared']);
      if (reach === 'person') expect([name, text]).toEqual([name, expect.stringMatching(/\$1/)]);
    }
  });
});
