// The budget of releases as the policy file says it. What is looser than the default needs a reason, which is
// committed to the log.

import { LIMITS } from '../kernel/limits.ts';
import { type BudgetRules, DEFAULT_BUDGET } from './budget.ts';
import { type Parsed, parseNumber, problem } from './parse.ts';
import { parseReason } from './parse-placement.ts';
import { type Read, readerOf } from './reading.ts';
import { parseRho, rhoText } from './rho.ts';

/** ε = 8.4 at δ = 10⁻⁶: beyond that a budget promises little. */
const RHO_PER_YEAR_MAX = 1;
const RHO_DEFAULT = Number(rhoText(DEFAULT_BUDGET.rhoMillionthsPerYear));

/** Reads `budget` of a policy file. Example: `{rhoPerYear: 0.05, peopleMin: 200}`. */
export function readBudget(value: unknown): Read<BudgetRules> {
  const opened = readerOf(value, { what: '', names: ['rhoPerYear', 'peopleMin', 'reason'] });
  if (!opened.ok) return opened;
  const reader = opened.value;
  const rho = reader.take('rhoPerYear', parseRhoPerYear, RHO_DEFAULT);
  const peopleMin = reader.take('peopleMin', parsePeople, DEFAULT_BUDGET.peopleMin);
  const reason = reader.has('reason') ? reader.take('reason', parseReason) : undefined;
  if (rho === undefined || peopleMin === undefined) return reader.done<BudgetRules>(undefined);
  const silent = (field: string, usual: string): void => {
    const remedy = 'Add “reason:” with why more may be told; it is committed to the log.';
    reader.refuse(problem(field, `${usual}, or a reason`, remedy));
  };
  if (!reader.has('reason')) {
    if (rho > DEFAULT_BUDGET.rhoMillionthsPerYear) silent('rhoPerYear', `${RHO_DEFAULT} or less`);
    if (peopleMin < DEFAULT_BUDGET.peopleMin) silent('peopleMin', `${DEFAULT_BUDGET.peopleMin} or more`);
  }
  return reader.done({
    rhoMillionthsPerYear: rho,
    peopleMin,
    ...(reason === undefined ? {} : { reason }),
  });
}

function parseRhoPerYear(value: unknown, field: string): Parsed<number> {
  return parseRho(value, { field, min: 0, max: RHO_PER_YEAR_MAX });
}

function parsePeople(value: unknown, field: string): Parsed<number> {
  return parseNumber(value, { field, min: LIMITS.peopleOutsideMin, max: 1_000_000, whole: true });
}
