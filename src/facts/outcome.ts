// What came of a decision.

import type { DecisionId, ItemId } from './ids.ts';

export interface Outcome {
  readonly decision: DecisionId;
  readonly item: ItemId;
  readonly kind: 'impression' | 'click' | 'conversion' | 'dismissal';
  readonly timeMs: number;
  /** Of the list that was shown. */
  readonly propensity: number;
}
