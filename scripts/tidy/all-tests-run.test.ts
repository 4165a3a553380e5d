import { describe, expect, it, test } from 'vitest';
import { allTestsRun } from './all-tests-run.ts';
import { placesFound } from './planted.ts';

const found = (text: string): readonly string[] => placesFound(allTestsRun, { 'src/a.test.ts': text });

describe('all tests run', () => {
  test.each([
    ...['skip', 'only', 'todo', 'fails'].map((how) => `it.${how}('x', () => {});`),
    "describe.skip('x', () => {});",
    "it.concurrent.skip('x', () => {});",
    "test.skip.each([1])('x', () => {});",
    "it.skipIf(true)('x', () => {});",
    "it.runIf(false)('x', () => {});",
    "xit('x', () => {});",
    "it('x', { skip: true }, () => {});",
    "it('x', (context) => { context.skip(); });",
  ])('finds %s', (text) => {
    expect(found(`\n${text}`)).toEqual(['src/a.test.ts:2']);
  });

  it('allows the rest', () => {
    expect(found("it('skip.only', () => { reader.skip(3); list.only = true; });")).toEqual([]);
    expect(placesFound(allTestsRun, { 'src/a.ts': "it.skip('x', () => {});" })).toEqual([]);
  });
});
