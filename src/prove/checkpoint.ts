// C2SP tlog-checkpoint v1.0.0: the log's head as a note of three lines: origin, size, root. We write no
// extension lines, because auditors cannot check what they say; those of others are read and ignored.

import { assert } from '../kernel/assert.ts';
import { base64, equalBytes, fromBase64 } from '../kernel/bytes.ts';
import { type Result, ok } from '../kernel/result.ts';
import type { VerificationError } from '../facts/receipt.ts';
import { failed, parseCount } from './failure.ts';
import { type Hash, HASH_BYTES, emptyRoot, isTreeSize } from './merkle.ts';
import { type VerifyEd25519, isKeyName, openNote, parseVkey } from './note.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** What a checker must bring: the log's key from a place it trusts, and a way to check Ed25519. */
export interface LogTrust {
  /** C2SP vkey; its name is the origin of the log. */
  readonly vkey: string;
  readonly verifyEd25519: VerifyEd25519;
}

/** The note text that is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  assert(isKeyName(origin), 'an origin has no spaces and no plus');
  assert(isTreeSize(size) && root.length === HASH_BYTES, 'a checkpoint has a size and a 32-byte root');
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** Reads a note text as a checkpoint, without believing it. */
export function parseCheckpointText(text: string): Result<Checkpoint, VerificationError> {
  const lines = text.split('\n');
  const [origin = '', sizeText = '', rootText = ''] = lines;
  const size = parseCount(sizeText);
  const root = fromBase64(rootText);
  if (lines.at(-1) !== '' || lines.slice(0, -1).includes('') || lines.length < 4) {
    return failed('malformed', 'a checkpoint has at least three lines, none of them empty');
  }
  if (size === undefined || root?.length !== HASH_BYTES) {
    return failed('malformed', 'a checkpoint names its size in decimal and its root as base64 of 32 bytes');
  }
  if (size === 0 && !equalBytes(root, emptyRoot())) {
    return failed('malformed', 'the checkpoint of an empty log has the root of the empty tree');
  }
  return ok({ origin, size, root });
}

/**
 * The head that a signed checkpoint states, once its signature by the trusted key holds and it is about that
 * log.
 */
export function verifyCheckpoint(note: string, trust: LogTrust): Result<Checkpoint, VerificationError> {
  const key = parseVkey(trust.vkey);
  if (!key.ok) return key;
  const text = openNote(note, { key: key.value, verifyEd25519: trust.verifyEd25519 });
  if (!text.ok) return text;
  const checkpoint = parseCheckpointText(text.value);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== key.value.name) {
    return failed('wrong-origin', `the checkpoint is of another log, expected ${key.value.name}`);
  }
  return checkpoint;
}
