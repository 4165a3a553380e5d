// What every test of a tidy check does: plant a fault, and see where it is found.

import type { TidyCheck } from './tree.ts';
import { plantedTree } from './tree.ts';

/** `path:line` of each finding in a tree of these texts. */
export function placesFound(check: TidyCheck, texts: Readonly<Record<string, string>>): readonly string[] {
  return check.find(plantedTree(texts)).map((finding) => `${finding.path}:${finding.line}`);
}

/** The messages of the findings in a tree of these texts. */
export function messagesFound(check: TidyCheck, texts: Readonly<Record<string, string>>): readonly string[] {
  return check.find(plantedTree(texts)).map((finding) => finding.message);
}
