// Goal: commitments are the ones documented, hide what they should and open only one way. Method: the
// construction written a second time with node:crypto, and drawn keys, numbers and records.

import { createHash, createHmac, hkdfSync } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64, hex, utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../kernel/sha256.ts';
import { CHAIN_START, decisionDigest, parseChainLink, parseDigestRecord, recordBytes } from './chain.ts';
import {
  decisionCommitment,
  decisionDayKey,
  decisionSalt,
  documentLeaf,
  documentLeafOf,
  dummyLeaf,
  opensDecision,
  opensRecord,
  parseLeaf,
  personalLeaf,
  recordCommitment,
  recordSalt,
} from './leaf.ts';
import { leafHash } from './merkle.ts';
import { verifyInclusion } from './merkle-proof.ts';

const evidenceKey = new Uint8Array(32).fill(3);
const u64 = (n: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
};
const hkdf = (key: Uint8Array, info: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), info, 32));
const hmac = (key: Uint8Array, ...parts: Uint8Array[]): string =>
  createHmac('sha256', key).update(Buffer.concat(parts)).digest('hex');

describe('leaves', () => {
  it('[W9] have 34 bytes, a version and a type, and the commitment', () => {
    const commitment = sha256(utf8('c'));
    expect(hex(personalLeaf(commitment))).toBe(`0101${hex(commitment)}`);
    expect(hex(dummyLeaf(commitment))).toBe(`0101${hex(commitment)}`);
    expect(hex(documentLeaf(utf8('policy')))).toBe(
      `0102${createHash('sha256').update('policy').digest('hex')}`,
    );
    expect(documentLeafOf(sha256(utf8('policy')))).toEqual(documentLeaf(utf8('policy')));
    expect(parseLeaf(personalLeaf(commitment))).toEqual({ kind: 'personal', commitment });
    expect(parseLeaf(documentLeafOf(commitment))).toEqual({ kind: 'document', commitment });
  });

  it('[W9] nothing else is a leaf', () => {
    for (const [version, type, length] of [
      [0, 1, 34],
      [2, 1, 34],
      [1, 0, 34],
      [1, 3, 34],
      [1, 1, 33],
      [1, 1, 35],
    ] as const) {
      const bytes = new Uint8Array(length);
      bytes[0] = version;
      bytes[1] = type;
      expect(parseLeaf(bytes)).toBeUndefined();
    }
    expect(parseLeaf(new Uint8Array(0))).toBeUndefined();
  });
});

