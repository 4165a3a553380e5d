// What is told of how far models moved, and what is kept for it.

import type { Drift } from '../learn/drift.ts';

/** The model that served before, and one of at least a week ago. */
export type Against = 'before' | 'week';

export interface DriftTold {
  readonly alarm: boolean;
  /** `week lists`, `nothing`: what is beyond its bound. */
  readonly because: readonly string[];
  /** In steps of 0.05; absent where too little is known. */
  readonly models: Readonly<Partial<Record<Against, Drift>>>;
  /** The same of the next-basket model; absent where none serves. */
  readonly nextBasket?: DriftTold['models'];
  /** And of the next-click model. */
  readonly nextClick?: DriftTold['models'];
  /**
   * Share of the decisions since the fit before that came to nothing, in steps; absent while they are few.
   */
  readonly nothing?: number;
}

export interface DriftState {
  told: DriftTold;
  /** Decisions and how many were nothing, up to the last fit at which there were enough. */
  counted: { readonly decisions: number; readonly nothing: number };
  /** Share of nothing then. */
  share: number | undefined;
}

export function createDrift(): DriftState {
  return {
    told: { alarm: false, because: [], models: {} },
    counted: { decisions: 0, nothing: 0 },
    share: undefined,
  };
}
