// The engine never reads what is true in the town. The import table keeps every stage away from data/; this
// check keeps the one importer that may go there, the command line, to the town's public door.

import { importsOf } from './imports.ts';
import { isCode, isTest } from './tree.ts';
import type { Finding, SourceFile, TidyCheck } from './tree.ts';

const DOOR = 'data/town/public.ts';
/** Texts that read the ground truth from a file instead: truth.json is written for judges. */
const TRUTH_FILE = /\btruth\.(?:json|ts)\b/;

export const groundTruth: TidyCheck = {
  name: 'neither engine nor storefront reads the ground truth of the town',
  find: (tree) => tree.files.filter(isChecked).flatMap(findIn),
};

function isChecked(file: SourceFile): boolean {
  return isCode(file.path) && !isTest(file.path) && /^(?:src|bin|examples)\//.test(file.path);
}

function findIn(file: SourceFile): readonly Finding[] {
  const imports = importsOf(file).imports.flatMap(({ target, line }) => {
    // The storefront is the shop itself: it may know what it sells and who can be tried, never what is true.
    const isShop = file.path.startsWith('examples/') && target !== 'data/town/generate.ts';
    if (target === undefined || !target.startsWith('data/') || target === DOOR || isShop) return [];
    return [{ path: file.path, line, message: `imports ${target}; the town is reached by ${DOOR} alone` }];
  });
  const texts = file.text.split('\n').flatMap((text, at) => {
    if (!TRUTH_FILE.test(text)) return [];
    return [
      { path: file.path, line: at + 1, message: 'names the ground truth of the town; only judges read it' },
    ];
  });
  return [...imports, ...texts];
}
