// Goal: a signal that was sent is heard, and nothing else is taken for one.

import { describe, expect, test } from 'vitest';
import { ALL_SIGNALS } from '../facts/signals.ts';
import { gpcOfHeader, gpcOfJson, signalsOf } from './signals.ts';

describe('the Sec-GPC header', () => {
  test.each([
    ['1', true],
    [' 1 ', true],
    [['1'], true],
    [['0', '1'], true],
    [['1', 'nonsense'], true],
    ['1, 1', true],
    ['0, 1', true],
    [undefined, false],
    [[], false],
    ['', false],
    ['0', false],
    ['true', false],
    ['11', false],
    ['01', false],
    ['1.0', false],
    ['1;q=1', false],
    ['"1"', false],
    ['?1', false],
    ['\u00a01', false],
    ['１', false],
    ['1\n', false],
  ])('[G20] with value %j says %j', (value, objects) => {
    expect(gpcOfHeader(value)).toBe(objects);
  });
});

describe('the JSON field gpc', () => {
  test.each([
    ['no object', undefined],
    ['an object without it', {}],
    ['a plain false', { gpc: false }],
    ['an inherited true', Object.create({ gpc: true })],
  ])('[G21] %s is no objection', (_what, json) => {
    expect(gpcOfJson(json)).toBe(false);
  });

  test.each([
    ['true', { gpc: true }],
    ['null', { gpc: null }],
    ['0', { gpc: 0 }],
    ['an empty text', { gpc: '' }],
    ['"false"', { gpc: 'false' }],
    ['"1"', { gpc: '1' }],
    ['an object', { gpc: {} }],
    ['NaN', { gpc: Number.NaN }],
    ['present but undefined', { gpc: undefined }],
    ['a list instead of the object', []],
    ['a text instead of the object', 'gpc'],
    ['null instead of the object', null],
  ])('[G21] %s is an objection', (_what, json) => {
    expect(gpcOfJson(json)).toBe(true);
  });

  test('[G21] a false does not take back what the header says, nor the header what the field says', () => {
    expect(signalsOf({ secGpc: '1', json: { gpc: false } })).toEqual({ gpc: true });
    expect(signalsOf({ secGpc: '0', json: { gpc: true } })).toEqual({ gpc: true });
    expect(signalsOf({ secGpc: undefined, json: undefined })).toEqual({ gpc: false });
  });
});

describe('App Tracking Transparency', () => {
  test.each(['authorized', 3])('[G34] %j says nothing', (att) => {
    expect(signalsOf({ secGpc: undefined, json: { signals: { att } } })).toEqual({ gpc: false });
  });

  test.each([
    'denied',
    'restricted',
    'notDetermined',
    0,
    1,
    2,
    4,
    -1,
    3.5,
    '3',
    'Authorized',
    'authorized ',
    true,
    null,
    undefined,
    {},
    ['authorized'],
  ])('[G34] %j ends advertising and keeps contexts apart, and nothing else', (att) => {
    const signals = signalsOf({ secGpc: undefined, json: { signals: { att } } });
    expect(signals).toEqual({ gpc: false, ends: ['advertise'], apart: true });
  });
});

describe('the JSON field signals', () => {
  const read = (signals: unknown): unknown => signalsOf({ secGpc: undefined, json: { signals } });
  const readers = {
    tcf: (text: unknown) => ({ gpc: false, ends: text === 'no' ? ['measure' as const] : [] }),
    gpp: (text: unknown) => ({ gpc: text === 'no' }),
  };

  test('[G35] that is absent or empty says nothing', () => {
    expect(signalsOf({ secGpc: undefined, json: {} })).toEqual({ gpc: false });
    expect(read({})).toEqual({ gpc: false });
    expect(read(Object.create({ att: 'denied' }))).toEqual({ gpc: false });
    expect(signalsOf({ secGpc: undefined, json: Object.create({ signals: null }) })).toEqual({ gpc: false });
  });

  test.each([null, undefined, 'CQ', 1, true, [], [{ att: 'denied' }]])(
    '[G35] %j objects to all',
    (signals) => {
      expect(read(signals)).toEqual(ALL_SIGNALS);
    },
  );

  test('[G35] with a word that nobody knows objects to all', () => {
    expect(read({ usp: '1YNN' })).toEqual(ALL_SIGNALS);
    expect(read({ att: 'authorized', TCF: 'CQ' })).toEqual(ALL_SIGNALS);
  });

  test('[G36] adds up with the header and the field gpc; none takes another back', () => {
    const json = { gpc: false, signals: { tcf: 'no', gpp: 'yes', att: 'denied', gpc: false } };
    const all = { gpc: true, ends: ['advertise', 'measure'], apart: true };
    expect(signalsOf({ secGpc: '1', json }, readers)).toEqual(all);
    expect(signalsOf({ secGpc: '0', json: { gpc: true, signals: json.signals } }, readers)).toEqual(all);
    expect(signalsOf({ secGpc: undefined, json: { signals: { gpp: 'no', tcf: 'yes' } } }, readers)).toEqual({
      gpc: true,
    });
    expect(signalsOf({ secGpc: undefined, json: { gpc: false, signals: { gpc: 'no' } } })).toEqual({
      gpc: true,
    });
  });
});
