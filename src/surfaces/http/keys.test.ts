import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parsePersonId } from '../../facts/ids.ts';
import { createKeyCheck, createKeys } from './keys.ts';
import { createPersonTokens } from './person-token.ts';

const entropy = { bytes: (count: number) => new Uint8Array(randomBytes(count)) };
const NOW = Date.UTC(2026, 6, 1);

describe('service keys', () => {
  it('[H3] have the form of their role, 256 bits, and are held as SHA-256 alone', () => {
    const { plain, hashed } = createKeys(entropy);
    expect(plain.collect).toMatch(/^flk_collect_[A-Za-z0-9_-]{43}$/);
    expect(new Set(Object.values(plain)).size).toBe(4);
    expect(hashed.officer).toEqual([createHash('sha256').update(plain.officer).digest('hex')]);
    expect(JSON.stringify(hashed)).not.toContain(plain.officer.slice(-20));
  });

  it('[H3] open their own role and nothing else', () => {
    const { plain, hashed } = createKeys(entropy);
    const check = createKeyCheck(hashed);
    for (const [role, key] of Object.entries(plain)) expect(check.roleOf(key)).toBe(role);
    const secret = plain.collect.slice('flk_collect_'.length);
    for (const wrong of [
      '',
      'flk_',
      `flk_admin_${secret}`,
      `${plain.collect}x`,
      plain.collect.slice(0, -1),
      plain.collect.toUpperCase(),
    ]) {
      expect(check.roleOf(wrong), wrong).toBeUndefined();
    }
  });

  it('[H3] several keys of a role hold at once, while they are replaced', () => {
    const one = createKeys(entropy);
    const two = createKeys(entropy);
    const check = createKeyCheck({ ...one.hashed, decide: [...one.hashed.decide, ...two.hashed.decide] });
    expect([check.roleOf(one.plain.decide), check.roleOf(two.plain.decide)]).toEqual(['decide', 'decide']);
    expect(check.roleOf(two.plain.admin)).toBeUndefined();
  });
});

describe('tokens of people', () => {
  const secret = new Uint8Array(randomBytes(32));
  const tokens = createPersonTokens({ secrets: () => [secret], controller: 'shop', entropy });
  const maria = parsePersonId('maria / ﷽ 🧥');
  if (!maria.ok) throw new Error('unreachable: a good id');
  const minted = tokens.mint({ person: maria.value, ttlMinutes: 60, nowMs: NOW });

  it('[H4] open the person they were made for until they end', () => {
    expect(tokens.personOf(minted.token, NOW)).toBe(maria.value);
    expect(tokens.personOf(minted.token, NOW + 3_599_000)).toBe(maria.value);
    expect(tokens.personOf(minted.token, NOW + 3_600_000)).toBeUndefined();
    expect(minted.expiresMs).toBe(NOW + 3_600_000);
  });

  it('[H4] live a day at most, are never the same twice, and are not valid before they are made', () => {
    const long = tokens.mint({ person: maria.value, ttlMinutes: 1e9, nowMs: NOW });
    expect(tokens.personOf(long.token, NOW + 86_400_000)).toBeUndefined();
    expect(tokens.mint({ person: maria.value, ttlMinutes: 60, nowMs: NOW }).token).not.toBe(minted.token);
    expect(tokens.personOf(minted.token, NOW - 3_600_000)).toBeUndefined();
  });

  it('[H4] are signed by the first secret, opened by all, and end with theirs', () => {
    const next = new Uint8Array(randomBytes(32));
    let inForce: readonly Uint8Array[] = [secret];
    const turning = createPersonTokens({ secrets: () => inForce, controller: 'shop', entropy });
    inForce = [next, secret];
    expect(turning.personOf(minted.token, NOW)).toBe(maria.value);
    const newer = turning.mint({ person: maria.value, ttlMinutes: 60, nowMs: NOW });
    expect(tokens.personOf(newer.token, NOW)).toBeUndefined();
    inForce = [next];
    expect(turning.personOf(minted.token, NOW)).toBeUndefined();
    expect(turning.personOf(newer.token, NOW)).toBe(maria.value);
  });

  it('[H4] are worth nothing for another shop, under another secret, or with any character changed', () => {
    const elsewhere = createPersonTokens({ secrets: () => [secret], controller: 'other', entropy });
    expect(elsewhere.personOf(minted.token, NOW)).toBeUndefined();
    const other = createPersonTokens({ secrets: () => [new Uint8Array(32)], controller: 'shop', entropy });
    expect(other.personOf(minted.token, NOW)).toBeUndefined();
    for (let at = 0; at < minted.token.length; at += 1) {
      const changed = minted.token[at] === 'A' ? 'B' : 'A';
      const token = minted.token.slice(0, at) + changed + minted.token.slice(at + 1);
      expect(tokens.personOf(token, NOW), String(at)).toBeUndefined();
    }
  });

  it('[H4] signed well but saying nonsense open nobody', () => {
    const signed = (claims: string): string => {
      const payload = Buffer.from(claims).toString('base64url');
      return `flp_${payload}.${createHmac('sha256', secret).update(`flp_${payload}`).digest('base64url')}`;
    };
    const exp = NOW / 1000 + 60;
    const iat = NOW / 1000;
    expect(tokens.personOf(signed(JSON.stringify({ person: 'x', controller: 'shop', exp, iat })), NOW)).toBe(
      'x',
    );
    const wrong = [
      { controller: 'shop', exp, iat },
      { person: '', controller: 'shop', exp, iat },
      { person: 'x'.repeat(129), controller: 'shop', exp, iat },
      { person: 'x', controller: 'shop', exp: String(exp), iat },
      { person: 'x', controller: 'shop', iat },
      { person: 'x', exp, iat },
    ];
    for (const claims of wrong) expect(tokens.personOf(signed(JSON.stringify(claims)), NOW)).toBeUndefined();
    for (const text of ['', '[]', 'null', '{', '"x"'])
      expect(tokens.personOf(signed(text), NOW)).toBeUndefined();
    for (const text of ['flp_', 'flp_.', 'flp_..', 'x', `flp_${'A'.repeat(5000)}.AA`]) {
      expect(tokens.personOf(text, NOW)).toBeUndefined();
    }
  });
});
