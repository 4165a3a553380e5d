// Temporary folders for tile logs, removed when the test that asked for one has ended.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Home } from './tile-logs.ts';

/** Folders for a log and its guard; neither exists yet. Call it inside a test. */
export function newHome(): Home {
  const home = mkdtempSync(join(tmpdir(), 'fineline-tilelog-'));
  onTestFinished(() => {
    rmSync(home, { recursive: true, force: true });
  });
  return { dir: join(home, 'log'), keyDir: join(home, 'keys') };
}
