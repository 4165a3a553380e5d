// The lines of a large file into buckets of people.

import type { Engine } from '../../../engine/engine.ts';
import type { PersonId } from '../../../facts/ids.ts';
import type { Progress } from '../progress.ts';
import { type Answered, type Entry, answeredIn, contextOf, readEntries } from './entries.ts';
import type { EventImport } from './events.ts';
import { hashOfName } from './name-hash.ts';
import type { Spill } from './spill.ts';

export interface Buckets {
  readonly buckets: number;
  /** Buckets that an earlier run of this import took in: they are passed over. */
  readonly reached: number;
  /** Of the file. */
  readonly lines: number;
  progressOf(label: string, unit: string, total: number): Progress;
}

interface Sorting {
  readonly by: Buckets;
  readonly spill: Spill;
}

/** What a line of a bucket holds, as its first letter. */
export const BUCKET_LINES = { entry: 'e', answered: 'a' } as const;

/** Each line into the buckets of the people in it. Bad lines are known here, and `strict` stops. */
export async function sortLines(
  engine: Engine,
  { tally, lines, source, strict, interrupt, howToGoOn }: EventImport,
  { by, spill }: Sorting,
): Promise<{ readonly entries: number; readonly stopped: boolean }> {
  const context = contextOf(engine, source);
  const progress = by.progressOf('Sorting by person', 'lines', by.lines);
  const put = (person: PersonId, mark: string, value: Entry | Answered): boolean => {
    const bucket = hashOfName(person) % by.buckets;
    if (bucket < by.reached) return false;
    spill.put(bucket, `${mark}${JSON.stringify(value)}`);
    return true;
  };
  let done = 0;
  let entries = 0;
  let stopped = false;
  for await (const line of lines()) {
    done += 1;
    for (const answered of answeredIn(line.text, context))
      put(answered.person, BUCKET_LINES.answered, answered);
    const read = readEntries(line, context, tally);
    for (const entry of read.entries) {
      const { person } = entry.kind === 'event' ? entry.event : entry.line;
      if (put(person, BUCKET_LINES.entry, entry)) entries += 1;
      else tally.passedOver += 1;
    }
    stopped = strict && !read.isGood;
    if (stopped) break;
    if (done % 1000 !== 0) continue;
    progress.update(done);
    interrupt.check(howToGoOn);
  }
  progress.end();
  tally.lines += done;
  return { entries, stopped };
}
