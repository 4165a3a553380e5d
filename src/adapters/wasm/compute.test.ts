// Goal: WebAssembly changes how long learning takes and nothing else. Method: every size against the plain
// reference, bit for bit; machines without it; the module made again from its source.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Compute, plainCompute } from '../../kernel/compute.ts';
import { seededRandom } from '../../kernel/random.ts';
import { compiledModule, MODULE_FILE } from '../../../scripts/kernels/compile.ts';
import { type Machine, wasmCompute } from './compute.ts';

const SIZE_MAX = 251;

/** A positive definite system, or one whose last two unknowns make it none. */
function systemOf(size: number, isDefinite: boolean): { matrix: Float64Array; right: Float64Array } {
  const random = seededRandom(size);
  const matrix = Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return random.unit() / size + (row === column ? 1 : 0);
  });
  if (!isDefinite) matrix[size * size - 2] = 5;
  return { matrix, right: Float64Array.from({ length: size }, () => random.unit() - 0.5) };
}

/** The solution, and 1 where the matrix was found positive definite, else 0. */
function solved(compute: Compute, size: number, isDefinite: boolean): Float64Array {
  const solver = compute.symmetricSolver(SIZE_MAX);
  const { matrix, right } = systemOf(size, isDefinite);
  solver.matrix.set(matrix);
  solver.right.set(right);
  const found = solver.solve(size);
  return Float64Array.of(...solver.right.slice(0, size), Number(found));
}

describe('arithmetic in WebAssembly', () => {
  it('[WA1] has the bits of the plain reference for every size, definite or not', () => {
    const fast = wasmCompute();
    expect(fast).not.toBe(plainCompute);
    for (let size = 0; size <= SIZE_MAX; size += 1) {
      for (const isDefinite of [true, false]) {
        const bits = (of: Compute): BigUint64Array => new BigUint64Array(solved(of, size, isDefinite).buffer);
        expect(bits(fast), `${size} equations`).toEqual(bits(plainCompute));
      }
    }
  });

  it('[WA1] solves one system after another in the same room', () => {
    const [fast, plain] = [wasmCompute(), plainCompute].map((one) => one.symmetricSolver(9));
    for (const size of [9, 2, 9, 5]) {
      for (const solver of [fast!, plain!]) {
        const { matrix, right } = systemOf(size, true);
        solver.matrix.set(matrix);
        solver.right.set(right);
        solver.solve(size);
      }
      expect(fast!.right.slice(0, size)).toEqual(plain!.right.slice(0, size));
    }
  });

  it('[WA2] leaves the work to the plain reference where there is no WebAssembly, or no SIMD', () => {
    expect(wasmCompute({})).toBe(plainCompute);
    const refusing = function refuse(): void {
      throw new Error('invalid SIMD opcode');
    };
    const { WebAssembly: api } = globalThis as unknown as Required<Machine>;
    const Module = refusing as unknown as Required<Machine>['WebAssembly']['Module'];
    expect(wasmCompute({ WebAssembly: { ...api, Module } })).toBe(plainCompute);
  });

  it('[WA2] leaves it to the plain reference where there is no memory for a module', () => {
    const refusing = function refuse(): void {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory');
    };
    const { WebAssembly: api } = globalThis as unknown as Required<Machine>;
    const Memory = refusing as unknown as Required<Machine>['WebAssembly']['Memory'];
    const answer = solved(wasmCompute({ WebAssembly: { ...api, Memory } }), 20, true);
    expect(answer).toEqual(solved(plainCompute, 20, true));
  });

  it('[WA3] is the module that its source compiles to', async () => {
    const root = path.resolve(import.meta.dirname, '../../..');
    expect(await compiledModule(root)).toBe(readFileSync(path.join(root, MODULE_FILE), 'utf8'));
  });
});
