// Goal: the Crypto port says what the published vectors say, refuses what does not belong together, and keeps
// one log key.

import { createPublicKey, verify as nodeVerify } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fromHex, hex, utf8 } from '../../kernel/bytes.ts';
import { systemClock } from './clock.ts';
import { nodeCrypto } from './crypto.ts';
import { pooledEntropy } from './entropy.ts';

const root = mkdtempSync(join(tmpdir(), 'fineline-crypto-'));
const keysDir = join(root, 'keys');
const crypto = nodeCrypto({ keysDir, entropy: pooledEntropy() });
afterAll(() => rmSync(root, { recursive: true, force: true }));

function bytesOfHex(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (bytes === undefined) throw new Error('bad hex in a test');
  return bytes;
}

describe('sealing', () => {
  const key = crypto.sealKey(new Uint8Array(32).fill(3));
  const aad = utf8('ann|0|event');

  it('opens what it sealed, and nothing that was changed, cut or moved', () => {
    for (const length of [0, 1, 15, 16, 17, 250, 100_000]) {
      const plain = new Uint8Array(length).fill(length);
      const sealed = crypto.seal(key, plain, aad);
      expect(sealed).toHaveLength(12 + length + 16);
      expect(new Uint8Array(crypto.open(key, sealed, aad) ?? [99])).toEqual(plain);
      expect(crypto.open(key, sealed, utf8('ann|1|event'))).toBeUndefined();
      expect(crypto.open(crypto.sealKey(new Uint8Array(32).fill(4)), sealed, aad)).toBeUndefined();
      expect(crypto.open(key, sealed.subarray(0, -1), aad)).toBeUndefined();
      for (const at of [0, 12, sealed.length - 1]) {
        const bent = sealed.slice();
        bent[at] = (bent[at] ?? 0) ^ 0x80;
        expect(crypto.open(key, bent, aad)).toBeUndefined();
      }
    }
    expect(crypto.open(key, new Uint8Array(27), aad)).toBeUndefined();
  });

  it('lays out nonce, ciphertext, tag (test case 16 of the GCM specification)', () => {
    const raw = bytesOfHex('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308');
    const nonce = bytesOfHex('cafebabefacedbaddecaf888');
    const plain = bytesOfHex(
      'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525' +
        'b16aedf5aa0de657ba637b39',
    );
    const associated = bytesOfHex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
    const cipherText =
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838' +
      'c5f61e6393ba7a0abcc9f662';
    const tag = '76fc6ece0f4e1768cddf8853bb2d551b';
    const fixed = nodeCrypto({ keysDir, entropy: { bytes: () => nonce } });
    const sealed = fixed.seal(fixed.sealKey(raw), plain, associated);
    expect(hex(sealed)).toBe(hex(nonce) + cipherText + tag);
  });

  it('takes a new nonce each time', () => {
    const nonces = Array.from({ length: 2000 }, () =>
      hex(crypto.seal(key, new Uint8Array(1), aad).subarray(0, 12)),
    );
    expect(new Set(nonces).size).toBe(2000);
  });

  it('a key of another length is a bug', () => {
    expect(() => crypto.sealKey(new Uint8Array(16))).toThrow('32 bytes');
    expect(() => crypto.seal({ kind: 'seal-key' }, new Uint8Array(1), aad)).toThrow('made by this adapter');
  });
});

describe('signing', () => {
  it('verifies what it signed, with its own public key only', () => {
    const message = utf8('checkpoint');
    const signature = crypto.sign(message);
    expect(signature).toHaveLength(64);
    expect(crypto.verify(crypto.publicKey, message, signature)).toBe(true);
    expect(crypto.verify(crypto.publicKey, utf8('checkpoins'), signature)).toBe(false);
    expect(crypto.verify(crypto.publicKey, message, signature.subarray(1))).toBe(false);
    expect(crypto.verify(crypto.publicKey.subarray(1), message, signature)).toBe(false);
    const other = nodeCrypto({ keysDir: join(root, 'other'), entropy: pooledEntropy() });
    expect(crypto.verify(other.publicKey, message, signature)).toBe(false);
    expect(other.verify(crypto.publicKey, message, signature)).toBe(true);
  });

  it('verifies RFC 8032 test 3, and more public keys than it keeps ready', () => {
    const publicKey = bytesOfHex('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025');
    const signature = bytesOfHex(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659' +
        '4a7c15e9716ed28dc027beceea1ec40a',
    );
    expect(crypto.verify(publicKey, bytesOfHex('af82'), signature)).toBe(true);
    for (let n = 0; n < 200; n += 1) {
      expect(crypto.verify(new Uint8Array(32).fill(n), bytesOfHex('af82'), signature)).toBe(false);
    }
    expect(crypto.verify(publicKey, bytesOfHex('af82'), signature)).toBe(true);
  });

  it('keeps one key file for its owner only, and uses it again', () => {
    const file = join(keysDir, 'log.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const pem = readFileSync(file, 'utf8');
    expect(pem).toContain('BEGIN PRIVATE KEY');
    const message = utf8('m');
    expect(nodeVerify(null, message, createPublicKey(pem), crypto.sign(message))).toBe(true);
    expect(nodeCrypto({ keysDir, entropy: pooledEntropy() }).publicKey).toEqual(crypto.publicKey);
    expect(existsSync(`${file}.${process.pid}.new`)).toBe(false);
  });

  it('refuses a file that is no such key instead of making another', () => {
    const dir = join(root, 'bad');
    nodeCrypto({ keysDir: dir, entropy: pooledEntropy() });
    writeFileSync(join(dir, 'log.key'), 'not a key');
    expect(() => nodeCrypto({ keysDir: dir, entropy: pooledEntropy() })).toThrow('Ed25519');
  });
});

describe('hashing, entropy, clock', () => {
  it('SHA-256 of "abc" (FIPS 180-4)', () => {
    expect(hex(crypto.sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('random bytes never repeat, have the length asked for, and belong to the caller', () => {
    const entropy = pooledEntropy();
    const seen = new Set<string>();
    for (let n = 0; n < 5000; n += 1) seen.add(hex(entropy.bytes(16)));
    expect(seen.size).toBe(5000);
    for (const count of [0, 1, 1024, 1025, 100_000]) expect(entropy.bytes(count)).toHaveLength(count);
    expect(entropy.bytes(32).buffer.byteLength).toBe(32);
    expect(entropy.bytes(64).some((byte) => byte !== 0)).toBe(true);
    expect(() => entropy.bytes(-1)).toThrow('whole number');
  });

  it('the clock is the system’s', () => {
    const before = Date.now();
    const now = systemClock.nowMs();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
