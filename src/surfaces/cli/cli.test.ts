// Goal: what every command does alike: help, exit codes, JSON, colour, width, clear failures. Method: the
// real command line in this process with an Io that remembers, and as a child process where a terminal or a
// signal matters.

import { afterAll, expect, test } from 'vitest';
import { runCli } from './cli.ts';
import { allCommands } from './commands.ts';
import { Fault } from '../../kernel/fault.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { widthOf } from './layout.ts';
import { cli, heardIo, tempPlace } from './testing.ts';

const place = tempPlace();
afterAll(() => place.dispose());

test('[Q1] each kind of error has its code', () => {
  const fault = (code: string) => new Fault(code, 'x', { retry: 'never' });
  expect(
    ['usage', 'bad-file', 'not-found', 'disk-full', 'interrupted'].map((code) => exitCodeOf(fault(code))),
  ).toEqual([2, 1, 1, 3, 130]);
  expect(exitCodeOf(new Error('bug'))).toBe(EXIT.world);
});

test('[Q2] an unknown command is refused with a suggestion', async () => {
  const io = heardIo();
  expect(await runCli(['decid'], io)).toBe(2);
  expect(io.heard.err).toContain('Did you mean decide?');
  expect(io.heard.out).toBe('');
});

test('[Q6] every command has help with flags and an example that begins with its name', async () => {
  for (const command of await allCommands()) {
    const io = heardIo();
    expect(await runCli(['help', command.name], io)).toBe(0);
    expect(io.heard.out).toContain(`fineline ${command.name}: `);
    for (const { name } of command.flags) expect(io.heard.out).toContain(`--${name}`);
    expect(command.examples.length).toBeGreaterThan(0);
    for (const { line } of command.examples) expect(line).toContain(`fineline ${command.name}`);
  }
});

test('[Q5] help fits 80 columns', async () => {
  for (const words of [[], ...(await allCommands()).map(({ name }) => ['help', name])]) {
    const io = heardIo({ width: 80 });
    await runCli(words.length === 0 ? ['help'] : words, io);
    const wide = io.heard.out.split('\n').filter((line) => widthOf(line) > 80 && !line.includes('fineline '));
    expect(wide).toEqual([]);
  }
});

test('[Q29] [Q7] asking where there is no home is refused in one sentence, and makes none', async () => {
  const home = place.path('nowhere');
  for (const words of [
    ['why', 'x'],
    ['learn'],
    ['export', 'ada'],
    ['erase', 'ada', '--yes'],
    ['replay', 'x'],
    ['consent', 'ada'],
    ['decide', '--placement', 'home'],
  ]) {
    const io = heardIo();
    expect(await runCli([...words, '--home', home], io)).toBe(1);
    expect(io.heard.err).toContain('there is no Fineline home here');
    expect(io.heard.err).not.toContain('    at ');
  }
  const { code } = await cli(['backup', '--to', place.path('b.db'), '--home', home]);
  expect(code).toBe(1);
  expect(await runCli(['why', 'x', '--home', home], heardIo())).toBe(1);
});

test('[Q3] a failure with --json is one JSON document on standard output', async () => {
  const io = heardIo();
  expect(await runCli(['why', 'x', '--home', place.path('nowhere'), '--json'], io)).toBe(1);
  expect(JSON.parse(io.heard.out)).toMatchObject({ error: { code: 'not-found' } });
});

test('[Q4] without a terminal there is no colour and no redrawn line', async () => {
  const { code, out, err } = await cli(['help'], { env: { NO_COLOR: '' } });
  expect(code).toBe(0);
  // eslint-disable-next-line no-control-regex -- exactly these must not be there
  expect(`${out}${err}`).not.toMatch(/[\u001b\r]/);
});

test('version and help answer as a child process, and bad usage ends with 2', async () => {
  expect((await cli(['version'])).out).toMatch(/^fineline \d+\.\d+\.\d+ \(Node 24\./);
  const bad = await cli(['start', '--no-shft']);
  expect([bad.code, bad.out]).toEqual([2, '']);
  expect(bad.err).toContain('Did you mean --no-shift?');
});
