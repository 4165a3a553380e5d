// A log in memory for tests of receipts: leaves in, signed checkpoints and places out.

import { leafHash, readerOf, treeRoot } from '../../src/prove/merkle.ts';
import { checkpointText } from '../../src/prove/checkpoint.ts';
import { consistencyPath, inclusionPath } from '../../src/prove/merkle-proof.ts';
import { type NoteSigner, signNote } from '../../src/prove/note.ts';
import type { Placed } from '../../src/prove/receipt.ts';
import type { LogKey } from './log-key.ts';

export interface PaperLog {
  /** Signed checkpoint of the first `size` leaves, by its key or by these. */
  checkpoint(size?: number, signers?: readonly NoteSigner[]): string;
  place(leaf: Uint8Array, size?: number, signers?: readonly NoteSigner[]): Placed;
  consistency(from: number, to: number): Uint8Array[];
}

export function paperLog(key: LogKey, leaves: readonly Uint8Array[]): PaperLog {
  const read = readerOf(leaves.map(leafHash));
  const own = [key.signer];
  const checkpoint = (size = leaves.length, signers: readonly NoteSigner[] = own): string =>
    signNote(checkpointText({ origin: key.signer.name, size, root: treeRoot(size, read) }), signers);
  return {
    checkpoint,
    place: (leaf, size = leaves.length, signers = own) => {
      const index = leaves.findIndex((other) => Buffer.compare(other, leaf) === 0);
      return { index, path: inclusionPath({ index, size, read }), checkpoint: checkpoint(size, signers) };
    },
    consistency: (from, to) => consistencyPath({ from, to, read }),
  };
}
