// Goal: a history with one record missing, exchanged, invented or forked is never accepted. Method: a
// person's real receipts, then each of these.

import { describe, expect, it } from 'vitest';
import { TIME_MS, evidence } from '../../test/support/evidence.ts';
import { logKey, verifyEd25519 } from '../../test/support/log-key.ts';
import { base64 } from '../kernel/bytes.ts';
import type { VerifiedReceipt } from '../facts/receipt.ts';
import { CHAIN_START, recordHead } from './chain.ts';
import { askAhead, withAsyncEd25519 } from './ask.ts';
import { signPromises } from './promise.ts';
import { recordReceiptText, withOpening } from './receipt.ts';
import { keepsPromise, verifyHistory } from './verify-history.ts';
import { verifyReceipt } from './verify-receipt.ts';

const town = evidence();
const verified = (receipt: Parameters<typeof verifyReceipt>[0], trust = town.trust): VerifiedReceipt => {
  const checked = verifyReceipt(receipt, trust);
  if (!checked.ok) throw new Error(checked.error.message);
  return checked.value;
};
const all = [...town.receipts.consents, ...town.receipts.decisions, town.receipts.policy].map((text) =>
  verified(text),
);
const [c0, c1, c2] = all;
const code = (
  receipts: readonly (VerifiedReceipt | undefined)[],
  options: Parameters<typeof verifyHistory>[1] = {},
): string => {
  const checked = verifyHistory(
    receipts.filter((receipt) => receipt !== undefined),
    options,
  );
  return checked.ok ? 'ok' : checked.error.code;
};
const promised = (record: (typeof town.consents)[number]): VerifiedReceipt => {
  const terms = { signers: [town.key.signer] as const, timeMs: TIME_MS, dueMs: TIME_MS };
  const [receipt] = signPromises({ ...terms, commitments: [record.commitment] });
  return verified(
    withOpening(receipt!, { scheme: 'record', record: record.record, salt: base64(record.salt) }),
  );
};

describe('histories', () => {
  it('[W17] all receipts of a person, in any order, give both heads', () => {
    const history = {
      consent: { count: 3, head: recordHead(town.consents[2]!.record) },
      decisions: { count: 1, head: recordHead({ ...town.digest.record }) },
    };
    expect(verifyHistory(all, {})).toEqual({ ok: true, value: history });
    expect(verifyHistory(all.toReversed(), { heads: history })).toEqual({ ok: true, value: history });
    expect(verifyHistory([], {})).toEqual({
      ok: true,
      value: { consent: { count: 0, head: CHAIN_START }, decisions: { count: 0, head: CHAIN_START } },
    });
  });

  it('[W17] a promise stands in for a proof that is not there yet, and both may be given', () => {
    expect(code([c0, promised(town.consents[1]!), c2])).toBe('ok');
    expect(code([c0, c1, promised(town.consents[1]!), c2])).toBe('ok');
  });

  it('[W17] a record that is missing leaves a gap; the last one is missed by its head', () => {
    expect(code([c1, c2])).toBe('history-gap');
    expect(code([c0, c2])).toBe('history-gap');
    const heads = { consent: { count: 3, head: recordHead(town.consents[2]!.record) } };
    expect(code([c0, c1], { heads })).toBe('history-head');
    expect(code([c0, c1, c2], { heads })).toBe('ok');
    expect(code([c0, c1, c2], { heads: { decisions: { count: 1, head: CHAIN_START } } })).toBe(
      'history-head',
    );
  });

  it('[W17] a record that was exchanged breaks the chain or forks it', () => {
    const other = evidence(1, { timeMs: 5 });
    const exchanged = verified(
      recordReceiptText(other.log.place(other.consents[1]!.leaf), other.consents[1]!),
    );
    expect(code([c0, promised(other.consents[1]!), c2])).toBe('history-broken');
    expect(code([c0, c1, promised(other.consents[1]!)])).toBe('forked');
    // Both logs signed 16 leaves with different roots: noticed even without the record that differs.
    expect(code([c0, exchanged])).toBe('forked');
  });

  it('[W17] records that are no chain, of two controllers or of two logs are not mixed', () => {
    const alien = evidence(1, { controller: 'city' });
    expect(code([c0, promised(alien.consents[1]!)])).toBe('malformed');
    const loose = evidence(1, { seq: 'one' });
    expect(code([c0, promised(loose.consents[1]!)])).toBe('malformed');
    const city = logKey('city.example/log', 7);
    const [receipt] = signPromises({
      signers: [city.signer],
      timeMs: 1,
      dueMs: 1,
      commitments: [town.consents[0]!.commitment],
    });
    expect(code([c0, verified(receipt!, { vkey: city.vkey, verifyEd25519 })])).toBe('wrong-origin');
  });

  it('[W17] a promise is kept by the proof of the same commitment only', () => {
    const promise = promised(town.consents[0]!);
    expect(keepsPromise(promise, c0!)).toBe(true);
    expect(keepsPromise(promise, c1!)).toBe(false);
    expect(keepsPromise(c0!, c0!)).toBe(false);
    const terms = { signers: [town.key.signer] as const, timeMs: 1, dueMs: 1 };
    const [decided] = signPromises({ ...terms, commitments: [town.decisions[0]!.commitment] });
    expect(keepsPromise(verified(decided!), all[3]!)).toBe(true);
    expect(keepsPromise(verified(decided!), all[4]!)).toBe(false);
  });
});

describe('asynchronous answers', () => {
  it('[W18] the same verdicts with an Ed25519 behind a Promise', async () => {
    let asked = 0;
    const slow = async (claim: Parameters<typeof verifyEd25519>[0]): Promise<boolean> => {
      asked += 1;
      await Promise.resolve();
      return verifyEd25519(claim);
    };
    const damaged = town.receipts.consents[0]!.replace('\n16\n', '\n17\n');
    for (const text of [...town.receipts.consents, damaged, 'x']) {
      const { vkey } = town.trust;
      const later = await withAsyncEd25519(slow, (verify) =>
        verifyReceipt(text, { vkey, verifyEd25519: verify }),
      );
      expect(later).toEqual(verifyReceipt(text, town.trust));
    }
    expect(asked).toBe(4);
  });

  it('[W18] a question is fetched once, and an error of the run is passed on', async () => {
    const fetched: number[] = [];
    const options = {
      keyOf: String,
      answer: async (n: number) => {
        fetched.push(n);
        return Promise.resolve(n * n);
      },
    };
    const sum = await askAhead({ ...options, run: (ask: (n: number) => number) => ask(3) + ask(4) + ask(3) });
    expect([sum, fetched]).toEqual([34, [3, 4]]);
    const failing = askAhead({
      ...options,
      run: (ask: (n: number) => number): number => {
        throw new Error(`after ${ask(2)}`);
      },
    });
    await expect(failing).rejects.toThrow('after 4');
  });
});
