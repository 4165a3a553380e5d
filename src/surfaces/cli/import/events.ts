// Event lines (any format the intake knows, one JSON value per line) into the engine. One bad line costs that
// line.

import type { Engine } from '../../../engine/engine.ts';
import type { PersonId, SourceId } from '../../../facts/ids.ts';
import type { PeopleSample } from '../demo-person.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Progress } from '../progress.ts';
import { type Answers, addAnswered } from './consent-lines.ts';
import type { Declarer } from './declare.ts';
import { answeredIn, contextOf, readEntries } from './entries.ts';
import type { TextLine } from './lines.ts';
import { createSender } from './sender.ts';
import type { Tally } from './tally.ts';

/** The lines of one file; each call begins anew. `onRead` hears how many bytes of it have been read. */
export type LineSource = (onRead?: (bytes: number) => void) => AsyncIterable<TextLine> | Iterable<TextLine>;

export interface EventScan {
  readonly lines: number;
  /** Names of sources that lines give. */
  readonly sources: ReadonlySet<string>;
}

/** Counts lines and who sends them; nothing is kept yet. */
export async function scanEvents(lines: AsyncIterable<TextLine> | Iterable<TextLine>): Promise<EventScan> {
  const sources = new Set<string>();
  let count = 0;
  for await (const { text } of lines) {
    count += 1;
    const named = sourceOf(text);
    if (named !== undefined) sources.add(named);
  }
  return { lines: count, sources };
}

/** Fields before `source` that hold no object or list; beyond those a name may be that of something else. */
const FLAT_FIELD = String.raw`\s*"[^"\\]*"\s*:\s*(?:"[^"\\]*"|[\d.eE+-]+|true|false|null)\s*,`;
const SOURCE = new RegExp(String.raw`^\s*\{(?:${FLAT_FIELD})*?\s*"source"\s*:\s*"([^"\\]{1,128})"`);

/**
 * The value of a field `source` at the top of the object; looking at the text is much cheaper than parsing
 * it.
 */
function sourceOf(text: string): string | undefined {
  return SOURCE.exec(text)?.[1];
}

export interface EventImport {
  readonly lines: LineSource;
  /** Where lines come from that do not say. */
  readonly source?: SourceId;
  readonly strict: boolean;
  readonly declarer: Declarer;
  readonly sample: PeopleSample;
  readonly tally: Tally;
  readonly interrupt: Interrupt;
  readonly howToGoOn: string;
}

/** In the order of the file. What people answer in it is gathered first, so it is read twice. */
export async function importEvents(engine: Engine, work: EventImport, progress: Progress): Promise<void> {
  const { tally, interrupt } = work;
  const context = contextOf(engine, work.source);
  const answers = await answersIn(engine, work);
  const sender = createSender(engine, { ...work, answers });
  let done = 0;
  for await (const line of work.lines()) {
    done += 1;
    const { entries, isGood } = readEntries(line, context, tally);
    for (const entry of entries) sender.add(entry);
    const stops = work.strict && !isGood;
    if (sender.isFull || stops) {
      await sender.send();
      progress.update(done);
      interrupt.check(work.howToGoOn);
    }
    if (stops) break;
  }
  await sender.send();
  progress.update(done);
  tally.lines += done;
}

/** What people answer in these lines. */
async function answersIn(engine: Engine, { lines, source }: EventImport): Promise<Answers> {
  const answers = new Map<PersonId, string[]>();
  const context = contextOf(engine, source);
  for await (const { text } of lines()) {
    for (const { person, key } of answeredIn(text, context)) addAnswered(answers, person, key);
  }
  return answers;
}
