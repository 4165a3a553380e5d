// Owns: the step from a stored number to the kind of an entry.

import { kindOfCode as known } from '../../facts/entry-code.ts';
import { damaged } from './faults.ts';

import type { EntryKind } from '../../facts/entry.ts';

export function kindOfCode(code: number): EntryKind {
  const kind = known(code);
  if (kind === undefined) throw damaged('data.db', `entry kind ${code} is not known`);
  return kind;
}
