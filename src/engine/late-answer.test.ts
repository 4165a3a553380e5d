// Goal: an intake hears a no that was said elsewhere while an earlier write of its own was on its way.
// Method: the store keeps that write and answers late, while another person of the same batch is read.

import { expect, it } from 'vitest';
import { allowAll, changes, collect, event, personId, say } from '../../test/support/house.ts';
import { send } from '../../test/support/streamed.ts';
import { shown, three } from '../../test/support/racing.ts';
import { memoryEventStream } from '../adapters/memory/event-stream.ts';
import type { Collected } from './collecting.ts';

it('[E170] a no is heard also behind a write of before it that is answered late', async () => {
  const [one, two] = await three();
  const stream = memoryEventStream();
  await allowAll(one, 'ann');
  await allowAll(one, 'bob');
  await shown(two, 'ann');
  const bob = two.engine.core.people.keyOf(personId('bob'));
  const ann = two.engine.core.people.cached(personId('ann'));
  const { people } = two.world;
  const append = people.append.bind(people);
  const load = people.load.bind(people);
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  let sending: Promise<Collected> | undefined;
  let isFirst = true;
  people.append = async (batch) => {
    const first = isFirst;
    isFirst = false;
    const unkept = await append(batch);
    if (first) {
      await say(one, 'ann', changes('withdrawn'));
      people.load = async (person) => {
        if (person === bob) await gate;
        return load(person);
      };
      sending = send(two, stream, [
        event(two, 'view', 'ann', ['coat-1']),
        event(two, 'view', 'bob', ['coat-1']),
      ]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return unkept;
  };
  await shown(two, 'ann');
  expect(ann?.pending).toBe(0);
  go();
  expect(await sending).toMatchObject({ admitted: 1, refused: { 'no-grant': 1 } });
});

it('[E210] a no counted, never said, is heard in a minute also of who has something under way', async () => {
  const [one, two] = await three();
  const stream = memoryEventStream();
  await allowAll(one, 'ann');
  await shown(two, 'ann');
  const ann = two.engine.core.people.cached(personId('ann'));
  const { people, keys } = two.world;
  const append = people.append.bind(people);
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  people.append = async (batch) => {
    await gate;
    return append(batch);
  };
  const deciding = shown(two, 'ann');
  await expect.poll(() => ann?.pending).toBe(1);
  const view = () => send(two, stream, [event(two, 'view', 'ann', ['coat-1'])]);
  expect(await view()).toMatchObject({ admitted: 1 });
  await keys.revoke(two.engine.core.people.keyOf(personId('ann')));
  two.advance(61_000);
  expect(ann?.pending).toBe(1);
  expect(await view()).toMatchObject({ admitted: 0, refused: { 'consent-state-stale': 1 } });
  go();
  await deciding;
});

it('[E170] a write that is kept and not yet answered is our own, another in its place is not', async () => {
  const [one, two] = await three();
  const stream = memoryEventStream();
  for (const who of ['ann', 'bob']) {
    await allowAll(one, who);
    await shown(two, who);
  }
  const { people } = two.world;
  const append = people.append.bind(people);
  const load = people.load.bind(people);
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  let loads = 0;
  people.load = (person) => {
    loads += 1;
    return load(person);
  };
  let held = true;
  let isKept = false;
  people.append = async (batch) => {
    const unkept = await append(batch);
    isKept = true;
    if (held) await gate;
    return unkept;
  };
  const deciding = shown(two, 'ann');
  await expect.poll(() => isKept).toBe(true);
  expect(two.engine.core.people.cached(personId('ann'))?.pending).toBe(1);
  const view = (who: string) => send(two, stream, [event(two, 'view', who, ['coat-1'])]);
  expect(await view('ann')).toMatchObject({ admitted: 1 });
  expect(loads).toBe(0);
  held = false;
  go();
  await deciding;
  // Theirs is in the store at the number of ours, which is still on its way.
  let late: () => void = () => undefined;
  const later = new Promise<void>((resolve) => (late = resolve));
  let isFirst = true;
  people.append = async (batch) => {
    const isOurs = isFirst;
    isFirst = false;
    if (isOurs) await later;
    return append(batch);
  };
  const lost = shown(two, 'bob');
  const bob = two.engine.core.people.cached(personId('bob'));
  await expect.poll(() => bob?.pending).toBe(1);
  await say(one, 'bob', changes('withdrawn'));
  expect(await view('bob')).toMatchObject({ admitted: 0, refused: { 'no-grant': 1 } });
  late();
  await lost;
});

it('[E210] a no that is only counted is heard also of who began something while keys were read', async () => {
  const [one, two] = await three();
  await allowAll(one, 'ann');
  await shown(two, 'ann');
  const ann = two.engine.core.people.cached(personId('ann'));
  const { keys } = two.world;
  await keys.revoke(two.engine.core.people.keyOf(personId('ann')));
  two.advance(61_000);
  const get = keys.get.bind(keys);
  let deciding: Promise<unknown> | undefined;
  keys.get = async (key) => {
    const stored = await get(key);
    if (deciding === undefined) {
      deciding = shown(two, 'ann');
      await expect.poll(() => ann?.pending).toBe(1);
    }
    return stored;
  };
  const view = [event(two, 'view', 'ann', ['coat-1'])];
  expect(await collect(two, view)).toMatchObject({ admitted: 0, refused: { 'consent-state-stale': 1 } });
  await deciding;
});
