// Which numbers may leave the server, for the surfaces that tell some: never an exact count of people or of
// what they did (measure/SPEC.md, M6).

import { toldOf } from '../measure/tally.ts';
import type { Core } from './core.ts';

export { inSteps } from '../measure/tally.ts';

/** What came of each placement, as far as it may be told. */
export function outcomesTold({ tallies }: Core): ReadonlyMap<string, Readonly<Record<string, number>>> {
  return new Map([...tallies].map(([placement, tally]) => [placement, toldOf(tally)]));
}
