// The public door of the town: what a shop would hand to its personalisation engine, and nothing else. The
// command line imports the town through this file alone (scripts/tidy/ground-truth.ts); who lives there, what
// goes with what and which classes are planted stays behind it.

import { catalogueCsv } from './catalogue-csv.ts';
import { type TownOptions, generateTown } from './generate.ts';
import type { TownSource } from './types.ts';

export { townNotices } from './notices.ts';

export interface PublicTown {
  /** catalogue.csv: no accessories, no substitutes. */
  readonly catalogue: string;
  readonly sources: readonly TownSource[];
  /** The lines of events.ndjson in time order, without newlines. Each call starts anew. */
  readonly lines: () => Iterable<string>;
}

/** `publicTown({ seed: 1, endMs })`: the same catalogue and lines as the files of `main.ts`. */
export function publicTown(options: TownOptions): PublicTown {
  const town = generateTown(options);
  return {
    catalogue: catalogueCsv(town.catalogue),
    sources: town.sources,
    lines: () => linesOf(town.lines()),
  };
}

function* linesOf(lines: Iterable<{ readonly json: string }>): Generator<string> {
  for (const { json } of lines) yield json;
}
