import { describe, expect, it } from 'vitest';
import { messagesFound, placesFound } from './planted.ts';
import { statistics } from './statistics.ts';

const HEAD = '| what | holds |\n| --- | --- |\n';
const MODEL = 'export const m = makeModel({ kind: `pairs/1 a=${a}`, items });';

const tree = (table: string, code = MODEL): Readonly<Record<string, string>> => ({
  'docs/statistics.md': `${HEAD}${table}`,
  'src/learn/a.ts': code,
  'src/learn/counts.ts': 'export const a = 1;',
});

describe('contracts of learned things', () => {
  it('finds a kind without a row, also when the page is missing', () => {
    expect(placesFound(statistics, tree('| counts `src/learn/counts.ts` | pairs |'))).toEqual([
      'src/learn/a.ts:1',
    ]);
    expect(placesFound(statistics, { 'src/learn/a.ts': MODEL })).toEqual(['src/learn/a.ts:1']);
  });

  it('finds a row without a kind or a file', () => {
    const rows = '| `pairs/1` | pairs |\n| `triples/1` | triples |\n| `src/learn/gone.ts` | what was |';
    expect(placesFound(statistics, tree(rows))).toEqual(['docs/statistics.md:4', 'docs/statistics.md:5']);
  });

  it('tells versions of a formula apart', () => {
    expect(placesFound(statistics, tree('| `pairs/2` | pairs |'))).toEqual([
      'src/learn/a.ts:1',
      'docs/statistics.md:3',
    ]);
  });

  it('finds a kind that cannot be read', () => {
    const rows = '| counts `src/learn/counts.ts` | pairs |';
    const codes = [
      'makeModel({ kind, items });',
      'makeModel(parts);',
      'makeModel({ items });',
      'makeModel({ kind: `${name}/1` });',
      "makeModel({ kind: 'no version' });",
    ];
    for (const code of codes) expect(messagesFound(statistics, tree(rows, code))).toHaveLength(1);
  });

  it('finds an empty cell', () => {
    expect(placesFound(statistics, tree('| `pairs/1` | |'))).toEqual(['docs/statistics.md:3']);
  });

  it('allows a model of before with other numbers, rows for files, other tables in prose, and tests', () => {
    const code = `${MODEL}\nexport const n = makeModel({ ...m, weights });`;
    const rows = '| `pairs/1` | pairs |\n| counts `src/learn/counts.ts` | pairs |\n\nNo row: `x/1`.\n';
    const all = { ...tree(rows, code), 'src/learn/a.test.ts': "makeModel({ kind: 'test/1' });" };
    expect(placesFound(statistics, all)).toEqual([]);
  });
});
