// Owns: what a check says of one thing it looked at, so that checks of different technologies make one
// report.

export interface Finding {
  /** What was looked at, e.g. `data: fsync`. */
  readonly about: string;
  /** `bad`: do not start; `doubtful`: it runs, and a promise is weaker than it could be. */
  readonly level: 'good' | 'doubtful' | 'bad';
  /** What was found. */
  readonly found: string;
  /** What is wanted, where `found` does not say it. */
  readonly expected?: string;
  /** What to do about it; absent where all is good. */
  readonly remedy?: string;
}
