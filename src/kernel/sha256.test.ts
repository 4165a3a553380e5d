// Goal: our hashes, MACs and derived keys are the standard ones. Published vectors (NIST, RFC 4231, RFC
// 5869) are written out here; everything between them is compared with node:crypto.

import { createHash, createHmac, hkdfSync } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { fromHex, hex, utf8 } from './bytes.ts';
import {
  createSha256,
  hkdfSha256,
  hmacKey,
  hmacSha256,
  hmacWith,
  sha256,
  SHA256_BYTES,
  sha256Hex,
} from './sha256.ts';

function bytes(text: string): Uint8Array {
  return fromHex(text.replaceAll(/\s/g, ''))!;
}

/** Deterministic filler of any length. */
function filler(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 167 + (i >> 8) * 13) & 0xff);
}

describe('SHA-256', () => {
  test('[K4] the published messages of FIPS 180-4', () => {
    const vectors: readonly (readonly [string, string])[] = [
      ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
      [
        'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
        '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
      ],
      [
        'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs' +
          'mnopqrstnopqrstu',
        'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
      ],
      ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
    ];
    for (const [text, digest] of vectors) expect(sha256Hex(utf8(text))).toBe(digest);
  });

  test('[K4] every length up to five blocks is that of node:crypto', () => {
    for (let length = 0; length <= 320; length += 1) {
      const message = filler(length);
      expect(sha256Hex(message), `${length} bytes`).toBe(createHash('sha256').update(message).digest('hex'));
    }
    expect(sha256(filler(3)).length).toBe(SHA256_BYTES);
  });

  test('[K4] a view into a larger buffer is hashed alone', () => {
    const whole = filler(300);
    expect(sha256Hex(whole.subarray(7, 207))).toBe(sha256Hex(whole.slice(7, 207)));
  });

  test('[K4] the parts may be cut anywhere, and a digest in between changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 8 }),
        fc.boolean(),
        (parts, ask) => {
          const ours = createSha256();
          const theirs = createHash('sha256');
          for (const part of parts) {
            ours.update(part);
            theirs.update(part);
            if (ask) expect(hex(ours.digest())).toBe(theirs.copy().digest('hex'));
          }
          expect(hex(ours.digest())).toBe(theirs.digest('hex'));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('[K4] hashes in progress do not disturb each other', () => {
    const one = createSha256();
    const two = createSha256();
    for (let i = 0; i < 10; i += 1) {
      one.update(filler(33));
      two.update(filler(71));
      sha256(filler(100));
    }
    const repeated = (n: number): Buffer => Buffer.concat(Array.from({ length: 10 }, () => filler(n)));
    expect(hex(one.digest())).toBe(createHash('sha256').update(repeated(33)).digest('hex'));
    expect(hex(two.digest())).toBe(createHash('sha256').update(repeated(71)).digest('hex'));
  });
});

describe('HMAC and HKDF', () => {
  test('[K5] the test cases of RFC 4231', () => {
    const longKey = new Uint8Array(131).fill(0xaa);
    const cases: readonly (readonly [Uint8Array, Uint8Array, string])[] = [
      [
        new Uint8Array(20).fill(0x0b),
        utf8('Hi There'),
        'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
      ],
      [
        utf8('Jefe'),
        utf8('what do ya want for nothing?'),
        '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
      ],
      [
        new Uint8Array(20).fill(0xaa),
        new Uint8Array(50).fill(0xdd),
        '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      ],
      [
        Uint8Array.from({ length: 25 }, (_, i) => i + 1),
        new Uint8Array(50).fill(0xcd),
        '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
      ],
      [
        longKey,
        utf8('Test Using Larger Than Block-Size Key - Hash Key First'),
        '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
      ],
      [
        longKey,
        utf8(
          'This is a test using a larger than block-size key and a larger than block-size data. ' +
            'The key needs to be hashed before being used by the HMAC algorithm.',
        ),
        '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
      ],
    ];
    for (const [key, message, mac] of cases) {
      expect(hex(hmacSha256(key, message))).toBe(mac);
      expect(hex(hmacWith(hmacKey(key), message))).toBe(mac);
    }
  });

  test('[K5] any key and message is that of node:crypto, and a prepared key can be used again', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 140 }), fc.uint8Array({ maxLength: 200 }), (key, message) => {
        const prepared = hmacKey(key);
        const expected = createHmac('sha256', key).update(message).digest('hex');
        expect(hex(hmacWith(prepared, message))).toBe(expected);
        expect(hex(hmacWith(prepared, message))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('[K5] the test cases of RFC 5869', () => {
    const run = (from: number, count: number): Uint8Array =>
      Uint8Array.from({ length: count }, (_, i) => from + i);
    const key = new Uint8Array(22).fill(0x0b);
    expect(hex(hkdfSha256({ key, salt: run(0, 13), info: run(0xf0, 10), lengthBytes: 42 }))).toBe(
      '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
    );
    expect(
      hkdfSha256({ key: run(0, 80), salt: run(0x60, 80), info: run(0xb0, 80), lengthBytes: 82 }),
    ).toEqual(
      bytes(`b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09
             da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87`),
    );
    const third = '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8';
    const info = new Uint8Array(0);
    expect(hex(hkdfSha256({ key, salt: new Uint8Array(0), info, lengthBytes: 42 }))).toBe(third);
    expect(hex(hkdfSha256({ key, info, lengthBytes: 42 })), 'the default salt').toBe(third);
  });

  test('[K5] any input is that of node:crypto, and lengths outside 1 to 8160 are a bug', () => {
    const some = fc.uint8Array({ maxLength: 80 });
    fc.assert(
      fc.property(some, some, some, fc.integer({ min: 1, max: 300 }), (key, salt, info, lengthBytes) => {
        const expected = Buffer.from(hkdfSync('sha256', key, salt, info, lengthBytes)).toString('hex');
        expect(hex(hkdfSha256({ key, salt, info, lengthBytes }))).toBe(expected);
      }),
      { numRuns: 300 },
    );
    const input = { key: filler(32), info: filler(3) };
    expect(hkdfSha256({ ...input, lengthBytes: 8160 }).length).toBe(8160);
    for (const lengthBytes of [0, -1, 1.5, 8161]) {
      expect(() => hkdfSha256({ ...input, lengthBytes }), String(lengthBytes)).toThrow(Bug);
    }
  });
});
