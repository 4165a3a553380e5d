// Goal: a decision's name finds its record, tells nothing, and cannot be made up.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, must, openHouse, stock } from '../../test/support/house.ts';
import { parseDecisionId } from '../facts/ids.ts';
import { sha256 } from '../kernel/sha256.ts';
import { hex, u32, utf8 } from '../kernel/bytes.ts';
import { decisionNames } from './decision-name.ts';
import type { PersonKey } from './ports.ts';

const names = decisionNames(sha256(utf8('secret')));
const keyOf = (n: number): PersonKey => hex(sha256(u32(n)).subarray(0, 16)) as PersonKey;
const nonce = (n: number): Uint8Array => sha256(u32(n + 1_000_000)).subarray(0, 12);

describe('a decision’s name', () => {
  it('[E19] leads back to its place, for the same key store alone', () => {
    const other = decisionNames(sha256(utf8('other')));
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.nat(2 ** 32 - 1), fc.nat(2 ** 31), (person, seq, salt) => {
        const name = names.name({ person: keyOf(person), seq }, nonce(salt));
        expect(name).toHaveLength(43);
        expect(names.place(name)).toEqual({ person: keyOf(person), seq });
        expect(other.place(name)?.person).not.toBe(keyOf(person));
      }),
    );
  });

  it('[E19] shows nothing: names of one person have no byte in common more often than chance', () => {
    const count = 400;
    const bytes = Array.from({ length: count }, (_, seq) =>
      Buffer.from(names.name({ person: keyOf(1), seq }, nonce(seq)), 'base64url'),
    );
    for (let at = 0; at < 32; at += 1) {
      const seen = new Map<number, number>();
      for (const one of bytes) seen.set(one[at]!, (seen.get(one[at]!) ?? 0) + 1);
      expect(Math.max(...seen.values())).toBeLessThan(16);
      expect(seen.size).toBeGreaterThan(150);
    }
  });

  it('[E19] that nobody gave finds nothing, whatever it looks like', async () => {
    const house = await openHouse();
    await stock(house, 6);
    const { decision } = await decide(house, undefined);
    expect(await house.engine.find(decision)).toBeDefined();
    const texts = [
      'x',
      'd'.repeat(43),
      'd'.repeat(128),
      '../../etc/passwd',
      decision.slice(1),
      `${decision}A`,
      '=='.repeat(20),
    ];
    for (let at = 0; at < 43; at += 1) {
      const char = decision[at] === 'A' ? 'B' : 'A';
      texts.push(decision.slice(0, at) + char + decision.slice(at + 1));
    }
    for (const text of texts) {
      if (text !== decision) expect(await house.engine.find(must(parseDecisionId(text)))).toBeUndefined();
    }
  });
});
