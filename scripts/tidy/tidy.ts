// The rules of the house that no ready-made tool knows, one small file each, with a test that plants the
// fault it must find. A new rule is a new file and a line here. `npm run check` and `npm test` run them all.

import { allTestsRun } from './all-tests-run.ts';
import { bannedCalls } from './banned.ts';
import { documents } from './documents.ts';
import { foreign } from './foreign.ts';
import { groundTruth } from './ground-truth.ts';
import { importTable } from './import-table.ts';
import { links } from './links.ts';
import { mints } from './mints.ts';
import { nonNull } from './non-null.ts';
import { size } from './size.ts';
import { specRules } from './spec-rules.ts';
import { statistics } from './statistics.ts';
import type { TidyCheck } from './tree.ts';

export const TIDY_CHECKS: readonly TidyCheck[] = [
  importTable,
  groundTruth,
  bannedCalls,
  mints,
  nonNull,
  size,
  specRules,
  allTestsRun,
  links,
  documents,
  statistics,
  foreign,
];
