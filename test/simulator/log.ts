// The witness log of a simulation: the tree, the checkpoints and the proofs of the real one, with the hashes
// of every level kept as they are made, because a month has hundreds of checkpoints. What was submitted is
// durable; that the log on disk keeps this promise is the business of src/adapters/tilelog/crash.fuzz.ts.

import { assert } from '../../src/kernel/assert.ts';
import { hex } from '../../src/kernel/bytes.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { Crypto, Entropy, WitnessLog } from '../../src/engine/ports.ts';
import { checkpointText } from '../../src/prove/checkpoint.ts';
import { consistencyPath, inclusionPath } from '../../src/prove/merkle-proof.ts';
import { type Hash, leafHash, nodeHash, treeRoot } from '../../src/prove/merkle.ts';
import { formatVkey, keyIdOf, signNote } from '../../src/prove/note.ts';

/** All that was ever submitted, in order: what an outsider may come to see. */
export interface SeenLog extends WitnessLog {
  readonly leaves: readonly Uint8Array[];
}

export const ORIGIN = 'simulator.test/log';

export function createLog({
  crypto,
  entropy,
}: {
  readonly crypto: Crypto;
  readonly entropy: Entropy;
}): SeenLog {
  const leaves: Uint8Array[] = [];
  const levels: Hash[][] = [[]];
  const indexOf = new Map<string, number>();
  const known = new Set<string>();
  let waiting: Uint8Array[] = [];
  let checkpoint: string | undefined;
  const signer = {
    name: ORIGIN,
    keyId: keyIdOf(ORIGIN, crypto.publicKey),
    sign: (bytes: Uint8Array) => crypto.sign(bytes),
  };
  const size = (): number => indexOf.size;
  const read = (level: number, index: number): Hash => {
    const hash = levels[level]?.[index];
    assert(hash !== undefined, 'only complete subtrees are read');
    return hash;
  };
  function add(leaf: Uint8Array): void {
    indexOf.set(hex(leaf), size());
    let hash = leafHash(leaf);
    for (let level = 0; ; level += 1) {
      const row = (levels[level] ??= []);
      row.push(hash);
      if (row.length % 2 === 1) return;
      hash = nodeHash(read(level, row.length - 2), hash);
    }
  }
  return {
    origin: ORIGIN,
    vkey: formatVkey({ name: ORIGIN, publicKey: crypto.publicKey }),
    leaves,
    submit: async (more) => {
      for (const leaf of more) {
        const name = hex(leaf);
        if (known.has(name)) continue;
        known.add(name);
        waiting.push(leaf);
        leaves.push(leaf);
      }
    },
    integrate: async () => {
      const batch = waiting;
      waiting = [];
      seededRandom(entropy.bytes(32)).shuffle(batch);
      for (const leaf of batch) add(leaf);
      if (batch.length > 0 || checkpoint === undefined) {
        const text = checkpointText({ origin: ORIGIN, size: size(), root: treeRoot(size(), read) });
        checkpoint = signNote(text, [signer]);
      }
      return { size: size(), checkpoint };
    },
    checkpoint: async () => checkpoint,
    inclusion: async (leaf) => {
      const index = indexOf.get(hex(leaf));
      if (index === undefined || checkpoint === undefined) return undefined;
      return { index, path: inclusionPath({ index, size: size(), read }), checkpoint };
    },
    consistency: async (from, to) => consistencyPath({ from, to, read }),
    read: async () => undefined,
    close: async () => undefined,
  };
}
