// Owns: where the master key comes from: given from outside (a secret manager, as base64), or a file in the
// keys folder, made on first use. It is never made anew while there are keys wrapped by another one: that
// would lose everybody.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64 } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { createSecret, readIfThere } from './files.ts';
import { KEY_BYTES } from './wrapping.ts';

const MASTER_FILE = 'master.key';
export const KEYS_FILE = 'keys.db';

/** Faults: `no-master-key`, `bad-master-key`, and what a file can do. */
export function loadMasterKey(keysDir: string, given: string | undefined): Uint8Array {
  if (given !== undefined) {
    const key = fromBase64(given);
    if (key?.length === KEY_BYTES) return key;
    throw new Fault('bad-master-key', 'FINELINE_MASTER_KEY: expected 32 bytes in base64 (44 characters)', {
      retry: 'never',
    });
  }
  const file = join(keysDir, MASTER_FILE);
  const there = readIfThere(file);
  if (there?.length === KEY_BYTES) return there;
  if (there !== undefined) {
    throw new Fault(
      'bad-master-key',
      `${file}: expected 32 bytes, found ${there.length}: put back the right file`,
      {
        retry: 'never',
      },
    );
  }
  if (existsSync(join(keysDir, KEYS_FILE))) {
    throw new Fault(
      'no-master-key',
      `${file} is missing, but ${KEYS_FILE} needs it: put it back, or give FINELINE_MASTER_KEY`,
      { retry: 'never' },
    );
  }
  const made = randomBytes(KEY_BYTES);
  createSecret(file, made);
  return made;
}
