import { describe, expect, it } from 'vitest';
import { messagesFound, placesFound } from './planted.ts';
import { size } from './size.ts';

const lines = (count: number): string => 'export {};\n'.repeat(count);
const functionOf = (count: number): string => `export function f() {\n${'  g();\n'.repeat(count - 2)}}\n`;

describe('size', () => {
  it('finds a file over 300 lines', () => {
    expect(placesFound(size, { 'src/a.ts': lines(300) })).toEqual([]);
    expect(placesFound(size, { 'src/a.ts': lines(301) })).toEqual(['src/a.ts:1']);
  });

  it('finds a function over 70 lines, however it is written', () => {
    expect(placesFound(size, { 'src/a.ts': functionOf(70) })).toEqual([]);
    expect(placesFound(size, { 'src/a.ts': `\n${functionOf(71)}` })).toEqual(['src/a.ts:2']);
    const body = 'g();\n'.repeat(70);
    expect(messagesFound(size, { 'src/a.ts': `export const f = () => {\n${body}};\n` })[0]).toMatch(
      /^f has 72 lines/,
    );
    expect(messagesFound(size, { 'src/a.ts': `class C {\n  m() {\n${body}}\n}\n` })[0]).toMatch(
      /^m has 72 lines/,
    );
  });

  it('takes a suite for a list of tests, and a test for a function', () => {
    const body = 'g();\n'.repeat(70);
    expect(placesFound(size, { 'src/a.test.ts': `describe('x', () => {\n${body}});\n` })).toEqual([]);
    expect(placesFound(size, { 'src/a.test.ts': `it('x', () => {\n${body}});\n` })).toEqual([
      'src/a.test.ts:1',
    ]);
  });

  it('finds a line over 110 columns, the address in it not counted', () => {
    expect(placesFound(size, { 'src/a.ts': `//${'x'.repeat(108)}\n` })).toEqual([]);
    expect(placesFound(size, { 'src/a.ts': `\n//${'x'.repeat(109)}\n` })).toEqual(['src/a.ts:2']);
    expect(placesFound(size, { 'src/a.ts': `// https://example.org/${'x'.repeat(109)}\n` })).toEqual([]);
  });

  it('holds an exception to its exact size, so that it can only shrink unseen', () => {
    const ratchet = (entry: Record<string, number>): Record<string, string> => ({
      'scripts/tidy/ratchet.json': JSON.stringify(entry),
    });
    const long = { 'src/a.ts': functionOf(80) };
    expect(placesFound(size, { ...long, ...ratchet({ 'src/a.ts#f': 80 }) })).toEqual([]);
    expect(messagesFound(size, { ...long, ...ratchet({ 'src/a.ts#f': 79 }) })[0]).toContain('at most 70');
    expect(messagesFound(size, { ...long, ...ratchet({ 'src/a.ts#f': 81 }) })[0]).toContain(
      'has shrunk to 80',
    );
    const done = messagesFound(size, { 'src/a.ts': functionOf(70), ...ratchet({ 'src/a.ts#f': 71 }) });
    expect(done[0]).toContain('remove it here');
  });
});
