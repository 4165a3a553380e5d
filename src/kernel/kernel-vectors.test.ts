// Goal: the golden cases hold in Node, and the kernel calls nothing that could differ elsewhere.

import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { Bug } from './assert.ts';
import { doubleBits, doubleOfBits, runKernelVectors } from './kernel-vectors.ts';

import type { KernelVectors } from './kernel-vectors.ts';

const file = new URL('../../vectors/kernel.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as KernelVectors;

describe('vectors/kernel.json', () => {
  test('[K4] [K5] [K6] [K9] [K13] [K14] every golden case comes out the same', () => {
    const report = runKernelVectors(vectors);
    expect(report.differences).toEqual([]);
    expect(report.count).toBeGreaterThan(1000);
  });

  test('[K13] a changed case is found: the run can fail', () => {
    const [first, ...others] = vectors.pow;
    const changed = [first![0], first![1], '3ff0000000000001'] as const;
    const report = runKernelVectors({ ...vectors, pow: [changed, ...others] });
    expect(report.differences).toEqual([
      `pow of ${changed[0]}, ${changed[1]}: expected 3ff0000000000001, got ${first![2]}`,
    ]);
  });

  test('[K13] doubles are written by their bits', () => {
    for (const x of [0, -0, 1, -2, 5e-324, Infinity, NaN, Math.PI])
      expect(doubleOfBits(doubleBits(x))).toBe(x);
    expect(doubleBits(-0)).toBe('8000000000000000');
    expect(() => doubleOfBits('1')).toThrow(Bug);
  });
});

describe('purity', () => {
  test('[K13] [K22] clock, chance and inexact functions are not called in the kernel', () => {
    const folder = new URL('.', import.meta.url);
    const names = readdirSync(folder).filter(
      (name) => name.endsWith('.ts') && !/\.(test|fuzz)\.ts$/.test(name),
    );
    expect(names.length).toBeGreaterThan(15);
    const exactMath = new Set([
      'abs',
      'floor',
      'ceil',
      'round',
      'trunc',
      'min',
      'max',
      'sign',
      'imul',
      'clz32',
      'fround',
      'sqrt',
    ]);
    const found: string[] = [];
    for (const name of names) {
      const code = readFileSync(new URL(name, folder), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
      for (const [call, method] of code.matchAll(/\bMath\.(\w+)/g)) {
        if (!exactMath.has(method!)) found.push(`${name}: ${call}`);
      }
      if (/\bDate\b|\bIntl\b|toLocale|localeCompare/.test(code)) found.push(`${name}: Date or locale`);
      // `**` with a whole base of 2 and an integer is exact; anything else is Math.pow by another name.
      for (const [power] of code.matchAll(/[\w)\]]+\s*\*\*/g)) {
        if (!/^2\s*\*\*$/.test(power)) found.push(`${name}: ${power}`);
      }
    }
    // BigInt powers are exact: the constants of SHA-256 are computed with one.
    expect(found).toEqual(['clock.ts: Date or locale', 'sha256-block.ts: middle **']);
  });
});
