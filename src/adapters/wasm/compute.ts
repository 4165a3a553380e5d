/*
 * Heavy arithmetic in WebAssembly with 128-bit SIMD: the bits of `plainCompute`, four to seven times as fast.
 *
 * The module is compiled from assembly/solve.ts and lies here as text, so that nothing is fetched or built
 * when Fineline starts. Where the machine or its settings know no WebAssembly or no SIMD the plain reference
 * does the same work, with the same result.
 */
import { type Compute, plainCompute, type SymmetricSolver } from '../../kernel/compute.ts';
import { SOLVE_MODULE } from './solve-module.ts';

/** Of the types of WebAssembly, which Node leaves to those of a browser, what is used here. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (of: { readonly initial: number; readonly maximum: number }) => {
    readonly buffer: ArrayBuffer;
  };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

/** Where it runs. */
export interface Machine {
  readonly WebAssembly?: WebAssemblyApi;
}

/** What the module exports; the tests call it with every size. */
interface Solving {
  readonly solve: (matrix: number, right: number, size: number) => number;
}

const PAGE_BYTES = 65_536;
const NUMBER_BYTES = 8;

/** Compute in WebAssembly where it is to be had, plain otherwise. */
export function wasmCompute({ WebAssembly: api } = globalThis as Machine): Compute {
  if (api === undefined) return plainCompute;
  try {
    const compiled = new api.Module(Buffer.from(SOLVE_MODULE, 'base64'));
    return {
      symmetricSolver: (sizeMax) => solverIn(api, compiled, sizeMax) ?? plainCompute.symmetricSolver(sizeMax),
    };
  } catch {
    return plainCompute; // no SIMD here
  }
}

/** Nothing where the machine has no addresses left for another memory: each takes some 10 GB of them. */
function solverIn(api: WebAssemblyApi, compiled: object, sizeMax: number): SymmetricSolver | undefined {
  const matrixBytes = sizeMax * sizeMax * NUMBER_BYTES;
  const pages = Math.ceil((matrixBytes + sizeMax * NUMBER_BYTES) / PAGE_BYTES);
  const memory = memoryOf(api, pages);
  if (memory === undefined) return undefined;
  const { exports } = new api.Instance(compiled, { env: { memory } });
  const { solve } = exports as Solving;
  return {
    matrix: new Float64Array(memory.buffer, 0, sizeMax * sizeMax),
    right: new Float64Array(memory.buffer, matrixBytes, sizeMax),
    solve: (size) => solve(0, matrixBytes, size) === 1,
  };
}

function memoryOf(api: WebAssemblyApi, pages: number): { readonly buffer: ArrayBuffer } | undefined {
  try {
    return new api.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
