// The townspeople as a visitor meets them: name and one line about them in each language. Who is not in this
// table is shown by name alone.

import { STORIES } from '../../../data/town/stories.ts';
import { LANGUAGES, type Language } from '../language.ts';
import { ABOUT } from './about.ts';

export interface Townsperson {
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

export const TOWNSPEOPLE: readonly string[] = STORIES.map(({ id }) => id);

export function townsperson(id: string, language: Language): Townsperson {
  const [name, about] = ABOUT[id]?.[LANGUAGES.indexOf(language)] ?? [];
  return { id, name: name ?? `${id.charAt(0).toUpperCase()}${id.slice(1)}`, about: about ?? '' };
}
