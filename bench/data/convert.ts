/*
 * Turns the published data sets into the CSV form of `fineline evaluate`, in a temporary folder.
 *
 * The data lies in FINELINE_DATA (default: ../shared/data beside the project) and is never committed.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The files of one evaluation. */
export type EvaluationFiles = {
  readonly train: string;
  readonly test: string;
  readonly history?: string;
  readonly catalog?: string;
};

const DATA = process.env['FINELINE_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');

export function readText(path: string): string {
  const file = join(DATA, path);
  if (!existsSync(file)) {
    throw new Error(
      `${file} is missing: set FINELINE_DATA to the folder of the data sets (see README, Data)`,
    );
  }
  return gunzipSync(readFileSync(file)).toString('utf8');
}

function readLists(path: string): string[][] {
  return readText(path)
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
}

function writeCsv(folder: string, name: string, header: string, rows: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `${header}\n${rows.join('\n')}\n`);
  return file;
}

/** Gowalla, LightGCN split: lines of a person and their items. */
export function convertGowalla(folder: string): EvaluationFiles {
  const pairs = (path: string): string[] =>
    readLists(path).flatMap(([person, ...items]) => items.map((item) => `${person},${item}`));
  return {
    train: writeCsv(folder, 'gowalla-train.csv', 'person,item', pairs('gowalla/train.txt.gz')),
    test: writeCsv(folder, 'gowalla-test.csv', 'person,item', pairs('gowalla/test.txt.gz')),
  };
}

/**
 * S3Rec: lines of a person and their items in time order; the last item is the target. Position stands for
 * time.
 */
export function convertS3Rec(folder: string, name: string): EvaluationFiles {
  const train: string[] = [];
  const test: string[] = [];
  for (const [person, ...items] of readLists(`s3rec/${name}.txt.gz`)) {
    for (const [position, item] of items.entries()) {
      (position === items.length - 1 ? test : train).push(`${person},${item},${position + 1}`);
    }
  }
  return {
    train: writeCsv(folder, `${name}-train.csv`, 'person,item,time', train),
    test: writeCsv(folder, `${name}-test.csv`, 'person,item,time', test),
  };
}

/** The same with the attributes of each item, numbers that stand for its categories and its brand. */
export function convertS3RecDescribed(folder: string, name: string): EvaluationFiles {
  const attributes = JSON.parse(readText(`s3rec/${name}_item2attributes.json.gz`)) as Attributes;
  const rows = Object.entries(attributes).map(
    ([item, numbers]) => `${item},${numbers.map((number) => `x${number}`).join(' ')}`,
  );
  return {
    ...convertS3Rec(folder, name),
    catalog: writeCsv(folder, `${name}-catalogue.csv`, 'item,title', rows),
  };
}

type Attributes = Readonly<Record<string, readonly number[]>>;

/** Yoochoose clicks: tab-separated session, item, time. */
export function convertYoochoose(folder: string): EvaluationFiles {
  const rows = (path: string): string[] =>
    readLists(path)
      .slice(1)
      .map((fields) => fields.join(','));
  const path = 'yoochoose100k/yoochoose-clicks-100k';
  return {
    train: writeCsv(folder, 'yoochoose-train.csv', 'person,item,time', rows(`${path}_train_full.txt.gz`)),
    test: writeCsv(folder, 'yoochoose-test.csv', 'person,item,time', rows(`${path}_test.txt.gz`)),
  };
}

type Baskets = Readonly<Record<string, readonly (readonly number[])[]>>;

function basketRows(people: Baskets, pick: (count: number, index: number) => boolean): string[] {
  return Object.entries(people).flatMap(([person, baskets]) =>
    baskets.flatMap((items, x) =>
      pick(baskets.length, x) ? items.map((item) => `${person},${item},${x}`) : [],
    ),
  );
}

/** Ta-Feng, fixed user-disjoint split: learned from `train` (and not `validate`), asked on `test`. */
export function convertTaFeng(folder: string): EvaluationFiles {
  // The shape is that of the published file; a wrong one shows at once in the row counts.
  const text = readText('tafeng_nbr/TaFeng_dnntsp_split.json.gz');
  const split = JSON.parse(text) as Record<'train' | 'test', Baskets>;
  const header = 'person,item,basket';
  return {
    train: writeCsv(
      folder,
      'tafeng-train.csv',
      header,
      basketRows(split.train, () => true),
    ),
    history: writeCsv(
      folder,
      'tafeng-history.csv',
      header,
      basketRows(split.test, (n, x) => x < n - 1),
    ),
    test: writeCsv(
      folder,
      'tafeng-test.csv',
      header,
      basketRows(split.test, (n, x) => x === n - 1),
    ),
  };
}

/** Ta-Feng as published: person → baskets of things, in order, without the marks of beginning and end. */
export function readTaFeng(name: 'tafeng_history' | 'tafeng_future'): Baskets {
  const raw = JSON.parse(readText(`tafeng_nbr/${name}.json.gz`)) as Baskets;
  return Object.fromEntries(Object.entries(raw).map(([person, baskets]) => [person, baskets.slice(1, -1)]));
}

/** Ta-Feng, all people: the last basket of everybody is predicted from their earlier ones. */
export function convertTaFengAll(folder: string): EvaluationFiles {
  const header = 'person,item,basket';
  return {
    train: writeCsv(
      folder,
      'tafeng-all-train.csv',
      header,
      basketRows(readTaFeng('tafeng_history'), () => true),
    ),
    test: writeCsv(
      folder,
      'tafeng-all-test.csv',
      header,
      basketRows(readTaFeng('tafeng_future'), () => true),
    ),
  };
}
