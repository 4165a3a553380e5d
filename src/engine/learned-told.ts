// What whoever asked for learning is told of it.

import type { ItemModel } from '../facts/model.ts';
import type { Core } from './core.ts';

export interface LearnedTold {
  readonly model: string | null;
  /** Formula and chosen settings of the model that lists for a person are made of. */
  readonly kind: string | null;
  readonly items: number;
  /** What moved more than a shop moves. */
  readonly drift: readonly string[];
}

/** `undefined`: nothing was made. */
export function learnedTold({ drift }: Core, model: ItemModel | undefined): LearnedTold {
  const { because } = drift.told;
  return {
    model: model?.id ?? null,
    kind: model?.kind ?? null,
    items: model?.itemIds.length ?? 0,
    drift: because,
  };
}
