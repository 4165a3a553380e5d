// Goal: receipts verify for what happened and for nothing else. Method: real receipts from a small signed
// log, then damage: every byte in turn, parts exchanged between receipts, and whatever fast-check thinks of.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIME_MS, evidence } from '../../test/support/evidence.ts';
import { logKey } from '../../test/support/log-key.ts';
import { paperLog } from '../../test/support/paper-log.ts';
import { base64, hex, utf8 } from '../kernel/bytes.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { sha256 } from '../kernel/sha256.ts';
import type { VerifiedReceipt } from '../facts/receipt.ts';
import { documentLeaf, dummyLeaf } from './leaf.ts';
import { signPromises } from './promise.ts';
import { decisionReceiptText, openReceipt, promiseReceiptText, recordReceiptText } from './receipt.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';
import { type ReceiptTrust, verifyLeafProof, verifyReceipt } from './verify-receipt.ts';

const town = evidence();
const { trust, consents, decisions, digest, digested, log, receipts, policy } = town;
const verify = (text: string, how: ReceiptTrust = trust): string => {
  const checked = verifyReceipt(text, how);
  return checked.ok ? checked.value.kind : checked.error.code;
};

describe('what verifies', () => {
  it('[W15] a record, with its place in the log', () => {
    const checked = verifyReceipt(receipts.consents[1]!, trust);
    expect(checked).toMatchObject({
      ok: true,
      value: { kind: 'record', origin: 'town.example/log', index: 1, size: 16, record: consents[1]!.record },
    });
  });

  it('[W12] [W15] a decision, through the digest of its day', () => {
    for (const [i, text] of receipts.decisions.entries()) {
      const checked = verifyReceipt(text, trust);
      expect(checked).toMatchObject({
        ok: true,
        value: {
          kind: 'decision',
          decision: decisions[i]!.record,
          digest: digest.record,
          commitment: decisions[i]!.commitment,
        },
      });
    }
  });

  it('[W15] a document, by its hash', () => {
    const checked = verifyReceipt(receipts.policy, trust);
    expect(checked.ok && checked.value.kind === 'document' && hex(checked.value.sha256)).toBe(
      hex(sha256(policy)),
    );
  });

  it('[W15] a bare leaf, for auditors', () => {
    const place = log.place(documentLeaf(policy));
    const bare = formatTlogProof(place);
    expect(verify(bare)).toBe('no-opening');
    expect(verifyLeafProof(place, documentLeaf(policy), trust)).toMatchObject({
      ok: true,
      value: { index: 2 },
    });
    expect(verifyLeafProof(place, documentLeaf(utf8('other')), trust)).toMatchObject({
      ok: false,
      error: { code: 'not-in-tree' },
    });
  });
});

describe('what does not', () => {
  it('[W15] a record that was changed, a salt of another, a place of another', () => {
    const [first, second] = consents;
    const place = log.place(first!.leaf);
    expect(verify(recordReceiptText(place, { ...first!, record: { ...first!.record, seq: 7 } }))).toBe(
      'not-in-tree',
    );
    expect(verify(recordReceiptText(place, { ...first!, salt: second!.salt }))).toBe('not-in-tree');
    expect(verify(recordReceiptText(log.place(second!.leaf), first!))).toBe('not-in-tree');
    expect(verify(recordReceiptText({ ...place, index: 99 }, first!))).toBe('not-in-tree');
    expect(verify(recordReceiptText({ ...place, path: place.path.slice(1) }, first!))).toBe('not-in-tree');
  });

  it('[W15] a decision of another day, another place in the day, or no digest at all', () => {
    const place = log.place(digested.leaf);
    const { record, salt } = decisions[1]!;
    const good = { record, salt, index: 1, path: digest.path(1) };
    expect(verify(decisionReceiptText(place, digested, good))).toBe('decision');
    expect(verify(decisionReceiptText(place, digested, { ...good, index: 2 }))).toBe('not-in-digest');
    expect(verify(decisionReceiptText(place, digested, { ...good, path: digest.path(2) }))).toBe(
      'not-in-digest',
    );
    expect(verify(decisionReceiptText(place, digested, { ...good, record: {} }))).toBe('not-in-digest');
    expect(verify(decisionReceiptText(place, digested, { ...good, salt: decisions[2]!.salt }))).toBe(
      'not-in-digest',
    );
    const consent = consents[0]!;
    expect(verify(decisionReceiptText(log.place(consent.leaf), consent, good))).toBe('malformed');
  });

  it('[W15] another key, another log', () => {
    const other = logKey('town.example/log', 8);
    expect(verify(receipts.consents[0]!, { ...trust, vkey: other.vkey })).toBe('unsigned');
    expect(verify(receipts.consents[0]!, { ...trust, vkey: logKey('city.example/log', 7).vkey })).toBe(
      'unsigned',
    );
    expect(verify(receipts.consents[0]!, { ...trust, vkey: '' })).toBe('malformed');
  });

  it('[W15] no change of one byte gives a receipt that says something else', () => {
    const texts = [receipts.consents[1]!, receipts.decisions[3]!, receipts.policy, promise()];
    for (const text of texts) {
      const said = saidBy(text);
      expect(said).not.toBe('');
      for (let at = 0; at < text.length; at += 1) {
        for (const put of ['', 'A', '0', '\n', text[at] === ' ' ? '  ' : ' ']) {
          const damaged = text.slice(0, at) + put + text.slice(at + 1);
          if (damaged !== text) expect(['', said]).toContain(saidBy(damaged));
        }
      }
    }
  });

  function promise(): string {
    const commitments = decisions.map(({ commitment }) => commitment);
    const terms = { signers: [town.key.signer] as const, timeMs: TIME_MS, dueMs: TIME_MS + 1 };
    return promiseReceiptText(signPromises({ ...terms, commitments })[3]!);
  }

  /** All that a verified receipt says, as text; empty when it is not verified. */
  function saidBy(text: string): string {
    const checked = verifyReceipt(text, trust);
    return checked.ok ? canonicalFacts(checked.value) : '';
  }

  function canonicalFacts(receipt: VerifiedReceipt): string {
    return JSON.stringify(receipt, (_, value: unknown) => (value instanceof Uint8Array ? hex(value) : value));
  }
});

