// The witness log in memory: the same tree, checkpoints and proofs as on disk, without the files.

import { hex, utf8 } from '../../kernel/bytes.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { Crypto, Entropy, WitnessLog } from '../../engine/ports.ts';
import { checkpointText } from '../../prove/checkpoint.ts';
import { consistencyPath, inclusionPath } from '../../prove/merkle-proof.ts';
import { leafHash, readerOf, treeRoot } from '../../prove/merkle.ts';
import { signNote } from '../../prove/note.ts';
import { signingOfOne } from '../../prove/signing.ts';

export function memoryLog(options: {
  readonly origin: string;
  readonly crypto: Crypto;
  readonly entropy: Entropy;
}): WitnessLog {
  const { origin, crypto, entropy } = options;
  const signing = signingOfOne({ origin, crypto });
  const hashes: Uint8Array[] = [];
  const indexOf = new Map<string, number>();
  let waiting: Uint8Array[] = [];
  let checkpoint: string | undefined;
  const known = new Set<string>();

  function sign(): string {
    const size = hashes.length;
    const text = checkpointText({ origin, size, root: treeRoot(size, readerOf(hashes)) });
    return signNote(text, signing.signers());
  }
  return {
    origin,
    vkey: signing.vkey,
    submit: async (leaves) => {
      for (const leaf of leaves) {
        const name = hex(leaf);
        if (known.has(name)) continue;
        known.add(name);
        waiting.push(leaf);
      }
    },
    integrate: async () => {
      const batch = waiting;
      waiting = [];
      seededRandom(entropy.bytes(32)).shuffle(batch);
      for (const leaf of batch) {
        indexOf.set(hex(leaf), hashes.length);
        hashes.push(leafHash(leaf));
      }
      if (batch.length > 0 || checkpoint === undefined) checkpoint = sign();
      return { size: hashes.length, checkpoint };
    },
    checkpoint: async () => checkpoint,
    inclusion: async (leaf) => {
      const index = indexOf.get(hex(leaf));
      if (index === undefined || checkpoint === undefined) return undefined;
      return {
        index,
        path: inclusionPath({ index, size: hashes.length, read: readerOf(hashes) }),
        checkpoint,
      };
    },
    consistency: async (from, to) => consistencyPath({ from, to, read: readerOf(hashes) }),
    read: async (path) => (path === 'checkpoint' && checkpoint !== undefined ? utf8(checkpoint) : undefined),
    close: async () => undefined,
  };
}
