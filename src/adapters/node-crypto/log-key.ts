// Owns: the key that signs the log: `log.key`, PKCS #8 in PEM (RFC 8410), 0600, made on first use and never
// replaced. Whoever has it can speak for this log; whoever loses it can no longer extend it.

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../kernel/fault.ts';

export const PUBLIC_KEY_BYTES = 32;
const LOG_KEY_FILE = 'log.key';

export interface LogKey {
  readonly privateKey: KeyObject;
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
}

export function loadLogKey(keysDir: string): LogKey {
  const file = join(keysDir, LOG_KEY_FILE);
  const pem = readPem(file) ?? createPem(keysDir, file);
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
    // The last 32 bytes of the DER form are the key (RFC 8410 section 4).
    const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    return { privateKey, publicKey: Uint8Array.from(der.subarray(-PUBLIC_KEY_BYTES)) };
  } catch (cause) {
    throw new Fault(
      'bad-log-key',
      `${file}: expected an Ed25519 private key in PEM: put back the right file`,
      {
        retry: 'never',
        cause,
      },
    );
  }
}

function readPem(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw fileFault(file, error);
  }
}

/**
 * Written beside it and then linked: after a kill there is either no key or the whole one, and two starts
 * agree on one.
 */
function createPem(keysDir: string, file: string): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${file}.${process.pid}.new`;
  try {
    mkdirSync(keysDir, { recursive: true, mode: 0o700 });
    const descriptor = openSync(draft, 'w', 0o600);
    try {
      chmodSync(draft, 0o600);
      writeSync(descriptor, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    try {
      linkSync(draft, file);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
    unlinkSync(draft);
    syncFolder(keysDir);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileFault(file, error);
  }
}

function syncFolder(folder: string): void {
  // Windows cannot open a folder, and does not need to.
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function fileFault(file: string, cause: unknown): unknown {
  switch (errnoOf(cause)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Fault('disk-full', `${file}: free some space on this disk, then start again`, {
        retry: 'later',
        cause,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Fault('read-only', `${file}: make the folder writable for the user that runs Fineline`, {
        retry: 'never',
        cause,
      });
    default:
      return cause;
  }
}
