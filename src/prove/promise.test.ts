// Goal: every receipt of a batch binds the log, alone and only to what it says. Method: batches of all small
// sizes, then each field changed.

import { describe, expect, it } from 'vitest';
import { evidence, TIME_MS } from '../../test/support/evidence.ts';
import { logKey } from '../../test/support/log-key.ts';
import { base64, fromBase64, hex, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../kernel/sha256.ts';
import type { Opening, PromiseReceipt } from '../facts/receipt.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { signNote } from './note.ts';
import { openPromise, signPromises, verifyPromise } from './promise.ts';
import { openReceipt, promiseReceiptText, withOpening } from './receipt.ts';
import { verifyReceipt } from './verify-receipt.ts';

const { key, trust, consents, decisions, log } = evidence();
const terms = { signers: [key.signer] as const, timeMs: TIME_MS, dueMs: TIME_MS + 60_000 };
const commitments = decisions.map(({ commitment }) => commitment);
const receipts = signPromises({ ...terms, commitments });
const code = (receipt: PromiseReceipt): string => {
  const checked = verifyPromise(receipt, trust);
  return checked.ok ? 'ok' : checked.error.code;
};

describe('promises', () => {
  it('[W13] every receipt of batches of 1 to 40 verifies alone', () => {
    for (let count = 1; count <= 40; count += 1) {
      const batch = Array.from({ length: count }, (_, i) => sha256(utf8(`${count} ${i}`)));
      for (const [index, receipt] of signPromises({ ...terms, commitments: batch }).entries()) {
        const checked = verifyPromise(receipt, trust);
        expect(checked.ok && hex(checked.value.commitment)).toBe(hex(batch[index]!));
        expect(checked.ok && checked.value.terms.count).toBe(count);
      }
    }
  });

  it('[W13] the note says origin, root, count, time and due, and is one for the whole batch', () => {
    const opened = openPromise(receipts[0]!.note, trust);
    expect(opened).toMatchObject({
      ok: true,
      value: { origin: 'town.example/log', count: 5, timeMs: TIME_MS, dueMs: TIME_MS + 60_000 },
    });
    expect(new Set(receipts.map(({ note }) => note)).size).toBe(1);
    expect(receipts[0]!.note.split('\n')[0]).toBe('town.example/log/promise');
  });

  it('[W13] neither can be passed for the other: promise and checkpoint', () => {
    const asCheckpoint = verifyCheckpoint(receipts[0]!.note, trust);
    expect(asCheckpoint.ok ? 'ok' : asCheckpoint.error.code).toBe('malformed');
    expect(code({ ...receipts[0]!, note: log.checkpoint() })).toBe('wrong-origin');
  });

  it('[W13] [W15] no field can be changed', () => {
    const receipt = receipts[2]!;
    expect(code(receipt)).toBe('ok');
    expect(code({ ...receipt, index: 3 })).toBe('not-in-tree');
    expect(code({ ...receipt, index: -1 })).toBe('not-in-tree');
    expect(code({ ...receipt, index: 2.5 })).toBe('not-in-tree');
    expect(code({ ...receipt, commitment: receipts[1]!.commitment })).toBe('not-in-tree');
    expect(code({ ...receipt, commitment: 'AAAA' })).toBe('malformed');
    expect(code({ ...receipt, path: receipts[1]!.path })).toBe('not-in-tree');
    expect(code({ ...receipt, path: [] })).toBe('not-in-tree');
    expect(code({ ...receipt, path: ['x'] })).toBe('malformed');
    expect(code({ ...receipt, note: receipt.note.replace(`\n${TIME_MS}\n`, `\n${TIME_MS - 1}\n`) })).toBe(
      'bad-signature',
    );
    expect(code({ ...receipt, note: receipt.note.replace('\n5\n', '\n6\n') })).toBe('bad-signature');
    const other = logKey('town.example/log', 8);
    expect(code(signPromises({ ...terms, signers: [other.signer], commitments })[2]!)).toBe('unsigned');
  });

  it.each([
    ['town.example/log/promise\nAAAA\n1\n2\n3\n', 'a short root'],
    [`town.example/log/promise\n${base64(new Uint8Array(32))}\n0\n2\n3\n`, 'no commitments'],
    [`town.example/log/promise\n${base64(new Uint8Array(32))}\n1\n3\n2\n`, 'due before it was made'],
    [`town.example/log/promise\n${base64(new Uint8Array(32))}\n1\n2\n`, 'four lines'],
    [`town.example/log/promise\n${base64(new Uint8Array(32))}\n1\n2\n3\n4\n`, 'six lines'],
    [`town.example/log/promise\n${base64(new Uint8Array(32))}\n1\n2\n-3\n`, 'a negative time'],
  ])('[W13] a signed text %j is no promise (%s)', (text) => {
    const opened = openPromise(signNote(text, [key.signer]), trust);
    expect(opened.ok ? 'ok' : opened.error.code).toBe('malformed');
  });
});

describe('promise receipts', () => {
  const opening = (scheme: Opening['scheme']): Opening => ({
    scheme,
    record: decisions[2]!.record,
    salt: base64(decisions[2]!.salt),
  });

  it('[W14] text and back, with and without an opening', () => {
    for (const receipt of [receipts[2]!, withOpening(receipts[2]!, opening('decision'))]) {
      expect(openReceipt(promiseReceiptText(receipt))).toEqual({ ok: true, value: receipt });
    }
  });

  it('[W15] without an opening the commitment is promised, with it the record', () => {
    const bare = verifyReceipt(promiseReceiptText(receipts[2]!), trust);
    expect(bare).toMatchObject({
      ok: true,
      value: { kind: 'promise', origin: key.signer.name, dueMs: terms.dueMs },
    });
    expect(bare.ok && 'opening' in bare.value).toBe(false);
    const text = promiseReceiptText(withOpening(receipts[2]!, opening('decision')));
    const opened = verifyReceipt(text, trust);
    expect(opened).toMatchObject({
      ok: true,
      value: { kind: 'promise', opening: { record: decisions[2]!.record } },
    });
  });

  it('[W11] [W15] another record, salt or scheme does not open it', () => {
    const good = opening('decision');
    for (const bad of [
      opening('record'),
      { ...good, record: decisions[1]!.record },
      { ...good, salt: base64(decisions[1]!.salt) },
      { ...good, salt: 'AAAA' },
    ]) {
      const checked = verifyReceipt(withOpening(receipts[2]!, bad), trust);
      expect(checked.ok ? 'ok' : checked.error.code).toBe('not-opened');
    }
  });

  it('[W15] a promise of a consent record opens as a record', () => {
    const { record, salt, commitment } = consents[0]!;
    const [receipt] = signPromises({ ...terms, commitments: [commitment] });
    const opened = verifyReceipt(
      withOpening(receipt!, { scheme: 'record', record, salt: base64(salt) }),
      trust,
    );
    expect(opened.ok).toBe(true);
    expect(fromBase64(receipt!.commitment)).toEqual(commitment);
  });
});
