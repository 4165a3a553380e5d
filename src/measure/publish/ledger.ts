// The budget: what all releases of a year cost together. ρ of zero-concentrated differential privacy adds up
// (Bun, Steinke, "Concentrated Differential Privacy", TCC 2016, lemma 1.7), in whole millionths without any
// rounding. The ledger is the releases themselves: what was told is what was spent.

import type { BudgetRules } from '../../facts/budget.ts';
import { type Asked, questionName, yearOf } from '../../facts/question.ts';
import type { KeptRelease } from '../../facts/release.ts';
import { rhoText } from '../../facts/rho.ts';

export type Ledger = readonly KeptRelease[];

export type Room =
  /** Asked before: this is the answer, and no other ever is. */
  | { readonly kind: 'known'; readonly kept: KeptRelease }
  | { readonly kind: 'room'; readonly year: number }
  | { readonly kind: 'spent'; readonly detail: string };

/** ρ that the releases of a year spent, in millionths. */
export function spentIn(ledger: Ledger, year: number): number {
  return ledger
    .filter(({ release }) => release.year === year)
    .reduce((sum, { release }) => sum + release.rhoMillionths, 0);
}

/** The year whose budget is spent now: never an earlier one than before, also when the clock goes back. */
export function budgetYear(ledger: Ledger, nowMs: number): number {
  return ledger.reduce((year, { release }) => Math.max(year, release.year), yearOf(nowMs));
}

/** Whether a question may be answered. Looks at no person, so a refusal tells nothing about anybody. */
export function roomFor(
  { question, rhoMillionths }: Asked,
  {
    ledger,
    budget,
    nowMs,
  }: { readonly ledger: Ledger; readonly budget: BudgetRules; readonly nowMs: number },
): Room {
  const name = questionName(question);
  const kept = ledger.find(({ release }) => questionName(release.question) === name);
  if (kept !== undefined) return { kind: 'known', kept };
  const year = budgetYear(ledger, nowMs);
  const spent = spentIn(ledger, year);
  if (spent + rhoMillionths <= budget.rhoMillionthsPerYear) return { kind: 'room', year };
  const left = Math.max(0, budget.rhoMillionthsPerYear - spent);
  const detail =
    `It would cost ρ = ${rhoText(rhoMillionths)}, and of the ${rhoText(budget.rhoMillionthsPerYear)} for ` +
    `${year} there is ${rhoText(left)} left. It renews on ${year + 1}-01-01.`;
  return { kind: 'spent', detail };
}
