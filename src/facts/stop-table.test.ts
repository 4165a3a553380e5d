// Goal: a table is what was written, or nothing. Method: round trips and damage.

import { describe, expect, it } from 'vitest';
import { utf8Text } from '../kernel/bytes.ts';
import { type StopTable, decodeStopTable, encodeStopTable, stopTableId, stopsOf } from './stop-table.ts';

const TABLE: StopTable = {
  builtMs: 1_784_980_800_000,
  responseMin: 0.002,
  states: [
    { state: '0-more', expected: 41, atMost: 60, isStopped: false },
    { state: '4-week', expected: -2, atMost: 1, isStopped: true },
  ],
};
const TEXT = utf8Text(encodeStopTable(TABLE));

describe('a table of learned stops', () => {
  it('[F6] reads back as it was written, under the name of its bytes', () => {
    expect(decodeStopTable(TEXT)).toEqual({ ok: true, value: TABLE });
    const id = stopTableId(encodeStopTable(TABLE));
    expect(stopTableId(encodeStopTable({ ...TABLE, states: [] }))).not.toBe(id);
    expect(stopsOf(TABLE, id)).toEqual({ id, stopped: new Map([['4-week', -2]]) });
  });

  it.each([
    ['nothing', ''],
    ['another format', TEXT.replace('"v":1', '"v":2')],
    ['a state of no name', TEXT.replace('4-week', '5-week')],
    ['a word for a number', TEXT.replace('41', '"41"')],
    ['a number for a word', TEXT.replace('true', '1')],
    ['no time', TEXT.replace('builtMs', 'madeMs')],
    ['half of it', TEXT.slice(0, 80)],
  ])('[F6] of %s is not read', (_, other) => {
    expect(other).not.toBe(TEXT);
    expect(decodeStopTable(other).ok).toBe(false);
  });
});
