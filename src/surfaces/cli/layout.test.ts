// Goal: text that fits, bars and numbers that say what they should.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bar, count, counted, cut, duration, fitTo, widthOf, wrap } from './layout.ts';
import { createProgress, progressText } from './progress.ts';
import { createStyle } from './style.ts';
import { heardIo } from './testing.ts';

test('[Q5] wrapped lines fitTo, unless one word alone does not', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ maxLength: 12 }).map((word) => word.replaceAll(/\s/g, 'x')),
        { maxLength: 40 },
      ),
      (words) => {
        for (const line of wrap(words.join(' '), { width: 40, indent: '  ' }).split('\n'))
          expect(widthOf(line)).toBeLessThanOrEqual(40);
      },
    ),
  );
  expect(wrap('a b', { width: 3, first: '✓ ', indent: '  ' })).toBe('✓ a\n  b\n');
});

test('[Q5] wide letters count twice, combining marks and styles not at all', () => {
  expect([widthOf('手套'), widthOf('e\u0301'), widthOf(createStyle(true).bold('ab'))]).toEqual([4, 1, 2]);
  expect(cut('冬天的手套', 7)).toBe('冬天的…');
  expect(widthOf(fitTo('冬天的手套', 8))).toBe(8);
});

test('bars are as long as their share, to an eighth', () => {
  expect([bar(0, 8), bar(0.5, 8), bar(1, 8), bar(2, 8), bar(0.0001, 8), bar(0.3125, 2)]).toEqual([
    '',
    '████',
    '████████',
    '████████',
    '▏',
    '▋',
  ]);
});

test('numbers are grouped, counted and timed', () => {
  expect([count(541_909), count(999), counted(1, 'line'), counted(2, 'person', 'people')]).toEqual([
    '541,909',
    '999',
    '1 line',
    '2 people',
  ]);
  expect([duration(820), duration(12_400), duration(200_000)]).toEqual(['0.8 s', '12 s', '3 min']);
});

test('[Q5] the progress of half a million lines fits 80 columns', () => {
  const text = progressText({
    label: 'Importing',
    unit: 'lines',
    total: 541_909,
    done: 180_000,
    elapsedMs: 2000,
  });
  expect(text).toContain('33 %');
  expect(text).toContain('180,000 of 541,909 lines  90,000/s  4.0 s left');
  expect(widthOf(text)).toBeLessThanOrEqual(80);
});

test('[Q4] progress redraws one line on a terminal and writes few lines elsewhere', () => {
  let now = 0;
  const options = { label: 'Importing', unit: 'lines', total: 1000, nowMs: () => now };
  const live = heardIo({ isLive: true });
  const log = heardIo();
  const both = [createProgress(live, options), createProgress(log, options)];
  for (let done = 0; done <= 1000; done += 10) {
    now = done * 7;
    for (const progress of both) progress.update(done);
  }
  for (const progress of both) progress.end();
  expect(live.heard.err).not.toContain('\n');
  expect(live.heard.err.split('\r').length).toBeGreaterThan(30);
  expect(log.heard.err).not.toContain('\r');
  expect(log.heard.err.trim().split('\n').length).toBe(2);
});
