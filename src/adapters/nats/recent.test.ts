// Goal: what was acknowledged is kept here until no leader can have died upon it, and not longer.

import { describe, expect, it } from 'vitest';
import { createRecent, untilSettled, watchLeaders } from './recent.ts';

const named = (id: string, count = 1) => ({ subject: 'events', id, body: new Uint8Array(), count });

function watched() {
  const recent = createRecent(2);
  return { recent, leaders: watchLeaders(recent) };
}

const ids = (recent: ReturnType<typeof createRecent>, partition: number): readonly string[] =>
  recent.take(partition).map(({ id }) => id);

describe('what was acknowledged lately', () => {
  it('[N18] is kept until two looks have found the same leader after it', () => {
    const { recent, leaders } = watched();
    leaders.seen(['a', 'b'], 1000);
    recent.add(0, named('early'), 1500);
    leaders.seen(['a', 'b'], 2000);
    recent.add(0, named('late'), 2500);
    expect(leaders.seen(['a', 'b'], 3000)).toEqual([]);
    expect(ids(recent, 0)).toEqual(['late']);
  });

  it('[N18] is asked for when the leader is another one, of that partition', () => {
    const { recent, leaders } = watched();
    expect(leaders.seen(['a', 'b'], 1000)).toEqual([]);
    recent.add(1, named('one'), 1500);
    expect(leaders.seen(['a', 'c'], 2000)).toEqual([1]);
    expect(ids(recent, 1)).toEqual(['one']);
    expect(ids(recent, 1)).toEqual([]);
  });

  it('[N18] is asked for where it came before the first look: nobody knows who led then', () => {
    const { recent, leaders } = watched();
    recent.add(1, named('early'), 500);
    recent.add(0, named('meanwhile'), 1500);
    expect(leaders.seen(['a', 'b'], 1000)).toEqual([1]);
    expect([ids(recent, 1), ids(recent, 0)]).toEqual([['early'], ['meanwhile']]);
  });

  it('[N18] is asked for after looks without an answer: a leader may have gone and come back', () => {
    const { recent, leaders } = watched();
    leaders.seen(['a', 'b'], 1000);
    recent.add(0, named('one'), 1500);
    expect(leaders.seen(['a', 'b'], 3499)).toEqual([]);
    expect(leaders.seen(['a', 'b'], 5999)).toEqual([0, 1]);
    expect(ids(recent, 0)).toEqual(['one']);
    expect(leaders.seen(['a', 'b'], 7000)).toEqual([]);
  });

  it('[N18] is asked for again where it could not be sent', () => {
    const { leaders } = watched();
    leaders.seen(['a', 'b'], 1000);
    leaders.missed();
    expect(leaders.seen(['a', 'b'], 2000)).toEqual([0, 1]);
    expect(leaders.seen(['a', 'b'], 3000)).toEqual([]);
  });

  it('[N18] takes a bounded room', () => {
    const { recent } = watched();
    for (let n = 0; n < 50_000; n += 1) recent.add(0, named(`m${n}`), n);
    const kept = ids(recent, 0);
    expect(kept.length).toBeLessThanOrEqual(16_384);
    expect(kept.length).toBeGreaterThanOrEqual(8192);
    expect(kept.at(-1)).toBe('m49999');
    for (let n = 0; n < 1000; n += 1) recent.add(0, named(`p${n}`, 64), n);
    expect(recent.size()).toBeLessThanOrEqual(16_384);
    expect(ids(recent, 0).at(-1)).toBe('p999');
    expect(recent.size()).toBe(0);
  });

  it('[N18] is waited for by who closes, look by look, and not for ever', async () => {
    const { recent, leaders } = watched();
    let atMs = 1000;
    const look = async (): Promise<void> => {
      leaders.seen(['a', 'b'], (atMs += 1000));
    };
    await look();
    recent.add(0, named('late'), 2500);
    await untilSettled(recent, look);
    // One look that found the leader after it, and one before that.
    expect([recent.size(), atMs]).toEqual([0, 4000]);
    recent.add(0, named('later'), 9500);
    await untilSettled(recent, () => new Promise(() => undefined), 20);
    expect(recent.size()).toBe(1);
  });
});
