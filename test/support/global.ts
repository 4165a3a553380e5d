// Runs once around all tests: makes the folder in which the first test that needs PostgreSQL starts it, and
// stops it in the end. Costs nothing when nobody needs one.

import { newServerDir, POSTGRES_DIR, removeServer } from './postgres.ts';

/** Called before the first test. */
export function setup(): void {
  const dir = newServerDir();
  process.env[POSTGRES_DIR] = dir;
}

/** Called after the last. */
export function teardown(): void {
  const dir = process.env[POSTGRES_DIR];
  if (dir !== undefined) removeServer(dir);
}
