// Goal: what cannot be read or was not meant is refused by name and place, and odd but right files are read.
// Method: real files in a temporary folder.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFiles, figures, run } from './testing.ts';

const { file, folder } = createFiles();

describe('evaluate', () => {
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