describe('agreement with another checkpoint', () => {
  const more = paperLog(town.key, [
    ...Array.from({ length: 16 }, (_, i) => leafAt(i)),
    ...Array.from({ length: 9 }, (_, i) => dummyLeaf(sha256(utf8(`later ${i}`)))),
  ]);
  function leafAt(index: number): Uint8Array {
    const known = [consents[0]!, consents[1]!, undefined, consents[2]!, digested];
    if (index === 2) return documentLeaf(policy);
    return known[index]?.leaf ?? dummyLeaf(sha256(utf8(`dummy ${index}`)));
  }
  const text = receipts.consents[2]!;

  it('[W16] the same size needs the same root, another size a proof', () => {
    expect(verify(text, { ...trust, checkpoint: log.checkpoint() })).toBe('record');
    expect(verify(text, { ...trust, checkpoint: more.checkpoint() })).toBe('not-linked');
    const consistency = more.consistency(16, 25);
    expect(verify(text, { ...trust, checkpoint: more.checkpoint(), consistency })).toBe('record');
    const older = { checkpoint: more.checkpoint(3), consistency: more.consistency(3, 16) };
    expect(verify(text, { ...trust, ...older })).toBe('record');
  });

  it('[W16] a fork is called a fork', () => {
    const fork = paperLog(
      town.key,
      Array.from({ length: 25 }, (_, i) => dummyLeaf(sha256(utf8(`fork ${i}`)))),
    );
    expect(verify(text, { ...trust, checkpoint: fork.checkpoint(16) })).toBe('forked');
    const consistency = fork.consistency(16, 25);
    expect(verify(text, { ...trust, checkpoint: fork.checkpoint(), consistency })).toBe('forked');
    expect(verify(text, { ...trust, checkpoint: more.checkpoint(), consistency: [] })).toBe('forked');
    const stranger = paperLog(logKey('town.example/log', 9), [leafAt(0)]);
    expect(verify(text, { ...trust, checkpoint: stranger.checkpoint() })).toBe('unsigned');
  });
});