describe('commitments', () => {
  it('[W10] [W11] to records: as documented, in node:crypto', () => {
    const record = utf8('{"seq":5}');
    for (const [chain, domain] of [
      ['consent', 'fineline/salt/v1\0'],
      ['decisions', 'fineline/digest-salt/v1\0'],
    ] as const) {
      const salt = recordSalt({ evidenceKey, chain, seq: 5 });
      expect(hex(salt)).toBe(hkdf(evidenceKey, Buffer.concat([Buffer.from(domain), u64(5)])).toString('hex'));
      expect(hex(recordCommitment(salt, record))).toBe(
        hmac(salt, Buffer.from('fineline-consent-leaf/v1\0'), record),
      );
    }
  });

  it('[W10] [W11] to decisions: as documented, in node:crypto', () => {
    const record = utf8('{"decision":"d"}');
    const digest = createHash('sha256').update(record).digest();
    const dayKey = hkdf(evidenceKey, Buffer.from('fineline/day/v1\x002026-07-25'));
    const salt = decisionSalt(decisionDayKey(evidenceKey, '2026-07-25'), 9);
    expect(hex(salt)).toBe(hmac(dayKey, u64(9)));
    const commitment = decisionCommitment(salt, new Uint8Array(digest));
    expect(hex(commitment)).toBe(hmac(salt, Buffer.from('fineline-decision/v1\0'), digest));
    expect(opensDecision({ commitment, salt, record })).toBe(true);
  });

  it('[W10] salts differ by number, chain, day and person', () => {
    const salts = new Set<string>();
    for (const key of [evidenceKey, new Uint8Array(32).fill(4)]) {
      for (const seq of [0, 1, 255, 256, 2 ** 32, 2 ** 53 - 1]) {
        for (const chain of ['consent', 'decisions'] as const)
          salts.add(hex(recordSalt({ evidenceKey: key, chain, seq })));
        for (const day of ['2026-07-25', '2026-07-26'])
          salts.add(hex(decisionSalt(decisionDayKey(key, day), seq)));
      }
    }
    expect(salts.size).toBe(2 * 6 * 4);
  });

  it('[W11] open with their own salt, record and scheme, and with nothing else', () => {
    const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const bytes = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(bytes32, bytes, bytes32, bytes, (salt, record, otherSalt, otherRecord) => {
        const commitment = recordCommitment(salt, record);
        expect(opensRecord({ commitment, salt, record })).toBe(true);
        expect(opensDecision({ commitment, salt, record })).toBe(false);
        const same = hex(salt) === hex(otherSalt);
        expect(opensRecord({ commitment, salt: otherSalt, record })).toBe(same);
        expect(opensRecord({ commitment, salt, record: otherRecord })).toBe(hex(record) === hex(otherRecord));
      }),
    );
  });

  it('[W11] a salt that HMAC would pad to the same key does not open', () => {
    const salt = new Uint8Array(32);
    salt.fill(7, 0, 31);
    const record = utf8('{}');
    const commitment = recordCommitment(salt, record);
    expect(hmac(salt.slice(0, 31), Buffer.from('fineline-consent-leaf/v1\0'), record)).toBe(hex(commitment));
    for (const length of [0, 31, 33, 64]) {
      const padded = new Uint8Array(length);
      padded.set(salt.subarray(0, Math.min(31, length)));
      expect(opensRecord({ commitment, salt: padded, record })).toBe(false);
      const digest = sha256(record);
      expect(opensDecision({ commitment: decisionCommitment(salt, digest), salt: padded, record })).toBe(
        false,
      );
    }
  });
});

describe('digests', () => {
  const commitments = Array.from({ length: 7 }, (_, i) => sha256(utf8(`decision ${i}`)));
  const period = { seq: 0, prev: CHAIN_START, from: 0, to: 86_400_000 };

  it('[W12] lead from every decision to one root, in order, with their count', () => {
    const digest = decisionDigest({ ...period, commitments });
    expect(parseDigestRecord({ ...digest.record })).toEqual(digest.record);
    const root = Buffer.from(digest.record.root, 'base64');
    for (const [index, commitment] of commitments.entries()) {
      const claim = {
        leaf: leafHash(commitment),
        size: 7,
        path: digest.path(index),
        root: new Uint8Array(root),
      };
      expect(verifyInclusion({ ...claim, index })).toBe(true);
      expect(verifyInclusion({ ...claim, index: (index + 1) % 7 })).toBe(false);
    }
    expect(decisionDigest({ ...period, commitments: commitments.toReversed() }).record.root).not.toBe(
      digest.record.root,
    );
    expect(decisionDigest({ ...period, commitments: commitments.slice(1) }).record.root).not.toBe(
      digest.record.root,
    );
  });

  it('[W12] a day without decisions has a digest too', () => {
    const { record } = decisionDigest({ ...period, commitments: [] });
    expect([record.count, record.root]).toEqual([0, base64(sha256(new Uint8Array(0)))]);
  });

  it('[W12] nothing that is not exactly a digest record is read as one', () => {
    const record = { ...decisionDigest({ ...period, commitments }).record };
    const bad = [
      { v: 2 },
      { kind: 'decision' },
      { seq: -1 },
      { seq: 0.5 },
      { seq: '0' },
      { prev: 'x' },
      { prev: 'A'.repeat(64) },
      { from: -1 },
      { to: 0 },
      { from: 86_400_000 },
      { count: -1 },
      { count: 1.5 },
      { root: 'x' },
      { root: 'AAAA' },
      { more: 1 },
    ];
    for (const change of bad) expect(parseDigestRecord({ ...record, ...change })).toBeUndefined();
    expect(parseChainLink({ v: 1, seq: 0 })).toBeUndefined();
    expect(Buffer.from(recordBytes({ b: 1, a: 'ü' })).toString()).toBe('{"a":"ü","b":1}');
  });
});
