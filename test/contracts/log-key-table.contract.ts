// What every store that tells of keys of the log must do: one follows another in order, whatever is asked
// twice, at once, or too early.

import { expect, it } from 'vitest';
import type { LogKeyTable } from '../../src/engine/ports.ts';

export interface LogKeysPlace {
  readonly table: LogKeyTable;
  end(): Promise<void>;
}

const states = async (table: LogKeyTable): Promise<readonly (readonly [string, string])[]> =>
  (await table.rows()).map(({ vkey, state }) => [vkey, state]);

export function logKeyTableSuite(newPlace: () => Promise<LogKeysPlace>): void {
  it('[S30] keys follow each other one by one; a step out of its order changes nothing', async () => {
    const { table, end } = await newPlace();
    expect(await table.rows()).toEqual([]);
    await Promise.all([table.first({ vkey: 'a', madeMs: 1 }), table.first({ vkey: 'x', madeMs: 2 })]);
    const [[first] = ['']] = await states(table);
    await table.first({ vkey: 'y', madeMs: 3 });
    expect(await states(table)).toEqual([[first, 'used']]);
    expect(await table.use('b', { follows: first, note: 'note b' })).toBe(false);
    await table.say({ node: 3, holds: [first], uses: first });
    const both = [table.announce({ vkey: 'b', madeMs: 4 }), table.announce({ vkey: 'c', madeMs: 5 })];
    const won = (await Promise.all(both)).map((isFirst, n) => (isFirst ? ['b', 'c'][n] : undefined));
    const [next = '', ...more] = won.filter((vkey) => vkey !== undefined);
    expect(more).toEqual([]);
    expect(await table.nodes()).toEqual([]);
    expect(await table.takeBack(first)).toBe(false);
    const used = await Promise.all(
      ['note 1', 'note 2'].map((note) => table.use(next, { follows: first, note })),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
    const [, row] = await table.rows();
    expect([row!.state, row!.note, row!.proof]).toEqual(['used', used[0] ? 'note 1' : 'note 2', '']);
    expect(await table.takeBack(next)).toBe(false);
    // Its succession is in no tree yet.
    expect(await table.end(first)).toBe(false);
    expect(await table.end(next)).toBe(false);
    await table.prove(first, 'proof of nothing');
    await table.prove(next, 'proof');
    await table.prove(next, 'another proof');
    expect((await table.rows()).map(({ proof }) => proof)).toEqual(['', 'proof']);
    expect(await table.end(first)).toBe(true);
    expect(await table.end(first)).toBe(false);
    expect(await table.announce({ vkey: first, madeMs: 9 })).toBe(false);
    expect(await table.announce({ vkey: 'd', madeMs: 9 })).toBe(true);
    expect(await states(table)).toEqual([
      [first, 'ended'],
      [next, 'used'],
      ['d', 'announced'],
    ]);
    expect(await table.takeBack('d')).toBe(true);
    expect(await table.takeBack('d')).toBe(false);
    await table.say({ node: 3, holds: [next, first], uses: next });
    await table.say({ node: 3, holds: [next], uses: `${next} ${first}` });
    expect(await table.nodes()).toEqual([{ node: 3, holds: [next], uses: `${next} ${first}` }]);
    await end();
  });

  runFollowing(newPlace);
}

function runFollowing(newPlace: () => Promise<LogKeysPlace>): void {
  it('[S34] a key follows the one that is in use, and no other, whoever wrote its note before', async () => {
    const { table, end } = await newPlace();
    const announced = (vkey: string) => table.announce({ vkey, madeMs: 1 });
    await table.first({ vkey: 'a', madeMs: 1 });
    // A command wrote that b follows a, and stood still: another took b back, and c follows a.
    const late = { follows: 'a', note: 'b follows a' };
    expect([await announced('b'), await table.takeBack('b'), await announced('c')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(await table.use('c', { follows: 'a', note: 'c follows a' })).toBe(true);
    expect(await announced('b')).toBe(true);
    expect(await table.use('b', late)).toBe(false);
    // Nor one whose own succession is in no tree yet.
    expect(await table.use('b', { follows: 'c', note: 'b follows c' })).toBe(false);
    await table.prove('c', 'proof');
    expect(await table.use('b', late)).toBe(false);
    expect(await states(table)).toEqual([
      ['a', 'old'],
      ['c', 'used'],
      ['b', 'announced'],
    ]);
    // Both at once, in the moment in which it may.
    const both = [late, { follows: 'c', note: 'b follows c' }].map((by) => table.use('b', by));
    expect(await Promise.all(both)).toEqual([false, true]);
    expect((await table.rows()).map(({ note }) => note)).toEqual(['', 'c follows a', 'b follows c']);
    await end();
  });
}
