// A small JSON file; `undefined` when it is not there or not JSON.

import { readFileSync } from 'node:fs';

export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
