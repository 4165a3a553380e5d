// Compiles the AssemblyScript of src/adapters/wasm to the module that is committed beside it as text: nobody
// who runs Fineline needs the compiler, and whoever reads it can make it again, byte for byte.
//
// The compiler runs in a process of its own: its types put other arrays in the place of JavaScript's.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const COMPILER = 'node_modules/assemblyscript/bin/asc.js';
const FOLDER = 'src/adapters/wasm';
const SOURCE = `${FOLDER}/assembly/solve.ts`;
const OPTIONS = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noAssert'];

/** Where the module is kept, from the root of the checkout. */
export const MODULE_FILE = `${FOLDER}/solve-module.ts`;

/** The text of `MODULE_FILE` as the source of today makes it; what the compiler says of a fault is thrown. */
export async function compiledModule(root: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fineline-kernels-'));
  try {
    const out = path.join(folder, 'solve.wasm');
    const argv = [path.join(root, COMPILER), SOURCE, ...OPTIONS, '--outFile', out];
    await promisify(execFile)(process.execPath, argv, { cwd: root });
    return moduleText(await readFile(out));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function moduleText(binary: Buffer): string {
  const lines = binary.toString('base64').match(/.{1,96}/g) ?? [];
  return `// Made from assembly/solve.ts by \`npm run kernels\`; a test makes it again and compares.

/** The WebAssembly module, ${binary.length} bytes in base64. */
export const SOLVE_MODULE = [
${lines.map((line) => `  '${line}',`).join('\n')}
].join('');
`;
}
