// Goal: a journal that is not what was written allows nothing. Method: every row of a person is broken,
// swapped, moved or exchanged.

import { describe, expect, it } from 'vitest';
import {
  type House,
  allowAll,
  buy,
  collect,
  decide,
  event,
  look,
  openHouse,
  personId,
  say,
  stock,
  changes,
} from '../../test/support/house.ts';
import type { Append, SealedEntry } from './ports.ts';

async function shop(): Promise<House> {
  const house = await openHouse();
  await stock(house, 6);
  for (const who of ['ann', 'bob']) {
    await allowAll(house, who);
    await buy(house, who, ['coat-1']);
    await look(house, who, ['tea-1']);
    await decide(house, who);
  }
  await house.engine.flush();
  return house;
}

/** Replaces Ann's journal as somebody with the disk in hand would. */
async function tampered(
  house: House,
  change: (rows: readonly SealedEntry[], others: readonly SealedEntry[]) => readonly SealedEntry[],
): Promise<House> {
  const key = house.engine.core.people.keyOf(personId('ann'));
  const rows = await house.world.people.history(key);
  const others = await house.world.people.history(house.engine.core.people.keyOf(personId('bob')));
  await house.world.people.purge(key);
  await house.world.people.append(
    change(rows, others).map((row): Append => ({ ...row, person: key, expiresDay: 0 })),
  );
  return house.reopen();
}

async function expectNothing(house: House): Promise<void> {
  const decided = await decide(house, 'ann');
  expect(decided.record.reads).toEqual([]);
  expect(decided.record.input).toMatchObject({ refused: 'data-unreadable', facts: [], barred: [] });
  expect(await collect(house, [event(house, 'view', 'ann', ['tea-2'])])).toEqual({
    admitted: 0,
    repeated: 0,
    refused: { 'data-unreadable': 1 },
  });
}

const flipped = (row: SealedEntry, at: number): SealedEntry => {
  const sealed = row.sealed.slice();
  sealed[at] = sealed[at]! ^ 1;
  return { ...row, sealed };
};

describe('a journal', () => {
  it('[E11] untouched is read again as it was', async () => {
    const house = await shop();
    const before = (await decide(house, 'ann')).record.input.facts;
    await house.engine.flush();
    const after = await tampered(house, (rows) => rows);
    expect((await decide(after, 'ann')).record.input.facts).toEqual(before);
  });

  it('[E11] with one bit changed, in nonce, text or tag of any row, allows nothing', async () => {
    const count = 4;
    for (let row = 0; row < count; row += 1) {
      for (const place of [0, 20, -1]) {
        const house = await shop();
        await expectNothing(
          await tampered(house, (rows) => {
            expect(rows).toHaveLength(count);
            return rows.map((one, at) =>
              at === row ? flipped(one, place < 0 ? one.sealed.length + place : place) : one,
            );
          }),
        );
      }
    }
  });

  it('[E11] with rows swapped, moved or told to be of another kind allows nothing', async () => {
    const swap = async (): Promise<House> => {
      const house = await shop();
      return tampered(house, (rows) => {
        const events = rows.filter(({ kind }) => kind === 'event');
        return rows.map((row) => {
          const other = row === events[0] ? events[1] : row === events[1] ? events[0] : undefined;
          return other === undefined ? row : { ...row, sealed: other.sealed };
        });
      });
    };
    await expectNothing(await swap());
    await expectNothing(
      await tampered(await shop(), (rows) =>
        rows.map((row, at) => (at === rows.length - 1 ? { ...row, seq: row.seq + 1 } : row)),
      ),
    );
    await expectNothing(
      await tampered(await shop(), (rows) =>
        rows.map((row) => (row.kind === 'event' ? { ...row, kind: 'link' as const } : row)),
      ),
    );
  });

  it('[E11] with the row of another person in place of one’s own allows nothing', async () => {
    await expectNothing(
      await tampered(await shop(), (rows, others) =>
        rows.map((row, at) => ({ ...row, sealed: others[at]!.sealed })),
      ),
    );
  });

  it('[E4, E11] without the withdrawal allows nothing: the key store remembers', async () => {
    const house = await shop();
    await say(house, 'ann', changes('withdrawn', undefined, ['recommend']));
    const after = await tampered(house, (rows) =>
      rows.filter(({ kind, seq }) => kind !== 'consent' || seq === 0),
    );
    const decided = await decide(after, 'ann');
    expect([decided.record.input.refused, decided.record.reads]).toEqual(['consent-state-stale', []]);
  });

  it('[E4] from which a yes in the middle was taken out allows nothing that needs one', async () => {
    const house = await shop();
    await say(house, 'ann', changes('given', ['reviews'], ['recommend']));
    const after = await tampered(house, (rows) =>
      rows.filter(({ kind, seq }) => kind !== 'consent' || seq > 0),
    );
    expect((await decide(after, 'ann')).record.input.refused).toBe('grant-unreadable');
  });

  it('[E11] whose snapshot is broken, or is another person’s, allows nothing', async () => {
    for (const way of ['flip', 'other'] as const) {
      const house = await shop();
      const { people } = house.engine.core;
      const key = people.keyOf(personId('ann'));
      house.engine.core.compaction.add(key);
      house.engine.core.compaction.add(people.keyOf(personId('bob')));
      await house.engine.maintain();
      const mine = await house.world.people.load(key);
      const theirs = await house.world.people.load(people.keyOf(personId('bob')));
      const sealed =
        way === 'other'
          ? theirs?.snapshot
          : flipped({ seq: 0, kind: 'event', sealed: mine!.snapshot! }, 30).sealed;
      await house.world.people.compact(key, { upToSeq: mine!.snapshotSeq, sealed: sealed!, drop: [] });
      await expectNothing(await house.reopen());
    }
  });

  it('[E11] that cannot be read can still be erased', async () => {
    const house = await tampered(await shop(), (rows) =>
      rows.map((row) => (row.kind === 'event' ? flipped(row, 15) : row)),
    );
    expect(await house.engine.erase(personId('ann'))).toMatchObject({ record: { event: 'erased' } });
    expect((await decide(house, 'ann')).record.input.refused).toBe('erased');
  });
});
