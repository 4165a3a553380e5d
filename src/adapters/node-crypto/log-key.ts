// Owns: files of keys that sign the log, PKCS #8 in PEM (RFC 8410), 0600. Whoever has the one in use can
// speak for this log; whoever loses it can no longer extend it.
//
//     keys/log.key        the first one        keys/log-ID.key     each that took its place

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../kernel/fault.ts';

export const PUBLIC_KEY_BYTES = 32;
const LOG_KEY_FILE = 'log.key';

const LATER_FILE = /^log-[0-9a-f]{8}\.key$/;
const DRAFT = /^log(-[0-9a-f]{8})?\.key\.\d+\.new$/;

export interface LogKey {
  readonly file: string;
  readonly privateKey: KeyObject;
  /** Raw, 32 bytes. */
  readonly publicKey: Uint8Array;
}

/** The first of a home, made where there is none. Faults: `bad-log-key`, and what a file can do. */
export function loadLogKey(keysDir: string): LogKey {
  const file = join(keysDir, LOG_KEY_FILE);
  const pem = readPem(file) ?? createPem({ keysDir, file, privateKey: newPrivateKey() });
  return keyOf(file, pem);
}

/** All that are at hand, the first of the home first. Makes none. */
export function readLogKeys(keysDir: string): readonly LogKey[] {
  if (!existsSync(keysDir)) return [];
  const names = readdirSync(keysDir).filter((name) => name === LOG_KEY_FILE || LATER_FILE.test(name));
  const ordered = names.toSorted(
    (one, other) => Number(other === LOG_KEY_FILE) - Number(one === LOG_KEY_FILE),
  );
  return ordered.flatMap((name) => {
    const file = join(keysDir, name);
    const pem = readPem(file);
    return pem === undefined ? [] : [keyOf(file, pem)];
  });
}

/** Another one beside those of before, durable before it signs anything; named by what `idOf` makes of it. */
export function makeLogKey(keysDir: string, idOf: (publicKey: Uint8Array) => string): LogKey {
  const privateKey = newPrivateKey();
  const file = join(keysDir, `log-${idOf(publicKeyOf(privateKey))}.key`);
  return keyOf(file, createPem({ keysDir, file, privateKey }));
}

/**
 * What a maker that was killed may have left: a second name of a key, which nobody would take away with the
 * first, and names that are not durable yet.
 */
export function settleLogKeys(keysDir: string): void {
  if (!existsSync(keysDir)) return;
  for (const name of readdirSync(keysDir).filter((one) => DRAFT.test(one))) {
    const draft = join(keysDir, name);
    // One name alone is of somebody who is writing now.
    if ((statSync(draft, { throwIfNoEntry: false })?.nlink ?? 0) > 1) rmSync(draft, { force: true });
  }
  syncFolder(keysDir);
}

/** Ed25519. */
export function signWith(privateKey: KeyObject, message: Uint8Array): Uint8Array {
  return sign(null, message, privateKey);
}

function newPrivateKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey;
}

/** The last 32 bytes of the DER form are the key (RFC 8410 section 4). */
function publicKeyOf(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return Uint8Array.from(der.subarray(-PUBLIC_KEY_BYTES));
}

function keyOf(file: string, pem: string): LogKey {
  try {
    const privateKey = createPrivateKey(pem);
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
    return { file, privateKey, publicKey: publicKeyOf(privateKey) };
  } catch (cause) {
    const message = `${file}: expected an Ed25519 private key in PEM: put back the right file`;
    throw new Fault('bad-log-key', message, { retry: 'never', cause });
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

interface Making {
  readonly keysDir: string;
  readonly file: string;
  readonly privateKey: KeyObject;
}

/**
 * Written beside it and then linked: after a kill there is either no key or the whole one, and two starts
 * agree on one.
 */
function createPem({ keysDir, file, privateKey }: Making): string {
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
    // A half of a key, or a second one, must not stay behind.
    rmSync(draft, { force: true });
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
