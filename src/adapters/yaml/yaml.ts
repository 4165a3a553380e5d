// YAML text to plain values, with its line when it is wrong. Aliases are refused: a small file must not grow
// into a large value.

import { parseDocument } from 'yaml';
import { type Result, err, ok } from '../../kernel/result.ts';

export function parseYaml(text: string): Result<unknown, string> {
  const document = parseDocument(text, { uniqueKeys: true, version: '1.2' });
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) return err(first.message);
  try {
    return ok(document.toJS({ maxAliasCount: 0 }) as unknown);
  } catch (error) {
    return err(error instanceof Error ? error.message : 'not YAML');
  }
}
