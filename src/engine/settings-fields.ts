// Objects of a settings file. A field that is not understood is an error, not a default: a misspelt bound
// would otherwise be none.

import { err } from '../kernel/result.ts';
import { type Parsed, parseObject, problem } from '../facts/parse.ts';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * An object with no other fields than these. `what` it is; `at` is the field it stands in, if the caller does
 * not name that.
 */
export function fieldsOf(
  value: unknown,
  names: readonly string[],
  { what, at = '' }: { readonly what: string; readonly at?: string },
): Parsed<Fields> {
  const object = parseObject(value, what);
  if (!object.ok) return object;
  for (const name of Object.keys(object.value)) {
    if (names.includes(name)) continue;
    const path = at === '' ? name : `${at}/${name}`;
    return err(problem(path, `one of ${names.join(', ')}`, 'Correct or remove the field.'));
  }
  return object;
}
