// Goal: what was judged is counted for the system that stood there, and a slip in the file is found. Method:
// two rows judged by hand.

import { expect, test } from 'vitest';
import { blindTable, judgementsIn, tally } from './blind-table.ts';

const KEY = [
  ['ours', 'lift', 'cosine'],
  ['cosine', 'ours', 'lift'],
];

test('the table tells lists in the order of the key, and no name of a system', () => {
  const lists = { ours: ['gloves'], lift: [], cosine: ['cat food', 'coat'] };
  const text = blindTable(
    [
      { thing: 'coat', lists },
      { thing: 'scarf', lists },
    ],
    KEY,
    'abc',
  );
  expect(text).toContain('| 1 | coat | gloves | — | cat food; coat |');
  expect(text).toContain('| 2 | scarf | cat food; coat | gloves | — |');
  expect(text).toContain('`abc`');
  expect(/ours|lift|cosine/.test(text)).toBe(false);
});

test('verdicts go to the system that stood in the column', () => {
  const text = tally(judgementsIn('row,A,B,C\n1,gg,-,ns\n2,nnn,gs,s\n'), KEY);
  const row = (name: string): readonly string[] =>
    text
      .split('\n')
      .find((line) => line.startsWith(`| ${name} |`))!
      .split('|')
      .map((cell) => cell.trim().replace(/ \[.*/, ''));
  expect(row('ours').slice(2, 7)).toEqual(['4', '0', '75.0', '25.0', '0.0']);
  expect(row('lift').slice(2, 7)).toEqual(['1', '1', '0.0', '100.0', '0.0']);
  expect(row('cosine').slice(2, 7)).toEqual(['5', '0', '0.0', '20.0', '80.0']);
});

test.each(['1,gg,-', '2,g,g,g', '1,gggg,-,-', '1,x,-,-', '1,,-,-'])(
  'a line that is not one is named: %s',
  (line) => {
    expect(() => judgementsIn(`row,A,B,C\n${line}\n`)).toThrow(/line 2: wanted 1,A,B,C/);
  },
);
