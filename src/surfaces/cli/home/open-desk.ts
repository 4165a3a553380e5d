// Opens the desk of a home: its server's when one answers, else one over an engine opened here.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../../kernel/fault.ts';
import { pathsOf } from '../../../presets/paths.ts';
import { lookUpSettings } from '../../../presets/settings-file.ts';
import type { Desk } from './desk.ts';
import { openRemote } from './remote-desk.ts';
import { liveServer } from './server-file.ts';

/** Faults: `not-found` when there is no home, `no-key` when a server runs and its keys are not here. */
export async function openDesk(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Desk> {
  assertHome(home);
  const server = await liveServer(home);
  if (server !== undefined) return openRemote(home, server);
  // The whole engine, which a question to a server does without.
  const { openDirect } = await import('./direct-desk.ts');
  return openDirect(home, env);
}

/** A command that asks must not make a home by asking. */
export function assertHome(home: string): void {
  const paths = pathsOf(home);
  if (existsSync(join(paths.data, 'data.db'))) return;
  if (existsSync(paths.settings) && lookUpSettings(paths).cluster !== undefined) return;
  throw new Fault(
    'not-found',
    `${paths.home}: there is no Fineline home here. Run “fineline start”, or name another with --home.`,
    {
      retry: 'never',
    },
  );
}
