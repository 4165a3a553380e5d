// Goal: the contract of `fineline evaluate` holds on good, tiny and broken files. Method: real files in a
// temporary folder, figures computed by hand.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { createMeter, quantile } from './metrics.ts';
import { runEvaluate } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'fineline-evaluate-'));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function file(text: string, extension = 'csv'): string {
  const path = join(folder, `${files++}.${extension}`);
  writeFileSync(path, extension.endsWith('gz') ? gzipSync(text) : text);
  return path;
}

type Outcome = { readonly code: number; readonly out: string; readonly errors: string };

async function run(...argv: string[]): Promise<Outcome> {
  let out = '';
  let errors = '';
  const code = await runEvaluate(argv, {
    stdout: (text) => (out += text),
    stderr: (text) => (errors += text),
  });
  return { code, out, errors };
}

async function figures(...argv: string[]): Promise<Record<string, unknown>> {
  const { code, out, errors } = await run(...argv, '--json');
  expect(errors).toBe('');
  expect(code).toBe(0);
  const parsed: unknown = JSON.parse(out);
  return Object(parsed) as Record<string, unknown>;
}

// Six people like tea things, six like bike things; each has three of four.
const SETS = [
  ['tea', 'cup', 'pot', 'spoon'],
  ['bike', 'bell', 'lamp', 'lock'],
];
const TASTES = Array.from({ length: 12 }, (_, n) => SETS[n % 2]!.filter((_item, x) => x !== (n >> 1) % 4));
const LINES = TASTES.flatMap((items, n) => items.map((item, x) => `p${n},${item},${100 + x},b${x}`));
const TRAIN = `person,item,time,basket\n${LINES.join('\n')}\n`;

describe('metrics', () => {
  test('one hit at rank 2 of three targets, k = 2', () => {
    const meter = createMeter(2);
    meter.judge([7, 3], 2, [3, 4, 5]);
    const { recall, ndcg, mrr, hitRate } = meter.figures();
    expect([recall, mrr, hitRate]).toEqual([1 / 3, 1 / 2, 1]);
    expect(ndcg).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
  });

  test('means are over lists, hits beyond k and repeated targets do not count', () => {
    const meter = createMeter(2);
    meter.judge([1, 2, 3], 3, [3]);
    meter.judge([1, 2], 2, [1, 1]);
    expect(meter.figures()).toEqual({ recall: 0.5, ndcg: 0.5, mrr: 0.5, hitRate: 0.5 });
    expect(meter.lists()).toBe(2);
  });

  test('no lists give zeros, quantiles are by nearest rank', () => {
    expect(createMeter(5).figures()).toEqual({ recall: 0, ndcg: 0, mrr: 0, hitRate: 0 });
    expect(quantile(Float64Array.of(3, 1, 2, 4), 0.5)).toBe(2);
    expect(quantile(Float64Array.of(3, 1, 2, 4), 0.99)).toBe(4);
    expect(quantile(new Float64Array(0), 0.5)).toBe(0);
  });
});

