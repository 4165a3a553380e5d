// Goal: a server that asks for a password where a node has none is told as what it is. Method: a server of
// its own that begins to ask for one; the driver then fails by itself, without a code.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newServerDir, removeServer, type Server, sql, startServer } from '../../../test/support/postgres.ts';
import { createRing } from '../sqlite/ring.ts';
import { openPostgresStore } from './store.ts';

let server: Server;

beforeAll(async () => {
  server = startServer(newServerDir());
  const postgres = server.url('postgres');
  for (const name of ['data', 'keys']) await sql(postgres, `CREATE DATABASE ${name}`);
  await sql(postgres, "ALTER ROLE fineline PASSWORD 'of the test'");
  writeFileSync(join(server.dir, 'data', 'pg_hba.conf'), 'local all all scram-sha-256\n');
  await sql(postgres, 'SELECT pg_reload_conf()');
}, 60_000);

afterAll(() => removeServer(server.dir));

it('[PG5] a password that is asked for and not there is no-rights, and says what to give', async () => {
  const open = async (): Promise<unknown> =>
    openPostgresStore({
      dataUrl: server.url('data'),
      keysUrl: server.url('keys'),
      ring: () => createRing(() => [new Uint8Array(32).fill(7)]),
    }).catch((error: unknown) => error);
  // The server reads its settings a moment after it was told to.
  await expect.poll(open, { timeout: 20_000 }).toMatchObject({
    code: 'no-rights',
    retry: 'never',
    message: expect.stringContaining('user and password'),
  });
}, 60_000);
