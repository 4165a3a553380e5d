// node data/town/main.ts --out DIR [--people N] [--days N] [--seed N] [--end 2026-02-01]
//
// Writes the town as files: catalogue.csv and events.ndjson for `--data DIR`, the same orders once more as
// orders.csv, and truth.json for whoever judges the result. Lines are written as they come, so memory does
// not grow with them.

import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { DAY_MS, parseInstant } from '../../src/kernel/time.ts';
import { catalogueCsv } from './catalogue-csv.ts';
import { writeAct } from './formats.ts';
import { generateTown, type Town } from './generate.ts';
import { STORIES } from './stories.ts';
import { ORDER_LINES_HEADER, orderLines } from './order-lines.ts';
import { progressOf } from './progress.ts';
import * as truth from './truth.ts';

/** The town's clock stops here unless told otherwise, so that two runs on two days give the same files. */
const END = '2026-02-01';
const USAGE = 'node data/town/main.ts --out DIR [--people 2000] [--days 180] [--seed 1] [--end 2026-02-01]';
/** Text gathered before it is handed to the disk. */
const CHUNK_CHARS = 1 << 18;

try {
  await main();
} catch (error) {
  // A folder that cannot be written, a full disk: the system's own sentence names path and cause.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      people: { type: 'string', default: '2000' },
      days: { type: 'string', default: '180' },
      seed: { type: 'string', default: '1' },
      end: { type: 'string', default: END },
    },
  });
  const endMs = parseInstant(values.end);
  const people = wholeNumber(values.people, 1, 1_000_000);
  const days = wholeNumber(values.days, 1, 3650);
  const seed = wholeNumber(values.seed, 0, Number.MAX_SAFE_INTEGER);
  if (
    values.out === undefined ||
    endMs === undefined ||
    people === undefined ||
    days === undefined ||
    seed === undefined
  ) {
    console.error(
      `usage: ${USAGE}\n--people 1 to 1,000,000; --days 1 to 3,650; --seed from 0; --end an ISO 8601 date`,
    );
    process.exitCode = 2;
    return;
  }
  const town = generateTown({ seed, people, days, endMs });
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'catalogue.csv'), catalogueCsv(town.catalogue));
  const shareAt = (timeMs: number): number => 1 - (endMs - timeMs) / (days * DAY_MS);
  const events = await writeActs(town, values.out, shareAt);
  await writeText(join(values.out, 'truth.json'), truthText(town, { seed, days, endMs }));
  const seconds = process.uptime().toFixed(1);
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${town.catalogue.length} products, ${town.peopleCount} people, ${events} lines in ${values.out}; ` +
      `${seconds} s, at most ${peakMiB} MiB of memory`,
  );
}

function wholeNumber(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}

/** Lines and orders in one walk through the days, because the walk is what takes the time. */
async function writeActs(town: Town, out: string, shareAt: (timeMs: number) => number): Promise<number> {
  const told = progressOf('events.ndjson and orders.csv');
  const events = openText(join(out, 'events.ndjson'));
  const orders = openText(join(out, 'orders.csv'));
  await orders.write(ORDER_LINES_HEADER);
  let lines = 0;
  for (const act of town.acts()) {
    lines += 1;
    told(shareAt(act.timeMs));
    await events.write(`${writeAct(act).json}\n`);
    await orders.write(orderLines(act));
  }
  await Promise.all([events.end(), orders.end()]);
  return lines;
}

/** One JSON object, one person per line. */
function* truthText(
  town: Town,
  made: { readonly seed: number; readonly days: number; readonly endMs: number },
): Generator<string> {
  const { PLANTED, PROXY_BASE_RATE, CLASS_ITEM_RATE, COMPLEMENT_ODDS, FATIGUE_FACTOR } = truth;
  const named = Object.fromEntries(STORIES.map(({ id, about }) => [id, about]));
  const products = town.catalogue.map(({ id, complements, substituteGroup }) => ({
    id,
    complements,
    substituteGroup,
  }));
  const head = { made, planted: PLANTED, proxyBaseRate: PROXY_BASE_RATE, classItemRate: CLASS_ITEM_RATE };
  const odds = { complementOdds: COMPLEMENT_ODDS, fatigueFactor: FATIGUE_FACTOR };
  const all = { ...head, ...odds, named, sources: town.sources, products };
  yield `${JSON.stringify(all).slice(0, -1)},"people":[\n`;
  const told = progressOf('truth.json');
  for (let index = 0; index < town.peopleCount; index += 1) {
    told(index / town.peopleCount);
    yield `${JSON.stringify(town.person(index))}${index + 1 < town.peopleCount ? ',' : ''}\n`;
  }
  yield ']}\n';
}

async function writeText(path: string, pieces: Iterable<string>): Promise<void> {
  const file = openText(path);
  for (const piece of pieces) await file.write(piece);
  await file.end();
}

interface TextFile {
  /** A promise when the disk is behind, to be waited for. */
  write(text: string): Promise<unknown> | undefined;
  end(): Promise<void>;
}

/** A full disk ends the waiting with its own message. */
function openText(path: string): TextFile {
  const stream = createWriteStream(path);
  // `finished` reports what went wrong, also while nobody is waiting.
  const end = finished(stream);
  end.catch(() => undefined);
  let gathered = '';
  return {
    write: (text) => {
      gathered += text;
      if (gathered.length < CHUNK_CHARS) return undefined;
      const roomLeft = stream.write(gathered);
      gathered = '';
      return roomLeft ? undefined : Promise.race([once(stream, 'drain'), end]);
    },
    end: () => {
      stream.end(gathered);
      return end;
    },
  };
}
