// Chance, cryptography and learning of a simulated machine: all of it follows from the seed.

import { createHmac } from 'node:crypto';
import { createStatistics } from '../../src/adapters/learner/statistics.ts';
import { memoryCrypto } from '../../src/adapters/memory/crypto.ts';
import type { Crypto, Entropy, Fallen, Fitted, Learner } from '../../src/engine/ports.ts';
import type { ProxiesAnswer } from '../../src/learn/proxies/find-proxies.ts';
import type { Random } from '../../src/kernel/random.ts';

export function entropyOf(random: Random): Entropy {
  return {
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count; at += 4) {
        let word = random.u32();
        for (let n = at; n < Math.min(at + 4, count); n += 1) {
          bytes[n] = word & 255;
          word >>>= 8;
        }
      }
      return bytes;
    },
  };
}

/**
 * Signatures that the seed gives: 64 bytes of a keyed hash, because Ed25519 costs a third of a run and has
 * tests of its own. Nothing here verifies one.
 */
export function fixedCrypto(entropy: Entropy): Crypto {
  const key = entropy.bytes(32);
  return {
    ...memoryCrypto(entropy),
    publicKey: entropy.bytes(32),
    sign: (bytes) => new Uint8Array(createHmac('sha512', key).update(bytes).digest()),
    verify: () => false,
  };
}

/** Learning on the spot: the worker around it has tests of its own. */
export function directLearner(): Learner {
  const { handle } = createStatistics();
  return {
    change: (person, share) => {
      handle({ kind: 'changes', changes: [[person, share]] });
    },
    // What comes back is told by the kind of the request (src/adapters/learner/protocol.ts).
    forget: async (person, leaving) => handle({ kind: 'forget', id: 0, person, ...leaving }) as Fallen,
    adopt: (models) => {
      handle({ kind: 'adopt', ...models });
    },
    fit: async (request) => handle({ kind: 'fit', id: 0, ...request }) as Fitted,
    proxies: async (question) => handle({ kind: 'proxies', id: 0, question }) as ProxiesAnswer,
    canonical: async () => handle({ kind: 'canonical', id: 0 }) as Uint8Array,
    close: async () => undefined,
  };
}
