import { describe, expect, it } from 'vitest';
import { messagesFound, placesFound } from './planted.ts';
import { statistics } from './statistics.ts';

const QUESTIONS = ['holds', 'k inside', 'k outside', 'one person', 'noise', 'leaving', 'old versions'];
const MODEL = 'export const m = makeModel({ kind: `pairs/1 a=${a}`, items });';

function contract(heading: string, questions: readonly string[] = QUESTIONS): string {
  const rows = questions.map((question) => `| ${question} | none |\n`);
  return `## ${heading}\n\n| question | answer |\n| --- | --- |\n${rows.join('')}\n`;
}

const tree = (page: string, code = MODEL): Readonly<Record<string, string>> => ({
  'docs/statistics.md': page,
  'src/learn/a.ts': code,
  'src/learn/counts.ts': 'export const a = 1;',
});

describe('contracts of learned things', () => {
  it('finds a kind without one, also when the page is missing', () => {
    expect(placesFound(statistics, tree(contract('Counts `src/learn/counts.ts`')))).toEqual([
      'src/learn/a.ts:1',
    ]);
    expect(placesFound(statistics, { 'src/learn/a.ts': MODEL })).toEqual(['src/learn/a.ts:1']);
  });

  it('finds one without a kind or a file', () => {
    const page = `${contract('`src/learn/gone.ts`')}${contract('`triples/1`')}${contract('`pairs/1`')}`;
    expect(placesFound(statistics, tree(page))).toEqual(['docs/statistics.md:1', 'docs/statistics.md:13']);
  });

  it('tells versions of a formula apart', () => {
    const found = placesFound(statistics, tree(contract('`pairs/2`')));
    expect(found).toEqual(['src/learn/a.ts:1', 'docs/statistics.md:1']);
  });

  it('finds a kind that cannot be read', () => {
    const codes = [
      'makeModel({ kind, items });',
      'makeModel(parts);',
      'makeModel({ items });',
      'makeModel({ kind: `${name}/1` });',
      "makeModel({ kind: 'no version' });",
    ];
    for (const code of codes) expect(messagesFound(statistics, tree('', code))).toHaveLength(1);
  });

  it('finds a question that is missing, doubled, out of order or without an answer', () => {
    const [first = '', second = '', ...rest] = QUESTIONS;
    for (const questions of [rest, [...QUESTIONS, first], [second, first, ...rest]]) {
      expect(placesFound(statistics, tree(contract('`pairs/1`', questions)))).toEqual([
        'docs/statistics.md:1',
      ]);
    }
    const silent = contract('`pairs/1`').replace('| none |', '| |');
    expect(placesFound(statistics, tree(silent))).toEqual(['docs/statistics.md:1']);
  });

  it('allows a model of before with other numbers, contracts of files, prose, and models of tests', () => {
    const code = `${MODEL}\nexport const n = makeModel({ ...m, weights });`;
    const page = `${contract('Pairs: `pairs/1`')}${contract('`src/learn/counts.ts`')}## Prose\n\n| a | |\n`;
    const test = "makeModel({ kind: 'test/1' });";
    const all = { ...tree(page, code), 'src/learn/a.test.ts': test, 'src/learn/testing.ts': test };
    expect(placesFound(statistics, all)).toEqual([]);
  });
});
