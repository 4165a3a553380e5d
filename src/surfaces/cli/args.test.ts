// Goal: a command line is read as described or refused with what to write instead.

import { expect, test } from 'vitest';
import { readArgs } from './args.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit-code.ts';
import { editDistance, nearest } from './nearest.ts';

const command: Command = {
  name: 'try',
  about: 'a test',
  usage: 'WORD [--port N]',
  words: [1, 1],
  flags: [
    { name: 'port', value: 'N', env: 'TRY_PORT', about: 'a port' },
    { name: 'no-shift', about: 'a switch' },
    { name: 'context', value: 'ITEM', many: true, about: 'a list' },
    { name: 'json', about: 'JSON' },
  ],
  notes: [],
  examples: [],
  run: () => Promise.resolve(EXIT.ok),
};

function read(...argv: string[]) {
  const args = readArgs(command, argv, { TRY_PORT: '7' });
  if (args === 'help') throw new Error('asked for help');
  return args;
}

test('flags, words, lists and the environment are read', () => {
  const args = read('word', '--context', 'a', '--context=b', '--json');
  expect([args.words, args.all('context'), args.json, args.text('port')]).toEqual([
    ['word'],
    ['a', 'b'],
    true,
    '7',
  ]);
  expect(read('word', '--port', '8').text('port')).toBe('8');
  expect(readArgs(command, ['word', '--port', '8', '--help'], {})).toBe('help');
  expect(readArgs(command, ['-h'], {})).toBe('help');
});

test('[Q2] the name of a decision may begin with a hyphen', () => {
  for (const start of ['-', '--']) {
    const name = start.padEnd(43, 'f');
    expect(read(name).words).toEqual([name]);
    expect(read('word', '--port', name).text('port')).toBe(name);
    expect(() => read('word', start.padEnd(42, 'f'))).toThrow('unknown flag');
  }
});

test.each([
  [['word', '--no-shft'], 'Did you mean --no-shift?'],
  [['word', '--prot', '1'], 'Did you mean --port?'],
  [['word', '--zzz'], 'unknown flag --zzz'],
  [['word', '-p'], 'unknown flag -p'],
  [['word', '--port'], '--port needs a value'],
  [['word', '--port', '--json'], '--port needs a value'],
  [['word', '--port='], '--port needs a value'],
  [['word', '--json=1'], '--json takes no value'],
  [['word', '--port', '1', '--port', '2'], 'given twice'],
  [[], 'something is missing'],
  [['one', 'two'], 'unexpected "two"'],
])('[Q2] %j is refused: %s', (argv, message) => {
  expect(() => read(...argv)).toThrow(message);
});

test('words that are near are found, words that are far are not', () => {
  expect(editDistance('decide', 'deicde')).toBe(1);
  expect(nearest('decid', ['decide', 'serve'])).toBe('decide');
  expect(nearest('x', ['decide', 'serve'])).toBeUndefined();
  expect(nearest('imp', ['export', 'import'])).toBe('import');
});
