// What of the ledger is told, and used: to anybody all of it, to marketing copy the numbers that are in it.

import { DEFAULT_BUDGET } from '../facts/budget.ts';
import type { KeptRelease } from '../facts/release.ts';
import type { Result } from '../kernel/result.ts';
import { type CopyProblem, fillCopy } from '../measure/publish/copy.ts';
import { budgetYear, spentIn } from '../measure/publish/ledger.ts';
import type { Core } from './core.ts';

export interface LedgerTold {
  /** Calendar year, UTC, whose budget is spent now. */
  readonly year: number;
  readonly rhoMillionthsPerYear: number;
  readonly rhoMillionthsSpent: number;
  /** `false`: part of the ledger cannot be read, so nothing more is released. */
  readonly whole: boolean;
  /** Newest first. */
  readonly releases: readonly KeptRelease[];
}

export function tellLedger({ releases, policy, world }: Core): LedgerTold {
  const { ledger, isWhole } = releases;
  const year = budgetYear(ledger, world.clock.nowMs());
  const { budget = DEFAULT_BUDGET } = policy;
  return {
    year,
    rhoMillionthsPerYear: budget.rhoMillionthsPerYear,
    rhoMillionthsSpent: spentIn(ledger, year),
    whole: isWhole,
    releases: ledger.toReversed(),
  };
}

export type CopyFilled = Result<string, readonly CopyProblem[]>;

export function fillFrom({ releases }: Core, template: string, write: (about: number) => string): CopyFilled {
  return fillCopy(template, releases.ledger, write);
}
