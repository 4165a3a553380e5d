// What every store that tells of keys of the log must do: one follows another in order, whatever is asked
// twice, at once, or too early.

import { expect, it } from 'vitest';
import type { LogKeyTable } from '../../src/engine/ports.ts';

export interface LogKeysPlace {
  readonly table: LogKeyTable;
  end(): Promise<void>;
}

export function logKeyTableSuite(newPlace: () => Promise<LogKeysPlace>): void {
  const states = async (table: LogKeyTable): Promise<readonly (readonly [string, string])[]> =>
    (await table.rows()).map(({ vkey, state }) => [vkey, state]);

  it('[S30] keys follow each other one by one; a step out of its order changes nothing', async () => {
    const { table, end } = await newPlace();
    expect(await table.rows()).toEqual([]);
    await Promise.all([table.first({ vkey: 'a', madeMs: 1 }), table.first({ vkey: 'x', madeMs: 2 })]);
    const [[first] = ['']] = await states(table);
    await table.first({ vkey: 'y', madeMs: 3 });
    expect(await states(table)).toEqual([[first, 'used']]);
    expect(await table.use('b', 'note b')).toBe(false);
    await table.say({ node: 3, holds: [first], uses: first });
    const both = [table.announce({ vkey: 'b', madeMs: 4 }), table.announce({ vkey: 'c', madeMs: 5 })];
    const won = (await Promise.all(both)).map((isFirst, n) => (isFirst ? ['b', 'c'][n] : undefined));
    const [next = '', ...more] = won.filter((vkey) => vkey !== undefined);
    expect(more).toEqual([]);
    expect(await table.nodes()).toEqual([]);
    expect(await table.takeBack(first)).toBe(false);
    const used = await Promise.all([table.use(next, 'note 1'), table.use(next, 'note 2')]);
    expect(used.toSorted()).toEqual([false, true]);
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
}
