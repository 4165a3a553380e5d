// The town as input: its lines go through the very same intake as a file's, its catalogue through the CSV
// reader.

import { publicTown } from '../../../../data/town/public.ts';
import type { Channel } from '../../../facts/channel.ts';
import type { TextLine } from './lines.ts';

export interface TownInput {
  readonly catalogue: string;
  readonly lines: readonly TextLine[];
  readonly sources: readonly TownSource[];
}

export interface TownSource {
  readonly id: string;
  readonly channel: Channel;
  readonly noticeId: string;
  readonly description: string;
}

/** `people` drawn ones and the named; some 54,000 lines for 2,000. */
export function townInput(options: { readonly endMs: number; readonly people: number }): TownInput {
  const town = publicTown({ seed: 1, people: options.people, endMs: options.endMs });
  const lines: TextLine[] = [];
  for (const text of town.lines()) lines.push({ number: lines.length + 1, text, isTooLong: false });
  return { catalogue: town.catalogue, lines, sources: town.sources };
}
