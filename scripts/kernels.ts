// `npm run kernels`: compiles src/adapters/wasm/assembly to the module that is committed beside it.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compiledModule, MODULE_FILE } from './kernels/compile.ts';

const root = path.dirname(import.meta.dirname);
writeFileSync(path.join(root, MODULE_FILE), await compiledModule(root));
console.log(`${MODULE_FILE} is written.`);
