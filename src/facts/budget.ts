// How much may be told about people in a year, and of how many at least: part of the policy.

export interface BudgetRules {
  /** ρ that all releases of a calendar year may add up to, in millionths. 0: nothing is released. */
  readonly rhoMillionthsPerYear: number;
  /** People behind a number that is made public. */
  readonly peopleMin: number;
  /** Why one of the two is looser than the default. */
  readonly reason?: string;
}

/**
 * ρ = 0.1 a year is (ε, δ)-differential privacy with ε = 2.5 at δ = 10⁻⁶. A hundred people, because a number
 * is made public for good: who is one of fifty-three knows that they are meant.
 */
export const DEFAULT_BUDGET: BudgetRules = { rhoMillionthsPerYear: 100_000, peopleMin: 100 };
