// Goal: a group of few is never written to, whatever was said of it before, and what is told of a larger one
// tells of nobody who came or left. Method: drawn counts.

import { describe, expect, it } from 'vitest';
import { readPolicyFile } from '../facts/parse-policy.ts';
import { seededRandom } from '../kernel/random.ts';
import { type Counted, createAudiences, usesOf } from './audiences.ts';
import { createSteadyGroups } from './groups.ts';

describe('the size of a group', () => {
  it('[E131] is few for certain below k, surely not from twice k on, and told in hundreds', () => {
    const group = createSteadyGroups(seededRandom(1));
    let name = 0;
    const many = (people: number): ReadonlySet<unknown> =>
      new Set(Array.from({ length: 300 }, () => group(`g${(name += 1)}`, people, 20)));
    expect(many(19)).toEqual(new Set(['few']));
    expect(many(25)).toEqual(new Set(['few', 0]));
    expect(many(39)).toEqual(new Set([0]));
    expect(many(250)).toEqual(new Set([200]));
    expect(many(290)).toEqual(new Set([200, 300]));
  });

  it('[E131] is the same when it is asked again, and mostly when one person comes', () => {
    let moved = 0;
    for (let seed = 0; seed < 400; seed += 1) {
      const group = createSteadyGroups(seededRandom(seed));
      const first = group('g', 25, 20);
      for (let n = 0; n < 5; n += 1) expect(group('g', 25, 20)).toBe(first);
      if (group('g', 26, 20) !== first) moved += 1;
      // Whatever was said, fewer than k are nobody to write to.
      expect(group('g', 19, 20)).toBe('few');
    }
    expect(moved).toBeLessThan(20);
  });
});

describe('the sizes of audiences', () => {
  const read = readPolicyFile({
    policy: 1,
    audiences: [{ name: 'tea', all: [{ bought: { paths: ['Tea'] } }, { customerDays: 30 }] }],
    placements: [
      { id: 'a', purpose: 'contact', channels: ['email'], strategy: 'for-you', audience: 'tea' },
      { id: 'b', purpose: 'recommend', channels: ['email'], strategy: 'for-you', audience: 'tea' },
    ],
  });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const policy = read.value;
  const counted = (inside: number, ...keptOut: number[]): Counted => ({
    ...usesOf(policy)[0]!,
    inside,
    keptOut,
  });
  const sizeOf = (...numbers: readonly [number, number, number]): string => {
    const audiences = createAudiences(seededRandom(1));
    const one = counted(...numbers);
    audiences.take(policy, one);
    return audiences.sizeOf(policy, { name: one.audience.name, purpose: one.purpose });
  };

  it('[E130] are enough only with k inside and k kept out by each condition', () => {
    expect(sizeOf(40, 40, 40)).toBe('enough');
    expect(sizeOf(19, 40, 40)).toBe('few');
    expect(sizeOf(40, 19, 40)).toBe('few');
    expect(sizeOf(40, 40, 0)).toBe('few');
  });

  it('[E130] are of one purpose, one k and one meaning, and uncounted until they are counted', () => {
    const audiences = createAudiences(seededRandom(1));
    const { audience } = counted(0);
    const { name } = audience;
    expect(usesOf(policy).map(({ purpose }) => purpose)).toEqual(['contact', 'recommend']);
    expect(audiences.sizeOf(policy, { name, purpose: 'contact' })).toBe('uncounted');
    audiences.take(policy, counted(40, 40, 40));
    expect(audiences.sizeOf(policy, { name, purpose: 'contact' })).toBe('enough');
    expect(audiences.sizeOf(policy, { name, purpose: 'recommend' })).toBe('uncounted');
    expect(audiences.sizeOf({ ...policy, minPeople: 30 }, { name, purpose: 'contact' })).toBe('uncounted');
    const other = { ...policy, audiences: [{ ...audience, all: audience.all.slice(1) }] };
    expect(audiences.sizeOf(other, { name, purpose: 'contact' })).toBe('uncounted');
    expect(audiences.sizeOf({ ...policy, audiences: [] }, { name, purpose: 'contact' })).toBe('uncounted');
  });
});
