// C2SP tlog-checkpoint v1.0.0: the log's head as a note of three lines: origin, size, root. We write no
// extension lines, because auditors cannot check what they say; those of others are read and ignored.

import { assert } from '../kernel/assert.ts';
import { base64, equalBytes, fromBase64 } from '../kernel/bytes.ts';
import { type Result, ok } from '../kernel/result.ts';
import type { VerificationError } from '../facts/receipt.ts';
import { failed, parseCount } from './failure.ts';
import { type Hash, HASH_BYTES, emptyRoot, isTreeSize } from './merkle.ts';
import { isKeyName } from './note.ts';
import { type LogTrust, openTrusted } from './trust.ts';

export type { LogTrust } from './trust.ts';

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
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
  const opened = openTrusted(note, trust);
  if (!opened.ok) return opened;
  const { text, by } = opened.value;
  const checkpoint = parseCheckpointText(text);
  if (!checkpoint.ok) return checkpoint;
  const { origin, size } = checkpoint.value;
  if (origin !== by.key.name) {
    return failed('wrong-origin', `the checkpoint is of another log, expected ${by.key.name}`);
  }
  if (by.sizeMax !== undefined && size > by.sizeMax) {
    return failed(
      'succeeded',
      `a head of ${size} leaves is signed by ${by.vkey} alone, which another key follows from leaf ` +
        `${by.sizeMax} on: whoever still has the old one may have signed it`,
    );
  }
  return checkpoint;
}
