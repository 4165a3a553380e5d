// The version of this Fineline, as its package says.

import { fileURLToPath } from 'node:url';
import { parseObject } from '../../facts/parse.ts';
import { readJson } from './home/json-file.ts';

export function ownVersion(): string {
  const file = fileURLToPath(new URL('../../../package.json', import.meta.url));
  const fields = parseObject(readJson(file), 'package');
  return fields.ok && typeof fields.value['version'] === 'string' ? fields.value['version'] : 'unknown';
}
