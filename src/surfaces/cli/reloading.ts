// A running service reads its policy file again: one after the other, and a bad one changes nothing. The
// version in force stands in HOME/server.json, so that whoever asked for it can see that it was taken.

import { isFault } from '../../kernel/fault.ts';
import type { Embedded } from '../../presets/embedded.ts';
import { assertNotGone } from '../../presets/policy-file.ts';
import { lookUpSettings } from '../../presets/settings-file.ts';
import type { Log } from '../http/log.ts';
import { readServerFile, writeServerFile } from './home/server-file.ts';

export interface Reloading {
  /** Reads the policy once more, after those that are being read. */
  reload(): void;
}

export function reloading({ engine, paths }: Embedded, log: Log): Reloading {
  let turn = Promise.resolve();
  const once = async (): Promise<void> => {
    try {
      const { policy, origin } = lookUpSettings(paths);
      if (origin === 'default') assertNotGone(paths.policy, engine.core.policy.version);
      const { settled } = await engine.usePolicy(policy);
      const server = readServerFile(paths.home);
      if (server !== undefined) writeServerFile(paths.home, { ...server, policy: policy.version });
      log.info({ policy: policy.version }, 'policy in force');
      settled.catch((error: unknown) => log.error({ says: said(error) }, 'policy: the model is made later'));
    } catch (error) {
      const kept = engine.core.policy.version;
      log.error({ policy: kept, says: said(error) }, 'policy refused; the one before stays');
    }
  };
  return {
    reload: () => {
      turn = turn.then(once);
    },
  };
}

/** A fault speaks for itself and names fields of the file; of other errors the kind alone. */
function said(error: unknown): string {
  if (isFault(error)) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
