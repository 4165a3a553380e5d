import { describe, expect, it, test } from 'vitest';
import { bannedCalls } from './banned.ts';
import { placesFound } from './planted.ts';

const found = (line: string, file = 'src/decide/a.ts'): readonly string[] =>
  placesFound(bannedCalls, { [file]: line });

describe('banned calls', () => {
  test.each([
    'export const a = Date.now();',
    'export const a = Date["now"]();',
    'export const a = new Date();',
    'export const a = Date();',
    'export const a = performance.now();',
    'export const a = Math.random();',
    ...['exp', 'log', 'pow', 'tanh', 'sin', 'cos', 'log2', 'log1p', 'expm1', 'cbrt', 'hypot'].map(
      (name) => `export const a = Math.${name}(2);`,
    ),
    'const { exp } = Math;',
    'export const maths = Math;',
    'export const a = (k: "exp") => Math[k](1);',
    'export const a = (x: number) => x ** 0.5;',
    'export const a = (x: string, y: string) => x.localeCompare(y);',
    'export const a = (x: Date) => x.getHours();',
    'export const a = (x: number) => x.toLocaleString();',
  ])('finds %s', (line) => {
    expect(found(`\n${line}`)).toEqual(['src/decide/a.ts:2']);
  });

  test.each([
    'export const a = (x: number) => Math.floor(Math.sqrt(Math.abs(x))) + Math.imul(3, 4) + Math.PI;',
    'export const a = new Date(0).getUTCHours() + Date.UTC(2020, 1);',
    'export const a = 2 ** 32 + 2 ** -20;',
    '// Math.exp(1), Date.now()\nexport const a = "Math.random()";',
  ])('allows %s', (line) => {
    expect(found(line)).toEqual([]);
  });

  it('leaves adapters, surfaces, tests and the clock of the kernel alone', () => {
    const line = 'export const a = Date.now();';
    expect(found(line, 'src/adapters/clock/a.ts')).toEqual([]);
    expect(found(line, 'src/surfaces/cli/a.ts')).toEqual([]);
    expect(found(line, 'src/decide/a.test.ts')).toEqual([]);
    expect(found(line, 'src/kernel/clock.ts')).toEqual([]);
    expect(found(line, 'src/kernel/time.ts')).toEqual(['src/kernel/time.ts:1']);
    expect(found('export const a = Math.exp(1);', 'src/kernel/maths.ts')).toEqual(['src/kernel/maths.ts:1']);
  });
});
