// Goal: the small parts do what the others assume: sizes of slots, the packed form, schema steps.

import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hex } from '../../kernel/bytes.ts';
import { bytesOf, entryOf, leafOf, personOf } from '../../../test/contracts/samples.ts';
import { codeOfKind } from '../../facts/entry-code.ts';
import { kindOfCode } from './kinds.ts';
import { assertSchema, migrate, pragmaNumber, type Schema } from './migrations.ts';
import { pseudonymBytes, pseudonymOf } from './pseudonym.ts';
import { classOf, paddedToClass } from './slots.ts';
import { pack, packedBytes, unpackRow } from './wire.ts';
import { createWrapping, WRAPPED_BYTES } from './wrapping.ts';

import type { Append } from '../../engine/ports.ts';

describe('slots', () => {
  it('[S14] a class holds its bytes, is its own class, and wastes at most 16 bytes or an eighth', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(2000), fc.nat(50_000_000)), (length) => {
        const size = classOf(length);
        expect(size).toBeGreaterThanOrEqual(length);
        expect(classOf(size)).toBe(size);
        expect(size - length).toBeLessThanOrEqual(Math.max(16, length / 8));
      }),
    );
    expect([0, 1, 16, 17, 250, 256, 257, 5000].map(classOf)).toEqual([16, 16, 16, 32, 256, 256, 288, 5120]);
    expect(hex(paddedToClass(Uint8Array.of(1, 2)))).toBe(`0102${'00'.repeat(14)}`);
  });
});

describe('wire', () => {
  it('[S1] what is packed is unpacked, padding zeroed, whatever lay in the buffer before', () => {
    const row = fc.record({
      n: fc.nat(1000),
      seq: fc.nat(2 ** 32 - 1),
      length: fc.integer({ min: 4, max: 700 }),
      day: fc.nat(2 ** 32 - 1),
      leaf: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(row), fc.nat(50), (rows, offset) => {
        const batch: Append[] = rows.map(({ n, seq, length, day, leaf }) =>
          entryOf(personOf(n), seq, {
            sealed: bytesOf(n, length),
            expiresDay: day,
            kind: 'link',
            ...(leaf ? { leaf: leafOf(n) } : {}),
          }),
        );
        const buffer = Buffer.alloc(offset + packedBytes(batch), 0xee);
        const end = pack(buffer, offset, batch);
        expect(end).toBe(buffer.length);
        let at = offset;
        for (const { person, seq, expiresDay, sealed, leaf } of batch) {
          const found = unpackRow(buffer, at);
          expect(found).toMatchObject({
            seq,
            expiresDay,
            kindCode: codeOfKind('link'),
            sealedBytes: sealed.length,
          });
          expect(pseudonymOf(found.person)).toBe(person);
          expect(new Uint8Array(found.padded)).toEqual(paddedToClass(sealed));
          expect(found.leaf === undefined ? undefined : new Uint8Array(found.leaf)).toEqual(leaf);
          at = found.next;
        }
        expect(at).toBe(end);
      }),
    );
  });

  it('[S1] kinds and pseudonyms have two forms and nothing between', () => {
    for (const kind of ['consent', 'event', 'decision', 'link', 'digest', 'erasure'] as const) {
      expect(kindOfCode(codeOfKind(kind))).toBe(kind);
    }
    expect(() => kindOfCode(99)).toThrow('entry kind 99');
    expect(() => pseudonymBytes('xy' as never)).toThrow('32 hex digits');
    expect(() => pseudonymBytes(personOf(1).slice(2) as never)).toThrow('32 hex digits');
  });
});

describe('migrations', () => {
  const steps = [
    'CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1)',
    'ALTER TABLE a ADD COLUMN y INTEGER',
  ];
  const schema: Schema = { name: 'test.db', applicationId: 77, steps };

  it('[S17] steps run once each, in order, from wherever the file stands', () => {
    const db = new DatabaseSync(':memory:');
    migrate(db, { ...schema, steps: steps.slice(0, 1) });
    expect(pragmaNumber(db, 'user_version')).toBe(1);
    migrate(db, schema);
    migrate(db, schema);
    expect(pragmaNumber(db, 'user_version')).toBe(2);
    expect(db.prepare('SELECT x, y FROM a').all()).toEqual([{ x: 1, y: null }]);
    expect(() => assertSchema(db, { ...schema, applicationId: 78 })).toThrow('application_id');
    expect(() => assertSchema(db, { ...schema, steps: [] })).toThrow('newer Fineline');
  });

  it('[S17] a step that fails leaves the file at the step before, whole', () => {
    const db = new DatabaseSync(':memory:');
    const broken = {
      ...schema,
      steps: [...steps, 'CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)'],
    };
    expect(() => migrate(db, broken)).toThrow('nowhere');
    expect(pragmaNumber(db, 'user_version')).toBe(2);
    expect(db.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'b'").get()).toEqual({ n: 0 });
    expect(db.isTransaction).toBe(false);
  });
});

describe('wrapping', () => {
  it('[S7] a wrapped key opens for its person, state and master only, and always has the same size', () => {
    const master = bytesOf(1, 32);
    const wrapping = createWrapping(master);
    const [ann, bob] = [pseudonymBytes(personOf(1)), pseudonymBytes(personOf(2))];
    const keys = { profile: bytesOf(7, 32), evidence: bytesOf(8, 32) };
    const wrapped = wrapping.wrap(ann, 0, keys);
    expect(wrapped).toHaveLength(WRAPPED_BYTES);
    expect(wrapping.wrap(ann, 0, keys)).not.toEqual(wrapped);
    expect(wrapping.unwrap(ann, 0, wrapped)).toEqual(keys);
    expect(wrapping.unwrap(bob, 0, wrapped)).toBeUndefined();
    expect(wrapping.unwrap(ann, 1, wrapped)).toBeUndefined();
    expect(createWrapping(bytesOf(2, 32)).unwrap(ann, 0, wrapped)).toBeUndefined();
    for (let at = 0; at < wrapped.length; at += 1) {
      const bent = wrapped.slice();
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(wrapping.unwrap(ann, 0, bent)).toBeUndefined();
    }
  });
});
