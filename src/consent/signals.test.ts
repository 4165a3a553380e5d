// Goal: a signal that was sent is heard, and nothing else is taken for one.

import { describe, expect, test } from 'vitest';
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