describe('evaluate', () => {
  test('topn: the missing fourth thing is found; unseen people and items are counted', async () => {
    const test_ = file('person,item\np0,tea\np1,bike\nstranger,tea\np2,never-seen\n');
    const got = await figures(
      '--task',
      'topn',
      '--train',
      file(TRAIN),
      '--test',
      test_,
      '--k',
      '1',
      '--min-people',
      '2',
    );
    // p0 and p1 are hits; p2 wants what nobody knows; the stranger gets the most popular thing, whichever
    // that is.
    const strangerHits = Number(got['recall']) * 4 - 2;
    expect([0, 1]).toContain(Math.round(strangerHits * 1000) / 1000);
    expect(got).toMatchObject({
      task: 'topn',
      k: 1,
      people: 4,
      items: 8,
      interactions: 36,
      minPeople: 2,
      seed: 1,
      peopleUnseen: 1,
      predictions: 4,
    });
  });

  test('next, session, basket: the fields of the contract, on gzip as well', async () => {
    const train = file(TRAIN, 'csv.gz');
    const later = file('person,item,time,basket\np0,tea,200,b9\np3,lock,200,b9\np3,bell,201,b9\n');
    for (const task of ['next', 'session', 'basket']) {
      const got = await figures('--task', task, '--train', train, '--test', later, '--k', '4');
      const names = [
        'task',
        'k',
        'people',
        'items',
        'interactions',
        'recall',
        'ndcg',
        'mrr',
        'hitRate',
        'coverage',
        'learnSeconds',
        'decisionMicrosP50',
        'decisionMicrosP99',
        'peakMemoryMiB',
        'minPeople',
        'seed',
        'model',
      ];
      expect(Object.keys(got).slice(0, names.length)).toEqual(names);
      expect(got['people'], task).toBe(task === 'session' ? 1 : 2);
      expect(got['minPeople']).toBe(3);
    }
  });

  test('history serves people who are not learned from', async () => {
    const base = [
      '--task',
      'basket',
      '--train',
      file(TRAIN),
      '--test',
      file('person,item\nnew,spoon\n'),
      '--k',
      '2',
      '--min-people',
      '1',
    ];
    expect(await figures(...base)).toMatchObject({ peopleUnseen: 1 });
    const history = file('person,item,basket\nnew,tea,1\nnew,spoon,1\nnew,spoon,2\n');
    expect(await figures(...base, '--history', history)).toMatchObject({
      peopleUnseen: 0,
      recall: 1,
      interactions: 36,
    });
  });

  test('a catalogue adds items; order of rows and duplicates of rows change no figure of topn', async () => {
    const later = file('person,item\np0,tea\np1,bike\n');
    const rows = TRAIN.trim().split('\n');
    const shuffled = file([rows[0], ...rows.slice(1).toReversed(), ...rows.slice(1, 4)].join('\r\n'));
    const pick = ({ recall, ndcg, mrr, coverage }: Record<string, unknown>): unknown => ({
      recall,
      ndcg,
      mrr,
      coverage,
    });
    const one = await figures('--task', 'topn', '--train', file(TRAIN), '--test', later, '--k', '2');
    expect(pick(await figures('--task', 'topn', '--train', shuffled, '--test', later, '--k', '2'))).toEqual(
      pick(one),
    );
    const catalog = file('item,title\nsofa,"A ""big"" sofa, red"\ntea,Tea\n');
    const wide = await figures(
      '--task',
      'topn',
      '--train',
      file(TRAIN),
      '--test',
      later,
      '--k',
      '2',
      '--catalog',
      catalog,
    );
    expect(wide['items']).toBe(9);
  });

  test.each([
    ['topn', 'person,item\n1,a\n'],
    ['next', 'person,item,time\n1,a,1\n'],
    ['session', 'person,item,time\n1,a,2020-01-01T00:00:00Z\n'],
    ['basket', 'person,item,basket\n1,a,1\n'],
  ])('%s: one row to learn from is enough to answer', async (task, train) => {
    const later = file('person,item,time\n1,a,5\n1,b,6\n');
    const got = await figures('--task', task, '--train', file(train), '--test', later);
    expect(got['predictions']).toBe(1);
  });

  test.each([
    ['person,item\n1,a\n', 'next', 'line 1: no column "time"'],
    ['person,item\n1,a\n', 'basket', 'line 1: no column "basket"'],
    ['user,item\n1,a\n', 'topn', 'line 1: no column "person"'],
    ['person,item,item\n1,a,b\n', 'topn', 'two columns "item"'],
    ['person,item\n1,a\n2\n', 'topn', 'line 3: expected 2 fields'],
    ['person,item\n1,\n', 'topn', 'line 2, column "item"'],
    ['person,item,time\n1,a,soon\n', 'next', 'line 2, column "time": expected epoch seconds or ISO 8601'],
    ['person,item\n1,"a\n2,b\n', 'topn', 'line 2: a quoted field is not closed'],
    ['person,item\n1,a"b"\n', 'topn', 'line 2, column 2: a quote inside a field'],
    ['person,item\n', 'topn', 'nothing to learn from'],
    ['', 'topn', 'expected a header line'],
    [`person,item\n1,${'x'.repeat(129)}\n`, 'topn', '1 to 128 characters'],
  ])('a malformed file %j is refused for %s, by name and place', async (train, task, message) => {
    const path = file(train);
    const { code, out, errors } = await run(
      '--task',
      task,
      '--train',
      path,
      '--test',
      file('person,item,time\n1,a,1\n'),
    );
    expect(errors).toContain(message);
    expect(errors).toContain(path);
    expect([code, out]).toEqual([1, '']);
  });

  test('quoted last fields, CRLF, a byte order mark, empty lines and quoted breaks are read', async () => {
    const train = file('\uFEFFperson,item\r\n1,"a"\r\n\r\n2,"b, ""c""\nd"\r\n');
    const got = await figures(
      '--task',
      'topn',
      '--train',
      train,
      '--test',
      file('person,item\r\n1,"b, ""c""\nd"'),
      '--k',
      '5',
    );
    expect(got).toMatchObject({ items: 2, interactions: 2, people: 1, recall: 1 });
  });

  test('a missing or broken file is named', async () => {
    const good = file('person,item\n1,a\n');
    const absent = await run('--task', 'topn', '--train', join(folder, 'absent.csv'), '--test', good);
    expect([absent.code, absent.errors]).toEqual([1, expect.stringContaining('absent.csv: cannot be read')]);
    const broken = join(folder, 'broken.csv.gz');
    writeFileSync(broken, 'not gzip');
    const outcome = await run('--task', 'topn', '--train', broken, '--test', good);
    expect([outcome.code, outcome.errors]).toEqual([
      1,
      expect.stringContaining('is it a complete gzip file?'),
    ]);
  });

  test.each([
    [[], '--task must be one of'],
    [['--task', 'x'], '--task must be one of'],
    [['--task', 'topn'], '--train FILE is missing'],
    [['--task', 'topn', '--train', 'a'], '--test FILE is missing'],
    [['--task', 'topn', '--train', 'a', '--test', 'b', '--k', '0'], '--k must be'],
    [['--task', 'topn', '--train', 'a', '--test', 'b', '--min-people', '1.5'], '--min-people must be'],
    [['--task', 'topn', '--train', 'a', '--test', 'b', '--seed', '-1'], '--seed must be'],
    [['--task', 'topn', '--task', 'next'], '--task is given twice'],
    [['--train'], '--train needs a value'],
    [['--trian', 'a'], 'unknown argument "--trian"'],
  ])('bad usage %j exits with 2', async (argv, message) => {
    const { code, out, errors } = await run(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(errors).toContain(message);
  });

  test('help is printed on stdout and names every field', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const name of ['recall', 'ndcg', 'mrr', 'hitRate', 'coverage', 'learnSeconds', 'peakMemoryMiB'])
      expect(out).toContain(name);
  });
});
