/*
 * Relevance on published data beside published figures: `node bench/relevance.ts [--only NAME] [--people
 * 3,1]`.
 *
 * Every data set runs in a process of its own, so that memory and time are its own. Settings are chosen on
 * the training file; the test file is read for the figures alone. Bars marked (peer) are computed in the same
 * run.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  convertGowalla,
  convertS3Rec,
  convertTaFeng,
  convertTaFengAll,
  convertYoochoose,
  type EvaluationFiles,
} from './data/convert.ts';
import { vsKnnFigures } from './session-peer.ts';
import { runEvaluate } from '../src/surfaces/cli/evaluate/run.ts';

type Measure = 'recall' | 'ndcg' | 'mrr';

type Row = {
  readonly name: string;
  readonly task: string;
  readonly k: number;
  readonly measures: readonly [Measure, Measure];
  readonly convert: (folder: string) => EvaluationFiles;
  /** Published or measured elsewhere, strongest last. */
  readonly bars: string;
};

const ROWS: readonly Row[] = [
  {
    name: 'gowalla',
    task: 'topn',
    k: 20,
    measures: ['recall', 'ndcg'],
    convert: convertGowalla,
    bars: 'EASE .1765/.1467, LightGCN .1830/.1550, SimpleX .1872/.1557',
  },
  {
    name: 'beauty',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (f) => convertS3Rec(f, 'Beauty'),
    bars: 'SASRec .0605/.0318, S3-Rec .0647/.0327, decayed co-occurrence .0838/.0526',
  },
  {
    name: 'sports',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (f) => convertS3Rec(f, 'Sports_and_Outdoors'),
    bars: 'SASRec .0350/.0192, S3-Rec .0385/.0204, decayed co-occurrence .0455/.0279',
  },
  {
    name: 'lastfm',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (f) => convertS3Rec(f, 'LastFM'),
    bars: 'SASRec .0688/.0413, S3-Rec .0743/.0427, decayed co-occurrence .0624/.0380',
  },
  {
    name: 'tafeng',
    task: 'basket',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: convertTaFeng,
    bars: 'own counts .1484/.1359, TIFU-KNN .1606/.1460, DNNTSP .1752/.1517',
  },
  {
    name: 'tafeng-all',
    task: 'basket',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: convertTaFengAll,
    bars: 'recall: P-TopFreq .106, GP-TopFreq .135 (NDCG there is not cut at k)',
  },
  {
    name: 'yoochoose',
    task: 'session',
    k: 20,
    measures: ['recall', 'mrr'],
    convert: convertYoochoose,
    bars: '',
  },
];

type Answer = Record<
  Measure | 'learnSeconds' | 'decisionMicrosP50' | 'decisionMicrosP99' | 'peakMemoryMiB',
  number
>;

async function measure(row: Row, files: EvaluationFiles, people: string): Promise<Answer> {
  const history = files.history === undefined ? [] : ['--history', files.history];
  const argv = [
    '--task',
    row.task,
    '--train',
    files.train,
    '--test',
    files.test,
    ...history,
    '--k',
    String(row.k),
    '--min-people',
    people,
    '--json',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, 'one', ...argv]);
  // Our own process wrote this line a moment ago.
  return JSON.parse(stdout) as Answer;
}

function short(value: number): string {
  return value.toFixed(4).replace(/^0/, '');
}

async function printRow(row: Row, folder: string, people: readonly string[]): Promise<void> {
  const files = row.convert(folder);
  const [first, second] = row.measures;
  for (const minPeople of people) {
    const got = await measure(row, files, minPeople);
    const figures = `${first}/${second} ${short(got[first])}/${short(got[second])}`;
    const cost = `learn ${got.learnSeconds.toFixed(1)} s  ${got.peakMemoryMiB.toFixed(0)} MiB`;
    const decision = `decision p50 ${got.decisionMicrosP50} p99 ${got.decisionMicrosP99} µs`;
    const name = row.name.padEnd(11);
    process.stdout.write(`${name} k=${row.k} ${figures}  min people ${minPeople}  ${cost}  ${decision}\n`);
  }
  if (row.task === 'session') {
    const { figures, settings } = await vsKnnFigures(files.train, files.test, row.k);
    const peer = `${short(figures.recall)}/${short(figures.mrr)} ${JSON.stringify(settings)}`;
    process.stdout.write(`            VS-kNN (peer) ${peer}\n`);
  }
  if (row.bars !== '') process.stdout.write(`            ${row.bars}\n`);
}

function flag(argv: readonly string[], name: string): string | undefined {
  const at = argv.indexOf(name);
  return at < 0 ? undefined : argv[at + 1];
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'one') {
    return runEvaluate(argv.slice(1), {
      stdout: (text) => process.stdout.write(text),
      stderr: (text) => process.stderr.write(text),
    });
  }
  const only = flag(argv, '--only');
  const rows = ROWS.filter(({ name }) => only === undefined || name === only);
  if (rows.length === 0) {
    process.stderr.write(`no data set ${only}; there are ${ROWS.map(({ name }) => name).join(', ')}\n`);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fineline-relevance-'));
  try {
    for (const row of rows) await printRow(row, folder, (flag(argv, '--people') ?? '3,1').split(','));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
