// Breaks the comments that are too wide, in the files named as arguments or, without any, in every source
// file of the checkout. `npm run format` runs it before oxfmt.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { wrapComments } from './format/wrap.ts';
import { isCode, readTree } from './tidy/tree.ts';

const root = path.dirname(import.meta.dirname);
const named = process.argv.slice(2).map((file) => path.relative(root, path.resolve(file)));
const files = named.length > 0 ? named : [...readTree(root).paths].filter(isCode);

let changed = 0;
for (const file of files) {
  const before = readFileSync(path.join(root, file), 'utf8');
  const after = wrapComments(file, before);
  if (after === before) continue;
  writeFileSync(path.join(root, file), after);
  changed += 1;
}
console.log(`Comments broken in ${changed} of ${files.length} files.`);
