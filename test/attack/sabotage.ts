// What a sabotage is.

import type { RuleName } from '../../bench/attack/rules.ts';

export interface Sabotage {
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once, within one line. */
  readonly old: string;
  readonly now: string;
  /**
   * The rule of the attack that must notice or, where two guards stand behind each other and the second still
   * holds, the unit test that must.
   */
  readonly caughtBy: RuleName | { readonly test: string };
  /**
   * Worlds in which it did not show in a run: passed over, because all of them together take a minute of each
   * run of the tests. Where the world behind them changes, the search goes on from there.
   */
  readonly worldsBefore?: number;
}
