// What the catalogue says of things, on its way to the thread that learns: texts, because a text is handed
// over in one copy, where a hundred thousand objects would hold up whoever serves.

import type { Described } from './models/likeness.ts';

/** One text for as many things as are written in one piece. */
export const THINGS_PER_TEXT = 1000;

export function describedText(things: readonly (readonly [id: string, Described])[]): string {
  return JSON.stringify(things.map(([id, { title, path, brand }]) => [id, title, path, brand ?? null]));
}

/** Texts of `describedText`, by id. */
export function readDescribed(texts: readonly string[]): ReadonlyMap<string, Described> {
  return new Map(
    texts.flatMap((text) =>
      // Written by the other thread of this process a moment ago.
      (JSON.parse(text) as readonly Row[]).map(([id, title, path, brand]) => {
        return [id, { title, path, ...(brand === null ? {} : { brand }) }] as const;
      }),
    ),
  );
}

type Row = readonly [id: string, title: string, path: readonly string[], brand: string | null];
