// Lets the synchronous checks of this folder run where answers are asynchronous: WebCrypto verifies Ed25519
// behind a Promise, tiles come over the network. The check is run; where it asks something not yet known it
// is stopped, the answer is fetched, and it is run again. The checks are pure and take microseconds, so
// running them twice is cheaper than writing them twice.

import { assert } from '../kernel/assert.ts';
import { hex } from '../kernel/bytes.ts';
import type { VerifyEd25519 } from './note.ts';

/** Questions one run may ask: a proof reads a few tiles, a note has at most 64 signatures. */
const ROUNDS_MAX = 10_000;

/**
 * Runs `run` with an `ask` that answers synchronously, fetching each answer once. `keyOf` tells questions
 * apart.
 */
export async function askAhead<Question, Answer, T>(options: {
  readonly keyOf: (question: Question) => string;
  readonly answer: (question: Question) => Promise<Answer>;
  readonly run: (ask: (question: Question) => Answer) => T;
}): Promise<T> {
  const { keyOf, answer, run } = options;
  const known = new Map<string, { readonly answer: Answer }>();
  const stopped = new Error('asked for an answer that is not there yet');
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    let missing: { readonly key: string; readonly question: Question } | undefined;
    try {
      const result = run((question) => {
        const key = keyOf(question);
        const found = known.get(key);
        if (found !== undefined) return found.answer;
        missing ??= { key, question };
        throw stopped;
      });
      assert(missing === undefined, 'a run does not go on after its question was stopped');
      return result;
    } catch (error) {
      if (error !== stopped || missing === undefined) throw error;
    }
    known.set(missing.key, { answer: await answer(missing.question) });
  }
  assert(false, 'a run asks a bounded number of questions');
}

type Claim = Parameters<VerifyEd25519>[0];

/**
 * Runs a check with an asynchronous Ed25519:
 *
 *     await withAsyncEd25519(webCryptoVerify, (verifyEd25519) => verifyReceipt(text, { vkey, verifyEd25519
 *     }))
 */
export async function withAsyncEd25519<T>(
  verify: (claim: Claim) => Promise<boolean>,
  run: (verifyEd25519: VerifyEd25519) => T,
): Promise<T> {
  return askAhead({
    keyOf: ({ publicKey, message, signature }: Claim) =>
      `${hex(publicKey)} ${hex(signature)} ${hex(message)}`,
    answer: verify,
    run,
  });
}
