// A shop's own order lines, cut in time: what is asked for is the first thing that each person bought after
// all that is learned from and had not bought before. Two shops, of which one has a season.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeJourney, inTime, type Line, onlineRetail } from '../cold/data.ts';
import type { EvaluationFiles } from './convert.ts';

const SHOPS = { 'online-retail': onlineRetail, 'complete-journey': completeJourney } as const;

/** The newest fifth of the lines is cut off. */
export function convertInTime(folder: string, shop: keyof typeof SHOPS): EvaluationFiles {
  const { train, test } = inTime(SHOPS[shop]().lines);
  const had = new Set(train.map(({ person, item }) => `${person} ${item}`));
  const seen = new Set<string>();
  const first = test.filter(
    ({ person, item }) => !had.has(`${person} ${item}`) && !seen.has(person) && seen.add(person),
  );
  mkdirSync(folder, { recursive: true });
  const write = (name: string, lines: readonly Line[]): string => {
    const rows = lines.map(({ person, item, time }) => `${person},${item},${time}`);
    const file = join(folder, `${shop}-${name}.csv`);
    writeFileSync(file, `${['person,item,time', ...rows].join('\n')}\n`);
    return file;
  };
  return { train: write('train', train), test: write('test', first) };
}
