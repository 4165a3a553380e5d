// Goal: the three kinds of errors can be told apart by those who react to them.

import { describe, expect, test } from 'vitest';

import { assert, Bug, unreachable } from './assert.ts';
import { Fault, isFault } from './fault.ts';
import { err, ok } from './result.ts';

import type { Result } from './result.ts';

describe('bugs, faults and refusals', () => {
  test('[K21] assert stops with a Bug that says what should have been true, and narrows', () => {
    const value: string | undefined = ['x'].at(0);
    assert(value !== undefined, 'there is a value');
    expect(value.length).toBe(1);
    for (const broken of [false, 0, '', null, undefined]) {
      expect(() => assert(broken, 'k is positive')).toThrow(new Bug('assertion failed: k is positive'));
    }
  });

  test('[K21] unreachable names the type of a value from outside the types, not the value', () => {
    const outside: unknown = 'anna@example.org';
    let caught: unknown;
    try {
      unreachable(outside as never);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Bug);
    expect(String(caught)).toBe('Bug: unreachable case of type string');
  });

  test('[K21] a Fault carries its code, its advice and its cause; isFault tells it from a Bug', () => {
    const cause = new Error('ENOSPC');
    const fault = new Fault('disk-full', 'the data folder is full', { retry: 'later', cause });
    expect(fault).toMatchObject({ name: 'Fault', code: 'disk-full', retry: 'later', cause });
    expect(isFault(fault)).toBe(true);
    expect(isFault(fault, 'disk-full')).toBe(true);
    expect(isFault(fault, 'busy')).toBe(false);
    expect(isFault(new Bug('x'))).toBe(false);
    expect(isFault({ code: 'disk-full' }, 'disk-full')).toBe(false);
    expect(new Fault('busy', 'try again', { retry: 'now' })).not.toHaveProperty('cause');
  });

  test('[K21] a refusal is a plain value that survives JSON', () => {
    const results: readonly Result<number, string>[] = [ok(3), err('too long')];
    const text = JSON.stringify(results);
    expect(text).toBe('[{"ok":true,"value":3},{"ok":false,"error":"too long"}]');
    expect(JSON.parse(text)).toEqual(results);
  });
});