describe('reading', () => {
  it('[W14] a proof is written and read as tlog-proof says', () => {
    const proof = { extra: utf8('x'), index: 73894, path: [sha256(utf8('a'))], checkpoint: log.checkpoint() };
    const lines = formatTlogProof(proof).split('\n');
    expect(lines.slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'extra eA==', 'index 73894']);
    expect(lines.slice(3, 6)).toEqual([base64(sha256(utf8('a'))), '', 'town.example/log']);
    expect(parseTlogProof(formatTlogProof(proof))).toEqual({ ok: true, value: proof });
    const { extra: _, ...bare } = proof;
    expect(parseTlogProof(formatTlogProof(bare))).toEqual({ ok: true, value: bare });
  });

  const header = 'c2sp.org/tlog-proof@v1\n';
  it.each([
    '',
    '{}',
    '[]',
    'null',
    '"x"',
    'c2sp.org/tlog-proof@v2\nindex 0\n\n',
    header,
    `${header}\n`,
    `${header}index 0\n`,
    `${header}index 00\n\nx`,
    `${header}index -1\n\nx`,
    `${header}index 9007199254740992\n\nx`,
    `${header}extra x\nindex 0\n\nx`,
    `${header}extra e30=\nextra e30=\nindex 0\n\nx`,
    `${header}index 0\nAAAA\n\nx`,
    `${header}index 0\n${`${base64(new Uint8Array(32))}\n`.repeat(54)}\nx`,
    `${header}extra ${base64(utf8('{}'))}\nindex 0\n\nx`,
    `${header}extra ${base64(utf8('{"document":"00"}'))}\nindex 0\n\nx`,
    `${header}extra ${base64(utf8('{"record":{},"salt":"AAAA"}'))}\nindex 0\n\nx`,
    `${header}extra ${base64(utf8('{"record":[],"salt":"x","more":1}'))}\nindex 0\n\nx`,
    `${header}extra ${base64(new Uint8Array([0xff, 0xfe]))}\nindex 0\n\nx`,
    ' '.repeat(4_194_305),
  ])('[W14] %# is refused and nothing is thrown', (text) => {
    expect(openReceipt(text)).toMatchObject({ ok: false, error: { code: 'malformed' } });
    expect(verify(text)).toBe('malformed');
  });

  it('[W14] unknown or missing fields are refused in every part', () => {
    const commitments = decisions.map(({ commitment }) => commitment);
    const [receipt] = signPromises({ signers: [town.key.signer], timeMs: 1, dueMs: 2, commitments });
    const { record, salt } = decisions[0]!;
    const opening = { scheme: 'decision', record, salt: base64(salt) };
    const whole = { ...receipt!, opening };
    expect(verify(JSON.stringify(whole))).toBe('promise');
    for (const name of Object.keys(receipt!)) {
      const part: Record<string, unknown> = { ...whole };
      part[name] = undefined;
      expect(verify(JSON.stringify(part))).toBe('malformed');
    }
    for (const bad of [
      { ...opening, more: 1 },
      { record, salt: 'x', scheme: 'record' },
      { ...opening, scheme: 'x' },
      null,
      [],
    ]) {
      expect(verify(JSON.stringify({ ...receipt!, opening: bad }))).toBe('malformed');
    }
    expect(verify(JSON.stringify({ ...receipt!, more: 1 }))).toBe('malformed');
  });

  it('[W14] drawn texts and drawn damage never throw', () => {
    const base = fc.constantFrom(receipts.consents[0]!, receipts.decisions[0]!, receipts.policy);
    const damaged = fc
      .tuple(base, fc.nat(), fc.nat({ max: 40 }), fc.string({ unit: 'binary', maxLength: 40 }))
      .map(
        ([text, at, cut, put]) =>
          text.slice(0, at % text.length) + put + text.slice((at % text.length) + cut),
      );
    const json = fc.jsonValue().map((value) => JSON.stringify(value));
    const extra = fc
      .jsonValue()
      .map((value) => `${header}extra ${base64(utf8(JSON.stringify(value)))}\nindex 0\n\nx`);
    fc.assert(
      fc.property(fc.oneof(damaged, json, extra, fc.string({ unit: 'binary' })), (text) => {
        const opened = openReceipt(text);
        expect(typeof opened.ok).toBe('boolean');
        expect(typeof verify(text)).toBe('string');
      }),
      { numRuns: 1500 },
    );
  });

  it('[W14] a receipt that was opened and then spoilt is refused like its text', () => {
    const opened = openReceipt(receipts.decisions[0]!);
    if (!opened.ok || opened.value.kind !== 'inclusion' || opened.value.extra?.kind !== 'record')
      throw new Error('setup');
    const { extra } = opened.value;
    const { decision } = extra;
    for (const spoilt of [
      { ...extra, salt: 'AAAA' },
      { ...extra, salt: 'x' },
      { ...extra, decision: { ...decision!, salt: 'AAAA' } },
      { ...extra, decision: { ...decision!, salt: 'x' } },
    ]) {
      const checked = verifyReceipt({ ...opened.value, extra: spoilt }, trust);
      expect(checked.ok ? 'ok' : checked.error.code).toBe('malformed');
    }
  });

  it('[W14] nesting cannot exhaust the stack', () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    expect(verify(deep)).toBe('malformed');
    const inside = (levels: number): string => {
      const record = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
      const salt = base64(new Uint8Array(32));
      const extra = base64(utf8(`{"record":${record},"salt":"${salt}"}`));
      return `${header}extra ${extra}\nindex 0\n\n${log.checkpoint()}`;
    };
    expect(verify(inside(60))).toBe('not-in-tree');
    expect(verify(inside(64))).toBe('malformed');
    expect(canonicalJson({})).toBe('{}');
  });
});
