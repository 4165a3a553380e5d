import { describe, expect, it } from 'vitest';
import { nonNull } from './non-null.ts';
import { placesFound } from './planted.ts';

const found = (text: string, file = 'src/a.ts'): readonly string[] => placesFound(nonNull, { [file]: text });

describe('the non-null mark', () => {
  it('is found behind anything but an element access', () => {
    expect(found('\nexport const a = map.get(1)!;')).toEqual(['src/a.ts:2']);
    expect(found('export const a = b!.c;')).toEqual(['src/a.ts:1']);
    expect(found('export const a = b.c!;')).toEqual(['src/a.ts:1']);
  });

  it('is allowed behind an element access and in tests', () => {
    expect(found('export const a = list[i]! + list[i + 1]!; list[i]! += 1;')).toEqual([]);
    expect(found('export const a = map.get(1)!;', 'src/a.test.ts')).toEqual([]);
  });
});
