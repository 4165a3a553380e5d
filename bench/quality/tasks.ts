// The tasks that `npm run bench -- quality` measures, with the data, the figures of others and what is to be
// reached. Published figures stand with their source in ../shared/research/perf.md.

import {
  convertGowalla,
  convertS3Rec,
  convertS3RecDescribed,
  convertTaFeng,
  convertTaFengAll,
  convertYoochoose,
  type EvaluationFiles,
} from '../data/convert.ts';
import { convertGenerated } from '../data/generated.ts';
import { convertInTime } from '../data/in-time.ts';

export type Measure = 'recall' | 'ndcg' | 'mrr';

export interface QualityTask {
  readonly name: string;
  readonly task: 'topn' | 'next' | 'basket' | 'session';
  readonly k: number;
  readonly measures: readonly [Measure, Measure];
  readonly convert: (folder: string) => EvaluationFiles;
  /** Least value of each measure; `peers`: at least the best peer of the same run, times the factor. */
  readonly goal:
    | { readonly least: readonly [number, number] }
    | { readonly peers: readonly [number, number] };
  /** Seconds to choose settings and learn, and MiB of memory, at most. */
  readonly limits?: { readonly learnSeconds: number; readonly peakMemoryMiB: number };
  /** Published or measured elsewhere, strongest last. */
  readonly published: string;
}

export const TASKS: readonly QualityTask[] = [
  {
    name: 'gowalla',
    task: 'topn',
    k: 20,
    measures: ['recall', 'ndcg'],
    convert: convertGowalla,
    goal: { least: [0.187, 0.154] },
    limits: { learnSeconds: 120, peakMemoryMiB: 1024 },
    published: 'EASE .1765/.1467, LightGCN .1830/.1550, SimpleX .1872/.1557',
  },
  {
    name: 'beauty',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertS3Rec(folder, 'Beauty'),
    goal: { least: [0.088, 0.055] },
    published: 'SASRec .0605/.0318, S3-Rec .0647/.0327, decayed co-occurrence .0838/.0526',
  },
  {
    name: 'sports',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertS3Rec(folder, 'Sports_and_Outdoors'),
    goal: { least: [0.048, 0.0295] },
    published: 'SASRec .0350/.0192, S3-Rec .0385/.0204, decayed co-occurrence .0455/.0279',
  },
  {
    name: 'beauty-catalogue',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertS3RecDescribed(folder, 'Beauty'),
    goal: { least: [0.088, 0.055] },
    published: 'S3-Rec, which reads the same attributes, .0647/.0327',
  },
  {
    name: 'sports-catalogue',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertS3RecDescribed(folder, 'Sports_and_Outdoors'),
    goal: { least: [0.048, 0.0295] },
    published: 'S3-Rec, which reads the same attributes, .0385/.0204',
  },
  {
    name: 'lastfm',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertS3Rec(folder, 'LastFM'),
    goal: { least: [0, 0] },
    published: 'SASRec .0688/.0413, S3-Rec .0743/.0427, decayed co-occurrence .0624/.0380',
  },
  {
    name: 'tafeng',
    task: 'basket',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: convertTaFeng,
    goal: { least: [0.19, 0.17] },
    published: 'own counts .1484/.1359, TIFU-KNN .1606/.1460, DNNTSP .1752/.1517',
  },
  {
    name: 'tafeng-all',
    task: 'basket',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: convertTaFengAll,
    // NDCG has no goal: the published one is not cut at k.
    goal: { peers: [1.1, 0] },
    published: 'recall: P-TopFreq .106, GP-TopFreq .135',
  },
  {
    name: 'yoochoose',
    task: 'session',
    k: 20,
    measures: ['recall', 'mrr'],
    convert: convertYoochoose,
    goal: { peers: [1, 1] },
    published: '',
  },
  {
    name: 'online-retail-next',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertInTime(folder, 'online-retail'),
    goal: { least: [0, 0] },
    published: 'without a trend, with three people, .0276/.0138 (2026-11-30)',
  },
  {
    name: 'complete-journey-next',
    task: 'next',
    k: 10,
    measures: ['recall', 'ndcg'],
    convert: (folder) => convertInTime(folder, 'complete-journey'),
    goal: { least: [0, 0] },
    published: '',
  },
  {
    name: 'generated',
    task: 'topn',
    k: 20,
    measures: ['recall', 'ndcg'],
    convert: convertGenerated,
    goal: { least: [0, 0] },
    limits: { learnSeconds: 30, peakMemoryMiB: 400 },
    published:
      '1,000,000 interactions of 50,000 people with 20,000 things, drawn from seed 1: for the cost alone',
  },
];
