// What the catalogue says of things, on its way to the thread that learns: texts, because a text is handed
// over in one copy, where a hundred thousand objects would hold up whoever serves.

import type { Catalogued } from './serve-model.ts';

/** One text for as many things as are written in one piece. */
export const THINGS_PER_TEXT = 1000;

export function describedText(things: readonly (readonly [id: string, Catalogued])[]): string {
  return JSON.stringify(
    things.map(([id, { title, path, brand, available }]) => [id, title, path, brand ?? null, available]),
  );
}

/** Texts of `describedText`, by id. */
export function readDescribed(texts: readonly string[]): ReadonlyMap<string, Catalogued> {
  return new Map(
    texts.flatMap((text) =>
      // Written by the other thread of this process a moment ago.
      (JSON.parse(text) as readonly Row[]).map(([id, title, path, brand, available]) => {
        return [id, { title, path, ...(brand === null ? {} : { brand }), available }] as const;
      }),
    ),
  );
}

type Row = readonly [
  id: string,
  title: string,
  path: readonly string[],
  brand: string | null,
  available: boolean,
];
