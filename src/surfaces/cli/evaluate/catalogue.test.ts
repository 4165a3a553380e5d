// Goal: the words of a catalogue count in all tasks that know one, and ids alone change nothing. Method:
// people with three things of a series each, of which hardly two people have the same; titles say the series.

import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../kernel/random.ts';
import { createFiles, figures, run } from './testing.ts';

const { file } = createFiles();

const SERIES = 50;
const OF_A_SERIES = 10;
const WORDS = ['wren', 'lark', 'kite', 'rook', 'swan', 'crow', 'tern', 'ibis', 'coot', 'teal'];

function idOf(series: number, n: number): string {
  return `i${series}-${n}`;
}

const random = seededRandom(4);
const PEOPLE = Array.from({ length: 400 }, () => {
  const series = random.below(SERIES);
  const own = new Set<number>();
  while (own.size < 4) own.add(random.below(OF_A_SERIES));
  return [...own].map((n) => idOf(series, n));
});
const rows = (part: (things: readonly string[]) => readonly string[]): readonly string[] =>
  PEOPLE.flatMap((things, n) => part(things).map((item, at) => `p${n},${item},${at},b${at}`));
const HEAD = 'person,item,time,basket';
const TRAIN = file([HEAD, ...rows((things) => things.slice(0, 3))].join('\n'));
const TEST = file([HEAD, ...rows((things) => things.slice(3))].join('\n'));

const THINGS = Array.from({ length: SERIES }, (_, series) =>
  Array.from({ length: OF_A_SERIES }, (__, n) => ({ id: idOf(series, n), series, n })),
).flat();

function nameOf(series: number): string {
  return `${WORDS[series % 10]}${WORDS[Math.floor(series / 10)]}`;
}

function catalogue(header: string, row: (series: number, n: number) => string): string {
  const lines = THINGS.map(({ id, series, n }) => `${id},${row(series, n)}`);
  return file([`item,${header}`, ...lines].join('\n'));
}

async function recall(task: string, catalog?: string): Promise<number> {
  const files = ['--train', TRAIN, '--test', TEST, ...(catalog === undefined ? [] : ['--catalog', catalog])];
  return Number((await figures('--task', task, ...files, '--k', '10'))['recall']);
}

describe('a catalogue in evaluate', () => {
  test.each(['topn', 'next'])('[Q94] %s: titles find what too few people had together', async (task) => {
    const titles = catalogue('Product Name', (series) => `${nameOf(series)} set`);
    const [without, with_] = [await recall(task), await recall(task, titles)];
    expect(with_).toBeGreaterThan(without + 0.1);
    expect(with_).toBeGreaterThan(0.75);
  });

  test('[Q94] session: titles find the next look', async () => {
    const titles = catalogue('title', (series) => `${nameOf(series)} set`);
    const looks = file([HEAD, ...rows((things) => things)].join('\n'));
    const asked = ['--task', 'session', '--train', TRAIN, '--test', looks, '--k', '10'];
    const [without, with_] = [await figures(...asked), await figures(...asked, '--catalog', titles)];
    expect(Number(with_['recall'])).toBeGreaterThan(Number(without['recall']) + 0.1);
  });

  test('[Q94] basket: alike is not what is bought with a thing, so titles change nothing', async () => {
    const titles = catalogue('title', (series) => `${nameOf(series)} set`);
    expect(await recall('basket', titles)).toBe(await recall('basket'));
  });

  test('[Q94] categories do so, and brands', async () => {
    const categories = catalogue('product_type,colour', (series, n) => `Birds > ${nameOf(series)},${n}`);
    const brands = catalogue('vendor', (series) => nameOf(series));
    expect(await recall('topn', categories)).toBeGreaterThan(0.75);
    expect(await recall('topn', brands)).toBeGreaterThan(0.75);
  });

  test('[Q94] ids alone change no list, nor does a catalogue that says nothing', async () => {
    const plain = await recall('topn');
    expect(
      await recall(
        'topn',
        catalogue('stock', (_, n) => `${n}`),
      ),
    ).toBe(plain);
    expect(
      await recall(
        'topn',
        catalogue('title', () => ''),
      ),
    ).toBe(plain);
  });

  test('[Q94] what nobody had is found, and what stands there twice is what it was first', async () => {
    const [wanted = ''] = PEOPLE[0]!;
    const head = 'item,title';
    const known = THINGS.map(({ id, series }) => `${id},${nameOf(series)} set`);
    const series = THINGS.find(({ id }) => id === wanted)!.series;
    const files = (title: string): string[] => [
      ...['--train', TRAIN, '--test', file('person,item\np0,never-had\n')],
      ...['--catalog', file([head, ...known, `never-had,${title}`, 'never-had,other'].join('\n'))],
    ];
    const asked = (title: string): Promise<Record<string, unknown>> =>
      figures('--task', 'topn', ...files(title), '--k', '20');
    expect((await asked(`${nameOf(series)} set`))['recall']).toBe(1);
    expect((await asked('nothing of the kind'))['recall']).toBe(0);
  });

  test('a catalogue without items is refused by name', async () => {
    const catalog = file('sku,title\na,b\n');
    const got = await run('--task', 'topn', '--train', TRAIN, '--test', TEST, '--catalog', catalog);
    expect(got.code).toBe(1);
    expect(got.errors).toContain('no column "item" among sku, title');
  });
});
