// A file that is larger than memory goes in person by person. In the order of the file each line wakes
// somebody else: of a million people ten thousand are kept ready, so nearly every line would open a journal
// first. What two people do has no order between
// them, so the lines are first sorted into buckets of people (spill.ts), and each bucket then goes in as a
// whole, in the order of the file.

import type { Engine } from '../../../engine/engine.ts';
import type { PersonId } from '../../../facts/ids.ts';
import type { Progress } from '../progress.ts';
import { type Answers, addAnswered } from './consent-lines.ts';
import type { Answered, Entry } from './entries.ts';
import type { EventImport } from './events.ts';
import { createSender } from './sender.ts';
import { BUCKET_LINES, type Buckets, sortLines } from './sort-lines.ts';
import { openSpill } from './spill.ts';

export interface Sizes {
  /** Event files from this size on go in by person; below, their people fit into memory at once. */
  readonly fromBytes: number;
  /** Of file per bucket. */
  readonly bucketBytes: number;
}

/** Buckets of some 4,000 people of 20 lines each. */
export const SIZES: Sizes = { fromBytes: 128 * 2 ** 20, bucketBytes: 32 * 2 ** 20 };
/** Buckets that go in at the same time: one is being written while the other is being read. */
const LANES = 2;
/** 16 MB of text that waits to be written, in pieces of 64 KiB. */
const BUCKETS_MAX = 256;

export function bucketsFor(bytes: number, { bucketBytes }: Sizes): number {
  return Math.max(1, Math.min(BUCKETS_MAX, Math.ceil(bytes / bucketBytes)));
}

export interface ByPerson extends Buckets {
  /** Where the buckets lie meanwhile; needs as much room as the file, unpacked. */
  readonly dir: string;
  /** So many buckets are in, durably. */
  keep(reached: number): Promise<void>;
}

export async function importByPerson(engine: Engine, work: EventImport, by: ByPerson): Promise<void> {
  const spill = openSpill(by.dir, by.buckets);
  try {
    const sorted = await sortLines(engine, work, { by, spill });
    const progress = by.progressOf('Importing', 'entries', sorted.entries);
    const marks = createMarks(by, sorted.stopped);
    const counted = { done: 0 };
    await inLanes({ from: by.reached, to: by.buckets }, async (bucket) => {
      const lines = (): Iterable<string> => spill.lines(bucket);
      await importBucket(engine, work, { lines, progress, counted });
      // Their statistics now, while they are warm.
      engine.count();
      await marks.done(bucket);
      work.interrupt.check(work.howToGoOn);
    });
    progress.end();
  } finally {
    spill.close();
  }
}

/** The first failure lets no further bucket begin, and is told when the lanes have come to rest. */
async function inLanes(
  { from, to }: { readonly from: number; readonly to: number },
  work: (bucket: number) => Promise<void>,
): Promise<void> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < to) {
      const bucket = next;
      next += 1;
      try {
        await work(bucket);
      } catch (error) {
        next = to;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Up to which bucket everything is in, whatever the order in which they end. */
function createMarks(by: ByPerson, stopped: boolean): { done(bucket: number): Promise<void> } {
  const ended = new Set<number>();
  let reached = by.reached;
  return {
    done: async (bucket) => {
      ended.add(bucket);
      while (ended.has(reached)) reached += 1;
      // A strict reading that stopped has not seen the whole of any bucket.
      if (!stopped) await by.keep(reached);
    },
  };
}

interface BucketImport {
  readonly lines: () => Iterable<string>;
  readonly progress: Progress;
  /** Entries that are in. */
  readonly counted: { done: number };
}

async function importBucket(
  engine: Engine,
  work: EventImport,
  { lines, progress, counted }: BucketImport,
): Promise<void> {
  const sender = createSender(engine, { ...work, answers: answersIn(lines()) });
  let waiting = 0;
  const send = async (): Promise<void> => {
    await sender.send();
    counted.done += waiting;
    waiting = 0;
    progress.update(counted.done);
  };
  for (const text of lines()) {
    if (!text.startsWith(BUCKET_LINES.entry)) continue;
    // Written by ourselves a moment ago, and sealed since.
    sender.add(JSON.parse(text.slice(1)) as Entry);
    waiting += 1;
    if (!sender.isFull) continue;
    await send();
    work.interrupt.check(work.howToGoOn);
  }
  await send();
}

function answersIn(lines: Iterable<string>): Answers {
  const answers = new Map<PersonId, string[]>();
  for (const text of lines) {
    if (!text.startsWith(BUCKET_LINES.answered)) continue;
    const { person, key } = JSON.parse(text.slice(1)) as Answered;
    addAnswered(answers, person, key);
  }
  return answers;
}
