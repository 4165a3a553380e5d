// Owns: what passes between the door of the catalogue and its formats.

import type { Problem } from '../../facts/parse.ts';
import type { ItemDraft } from './item-draft.ts';

/** What a format writes on. */
export interface CatalogueSheet {
  readonly add: (draft: ItemDraft, place: string) => void;
  readonly report: (found: Problem) => void;
  /** Reports, and reads nothing more. */
  readonly refuse: (found: Problem) => void;
}

/** One format, reading text in pieces. */
export interface CatalogueFormat {
  push(text: string): void;
  end(): void;
}
