// Goal: the contract of `fineline evaluate` holds on good, tiny and broken files. Method: real files in a
// temporary folder, figures computed by hand.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runEvaluate } from './run.ts';
import { createFiles, figures, run } from './testing.ts';

const { file, folder } = createFiles();

// Six people like tea things, six like bike things; each has three of four.
const SETS = [
  ['tea', 'cup', 'pot', 'spoon'],
  ['bike', 'bell', 'lamp', 'lock'],
];
const TASTES = Array.from({ length: 12 }, (_, n) => SETS[n % 2]!.filter((_item, x) => x !== (n >> 1) % 4));
const LINES = TASTES.flatMap((items, n) => items.map((item, x) => `p${n},${item},${100 + x},b${x}`));
const TRAIN = `person,item,time,basket\n${LINES.join('\n')}\n`;

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

  test('baskets: what was had before, what is new, and what popular things alone reach', async () => {
    const later = file('person,item\np0,cup\np0,tea\np1,bell\n');
    const asked = [
      '--task',
      'basket',
      '--train',
      file(TRAIN),
      '--test',
      later,
      '--k',
      '4',
      '--min-people',
      '2',
    ];
    const got = await figures(...asked);
    // p0 has all tea things but tea, p1 all bike things but the bike.
    expect(got['repeat']).toMatchObject({ lists: 2 });
    expect(got['explore']).toMatchObject({ lists: 1 });
    expect(got['recallAt']).toHaveLength(4);
    const { recall, intervals, popular } = got as {
      recall: number;
      intervals: { recall: number[] };
      popular: { recall: number; recallAt: number[] };
    };
    expect(popular.recall).toBeLessThan(recall);
    expect(popular.recallAt.at(-1)).toBe(popular.recall);
    // Two people, each with one list: a draw is one of them twice, or both.
    expect(intervals.recall).toEqual([2 * recall - 1, 1]);
  });

  test('--report writes a page with figures and plot; what stands in it is escaped', async () => {
    const later = file('person,item\np0,tea\n');
    const page = join(folder, 'report.html');
    const asked = ['--task', 'topn', '--train', file(TRAIN), '--test', later, '--report'];
    const { code, out } = await run(...asked, page);
    expect(code).toBe(0);
    expect(out).toMatch(/recall +\d\.\d{4} {2}\d\.\d{4}–\d\.\d{4}/);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('<svg');
    expect(text).toContain('&quot;name&quot;:&quot;normalised item-item');
    expect(text).not.toMatch(/<script|https?:(?!\/\/www\.w3\.org)/);
    const nowhere = await run(...asked, join(folder, 'no', 'such', 'page.html'));
    expect([nowhere.code, nowhere.errors]).toEqual([1, expect.stringContaining('cannot be written')]);
  });

  test('whoever looks is told how far it is', async () => {
    const argv = ['--task', 'topn', '--train', file(TRAIN), '--test', file('person,item\np0,tea\n')];
    const told: string[] = [];
    const code = await runEvaluate(argv, {
      stdout: () => undefined,
      stderr: () => undefined,
      progress: ({ label, unit, total }) => ({
        update: (done) => void told.push(`${label}: ${done} of ${total} ${unit}`),
        end: () => void told.push(`${label}: done`),
      }),
    });
    expect(code).toBe(0);
    expect(told[0]).toBe('Learning from 36 rows: 0 of 10 trials');
    expect(told.slice(-2)).toEqual(['Asking: 1 of 1 lists', 'Asking: done']);
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
});
