// C2SP tlog-proof: one text file that proves an entry's place in the log, offline: index, audit path, signed
// checkpoint. The `extra` line is not signed by anybody; whoever reads it must compute the leaf from it and
// check that.

import { assert } from '../kernel/assert.ts';
import { base64, fromBase64 } from '../kernel/bytes.ts';
import { type Result, ok } from '../kernel/result.ts';
import type { VerificationError } from '../facts/receipt.ts';
import { failed, parseCount } from './failure.ts';
import { type Hash, HASH_BYTES } from './merkle.ts';
import { PATH_HASHES_MAX } from './merkle-proof.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

export interface TlogProof {
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly path: readonly Hash[];
  /** The signed note, verbatim. */
  readonly checkpoint: string;
}

/** True for a text that means to be a proof. */
export function isTlogProof(text: string): boolean {
  return text.startsWith(`${HEADER}\n`);
}

export function formatTlogProof({ extra, index, path, checkpoint }: TlogProof): string {
  assert(
    path.length <= PATH_HASHES_MAX && path.every((hash) => hash.length === HASH_BYTES),
    'a path is hashes',
  );
  const lines = [HEADER, ...(extra === undefined ? [] : [`extra ${base64(extra)}`]), `index ${index}`];
  for (const hash of path) lines.push(base64(hash));
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Takes a proof apart without believing it. */
export function parseTlogProof(text: string): Result<TlogProof, VerificationError> {
  const split = text.indexOf('\n\n');
  if (!isTlogProof(text) || split < 0)
    return failed('malformed', `a proof starts with ${HEADER} and has a checkpoint`);
  const lines = text.slice(0, split).split('\n').slice(1);
  const hasExtra = lines[0]?.startsWith('extra ') === true;
  const extra = hasExtra ? fromBase64(lines[0]!.slice('extra '.length)) : undefined;
  if (hasExtra && extra === undefined) return failed('malformed', 'the extra line is not base64');
  const [indexLine = '', ...pathLines] = hasExtra ? lines.slice(1) : lines;
  const index = indexLine.startsWith('index ') ? parseCount(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return failed('malformed', 'a proof has a line "index" with a decimal number');
  if (pathLines.length > PATH_HASHES_MAX) {
    return failed('malformed', `an inclusion proof has at most ${PATH_HASHES_MAX} hashes`);
  }
  const path: Hash[] = [];
  for (const line of pathLines) {
    const hash = fromBase64(line);
    if (hash?.length !== HASH_BYTES)
      return failed('malformed', 'a line of the inclusion proof is base64 of 32 bytes');
    path.push(hash);
  }
  const proof = { index, path, checkpoint: text.slice(split + 2) };
  return ok(extra === undefined ? proof : { ...proof, extra });
}
