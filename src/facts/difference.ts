// One difference of two policies.

/** `mixed`: stricter in one respect, looser in another. `neither`: another choice, not a stricter one. */
export type Effect = 'stricter' | 'looser' | 'mixed' | 'neither';

export interface Difference {
  /** `channels/email`, `placements/home/itemsMax` … */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly effect: Effect;
}
