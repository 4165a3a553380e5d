// Goal: a consent line can lose a yes by a mistake in it, and never a no.

import { describe, expect, it } from 'vitest';
import { DATA_CATEGORIES } from '../facts/category.ts';
import { LIMITS } from '../kernel/limits.ts';
import { collect } from './collect.ts';
import { NOW_MS, context } from './testing.ts';

describe('consent lines', () => {
  const line = {
    fineline: 'consent',
    source: 'till',
    person: 'p1',
    time: '2026-01-31T10:00:00Z',
    grants: [
      { category: 'purchases', purpose: 'recommend', state: 'given' },
      { category: 'browsing', purpose: 'advertise', state: 'refused' },
    ],
    notice: { id: 'n1', language: 'de' },
    place: { country: 'DE' },
    signals: { gpc: true },
  };

  it('[C11] are read whole', () => {
    const { consents, problems } = collect(line, context);
    expect(problems).toEqual([]);
    expect(consents).toEqual([
      {
        person: 'p1',
        source: 'till',
        timeMs: Date.UTC(2026, 0, 31, 10),
        changes: line.grants,
        notice: { id: 'n1', language: 'de' },
        place: { country: 'DE' },
        signals: { gpc: true },
      },
    ]);
  });

  it.each([
    [
      'an unknown purpose',
      { grants: [...line.grants, { category: 'purchases', purpose: 'sell', state: 'given' }] },
    ],
    ['an unreadable place', { place: 'Berlin' }],
    ['an unreadable time', { time: 'yesterday' }],
    ['no notice', { notice: undefined }],
    ['an empty notice', { notice: {} }],
    ['an unregistered source', { source: 'elsewhere' }],
    ['an id that is nobody’s [C24]', { person: 'undefined' }],
    ['a time far ahead [C25]', { time: NOW_MS + 2 * LIMITS.clockSkewMsMax }],
  ])('[C11] with %s keep the no and lose the yes', (_what, wrong) => {
    const { consents, problemsTotal } = collect({ ...line, ...wrong }, context);
    expect(problemsTotal).toBeGreaterThan(0);
    expect(consents[0]?.changes).toEqual([line.grants[1]]);
  });

  it('[C25] a clock that is a little ahead costs nobody their yes', () => {
    const time = NOW_MS + LIMITS.clockSkewMsMax - 1000;
    expect(collect({ ...line, time }, context).consents[0]?.changes).toEqual(line.grants);
  });

  it('[C11] with an unreadable state mean no', () => {
    const grants = [{ category: 'purchases', purpose: 'recommend', state: 'GIVEN' }];
    expect(collect({ ...line, grants }, context).consents[0]?.changes).toEqual([
      { category: 'purchases', purpose: 'recommend', state: 'refused' },
    ]);
  });

  it('[C11] know classes as well, and "*" in a no', () => {
    const own = { category: 'class:health', purpose: 'recommend', state: 'given' };
    expect(collect({ ...line, grants: [own] }, context).consents[0]?.changes).toEqual([own]);
    const closed = { category: 'class:health', purpose: 'recommend', state: 'withdrawn' };
    expect(collect({ ...line, grants: [closed] }, context).consents[0]?.changes).toEqual([closed]);
    const all = { category: '*', purpose: 'recommend', state: 'withdrawn' };
    const noes = collect({ ...line, grants: [all] }, context).consents[0]?.changes ?? [];
    expect(noes.map(({ category }) => category)).toEqual([...DATA_CATEGORIES, 'class:*']);
    const wide = collect({ ...line, grants: [{ ...all, state: 'given' }, line.grants[1]] }, context);
    expect(wide.consents[0]?.changes, 'too vague for a yes').toEqual([line.grants[1]]);
    const noClass = { ...own, category: 'class:none-such' };
    expect(collect({ ...line, grants: [noClass] }, context).consents[0]?.changes ?? []).toEqual([]);
  });

  it('[C11] that say yes and no to the same mean no, in either order', () => {
    const yes = { category: 'purchases', purpose: 'recommend', state: 'given' };
    const own = { ...yes, category: 'class:health' };
    for (const state of ['withdrawn', 'GIVEN']) {
      for (const [given, no] of [
        [yes, { ...yes, state }],
        [yes, { ...yes, category: '*', state }],
        [own, { ...yes, category: '*', state }],
      ]) {
        for (const grants of [
          [given, no],
          [no, given],
        ]) {
          const [said] = collect({ ...line, grants }, context).consents;
          expect(said?.changes.length).toBeGreaterThan(0);
          expect(said?.changes.filter((change) => change.state === 'given')).toEqual([]);
        }
      }
    }
  });

  it('[C11] with a signal that cannot be read object', () => {
    for (const wrong of [{ signals: 'gpc' }, { signals: { gpc: 0 } }, { signals: undefined, gpc: '1' }]) {
      expect(collect({ ...line, ...wrong }, context).consents[0]?.signals).toEqual({ gpc: true });
    }
    expect(collect({ ...line, signals: { gpc: false } }, context).consents[0]?.signals).toEqual({
      gpc: false,
    });
  });

  it('[C11] hand on what strings and phones object to, and so do events', () => {
    const signals = { gpc: false, ends: ['advertise'], apart: true };
    const said = collect({ ...line, grants: [], signals: { att: 'denied' } }, context);
    expect(said.consents).toMatchObject([{ person: 'p1', changes: [], signals }]);
    const look = { kind: 'view', person: 'p1', time: NOW_MS, lines: [{ item: 'a' }] };
    const found = collect({ ...look, signals: { att: 'denied' } }, context);
    expect(found.objections).toEqual([{ person: 'p1', purposes: [], timeMs: NOW_MS, signals }]);
    expect(found.events.length).toBe(1);
    expect(collect({ ...look, gpc: true }, context).objections[0]?.signals).toEqual({ gpc: true });
    for (const nothing of [{}, { gpc: false }, { signals: {} }, { gpc: false, signals: { gpc: false } }])
      expect(collect({ ...look, ...nothing }, context).objections).toEqual([]);
    // An event that cannot be read objects all the same.
    const bad = collect({ ...look, lines: [], signals: { att: 'denied' } }, context);
    expect(bad).toMatchObject({ events: [], objections: [{ signals }] });
  });

  it('[C11] never grant anything when the list of grants is no list', () => {
    for (const grants of [undefined, {}, 'all', Array.from({ length: 200 }, () => line.grants[0])]) {
      expect(collect({ ...line, grants, signals: { gpc: false } }, context).consents).toEqual([]);
    }
  });
});
