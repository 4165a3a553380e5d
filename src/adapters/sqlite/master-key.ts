// Owns: where master keys come from: given from outside (a secret manager, as base64), or files in the keys
// folder, the first made on first use. None is made anew while there are keys wrapped by another one: that
// would lose everybody.
//
//     keys/master.key        the first one        keys/master-ID.key     each that took its place

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64 } from '../../kernel/bytes.ts';
import { Fault } from '../../kernel/fault.ts';
import { createSecret, readIfThere, syncFile, syncFolder } from './files.ts';
import { KEY_BYTES, masterIdOf } from './wrapping.ts';

const MASTER_FILE = 'master.key';
const DRAFT = /^master(-[0-9a-f]{16})?\.key\.\d+\.new$/;
const LATER_FILE = /^master-[0-9a-f]{16}\.key$/;
export const KEYS_FILE = 'keys.db';

/** Where one lies, and what it is called. */
export interface MasterFile {
  readonly file: string;
  readonly id: string;
}

/**
 * All that are at hand, the first of the home first. `given`: in place of files, one or several in base64,
 * apart by spaces, commas or lines. `isUsed`: whether people's keys are wrapped by one already, so that none
 * may be made. Faults: `no-master-key`, `bad-master-key`, and what a file can do.
 */
export function loadMasters(keysDir: string, given: string | undefined, isUsed: boolean): Uint8Array[] {
  if (given !== undefined)
    return given
      .trim()
      .split(/[\s,]+/)
      .map(parsed);
  const there = filesIn(keysDir).map(({ bytes }) => bytes);
  if (there.length > 0) return there;
  const file = join(keysDir, MASTER_FILE);
  if (isUsed) {
    const message = `${file} is missing, but the keys of people need it: put it back`;
    throw new Fault('no-master-key', `${message}, or give FINELINE_MASTER_KEY`, { retry: 'never' });
  }
  const made = randomBytes(KEY_BYTES);
  createSecret(file, made);
  return [made];
}

/** Whether the key store of a home was ever opened. */
export function hasKeys(keysDir: string): boolean {
  return existsSync(join(keysDir, KEYS_FILE));
}

/** A new one beside those of before, durable before it is used for anything. */
export function makeMaster(keysDir: string): MasterFile {
  const made = randomBytes(KEY_BYTES);
  const id = masterIdOf(made);
  const file = join(keysDir, `master-${id}.key`);
  createSecret(file, made);
  made.fill(0);
  return { file, id };
}

/**
 * What a maker that was killed may have left: a file that is not durable yet under its name, and a second
 * name of a key that nobody would take away with the first.
 */
export function settleMasters(keysDir: string): void {
  if (!existsSync(keysDir)) return;
  for (const name of readdirSync(keysDir).filter((one) => DRAFT.test(one))) {
    const draft = join(keysDir, name);
    // One name alone is of somebody who is writing now.
    if ((statSync(draft, { throwIfNoEntry: false })?.nlink ?? 0) > 1) rmSync(draft, { force: true });
  }
  for (const { file } of filesIn(keysDir)) syncFile(file);
  syncFolder(keysDir);
}

export function masterFiles(keysDir: string): readonly MasterFile[] {
  return filesIn(keysDir).map(({ file, bytes }) => ({ file, id: masterIdOf(bytes) }));
}

function filesIn(keysDir: string): readonly { readonly file: string; readonly bytes: Uint8Array }[] {
  if (!existsSync(keysDir)) return [];
  const names = readdirSync(keysDir).filter((name) => name === MASTER_FILE || LATER_FILE.test(name));
  // `.` comes after `-`: the first of the home would be the last.
  const ordered = names.toSorted((one, other) => Number(other === MASTER_FILE) - Number(one === MASTER_FILE));
  return ordered.flatMap((name) => {
    const file = join(keysDir, name);
    const bytes = readIfThere(file);
    if (bytes === undefined) return [];
    if (bytes.length === KEY_BYTES) return [{ file, bytes }];
    const message = `${file}: expected 32 bytes, found ${bytes.length}: put back the right file`;
    throw new Fault('bad-master-key', message, { retry: 'never' });
  });
}

function parsed(text: string): Uint8Array {
  const key = fromBase64(text);
  if (key?.length === KEY_BYTES) return key;
  const message = 'FINELINE_MASTER_KEY: expected 32 bytes in base64 (44 characters), or several of them';
  throw new Fault('bad-master-key', message, { retry: 'never' });
}
