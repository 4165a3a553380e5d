import { describe, expect, it, test } from 'vitest';
import { mints } from './mints.ts';
import { placesFound } from './planted.ts';

const found = (line: string, file = 'src/decide/a.ts'): readonly string[] =>
  placesFound(mints, { [file]: line });

describe('mints', () => {
  test.each([
    'export const v = x as View;',
    'export const v = x as unknown as View;',
    'export const v = <View>x;',
    'export const v = x as Readonly<View>[];',
    'export const v = x as facts.View;',
    'export const e = x as AdmittedEvent;',
    'export function isView(x: unknown): x is View { return true; }',
    'export function assertView(x: unknown): asserts x is View {}',
    'export const v = { [viewBrand]: true };',
    'export const v = { [admittedBrand]: true };',
  ])('finds %s', (line) => {
    expect(found(line)).toEqual(['src/decide/a.ts:1']);
  });

  test.each([
    'export function f(view: View): View { return view; }',
    'export const v = x as ViewerName;',
    "export const v = x as Extract<Kind, { kind: 'View' }>;",
    '// x as View\nexport const v = "x as View";',
  ])('allows %s', (line) => {
    expect(found(line)).toEqual([]);
  });

  it('lets each mint make its own brand only', () => {
    expect(found('export const v = x as View;', 'src/profile/door.ts')).toEqual([]);
    expect(found('export const v = x as View;', 'src/profile/door.test.ts')).toEqual([
      'src/profile/door.test.ts:1',
    ]);
    expect(found('export const v = x as AdmittedEvent;', 'src/consent/admit.ts')).toEqual([]);
    expect(found('export const v = x as View;', 'src/consent/admit.ts')).toEqual(['src/consent/admit.ts:1']);
  });
});
