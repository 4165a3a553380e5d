// Why a thing is of its class, in a form that a person can check.

import type { SensitiveClass } from './item.ts';

/**
 * `label`: the shop's own. `number`: of a published taxonomy. `category`, `title`, `tag`: a word of our lists
 * stands there. `age-group`, `adult`: a mark of the feed. `kept`: the item has the class, and nothing that
 * was kept of it says why: a label or a mark when it came in.
 */
export const EVIDENCE = [
  'label',
  'number',
  'category',
  'title',
  'tag',
  'age-group',
  'adult',
  'kept',
] as const;

export interface Evidence {
  readonly class: SensitiveClass;
  readonly by: (typeof EVIDENCE)[number];
  /** The label, the number, the step of the path, the title or the tag that speaks. */
  readonly text: string;
  /** The word as it stands on the list, `*` for any ending. */
  readonly word?: string;
  /** Of the list that the word stands on: `de`. */
  readonly language?: string;
}
