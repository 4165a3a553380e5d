// Numbers in a subject: filled by the same gate as all other copy, and kept in the record of the decision, so
// that it is decided again without asking the ledger.

import type { DecisionInput } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import { aboutIn, copyLanguageOf } from '../facts/about.ts';
import { peoplePlacesIn } from '../facts/subject.ts';
import type { Core } from './core.ts';
import { fillFrom } from './releases-told.ts';

/** What the text of this language asks for, as far as it may be told. */
export function figuresOn(
  core: Core,
  { subject }: Placement,
  language: string | undefined,
): Pick<DecisionInput, 'figures'> {
  if (subject === undefined || language === undefined) return {};
  const text = Object.hasOwn(subject.texts, language) ? subject.texts[language] : undefined;
  const said = copyLanguageOf(language);
  const places = peoplePlacesIn(text ?? '');
  if (said === undefined || places.length === 0) return {};
  const write = aboutIn(said);
  const figures: [string, string][] = [];
  for (const place of places) {
    const filled = fillFrom(core, `{${place}}`, write);
    // So few, or nothing that was released: the subject finds none, and the fallback stands.
    if (filled.ok) figures.push([place, filled.value]);
  }
  return figures.length === 0 ? {} : { figures: figures.sort(([a], [b]) => (a < b ? -1 : 1)) };
}
