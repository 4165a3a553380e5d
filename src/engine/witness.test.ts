import { describe, expect, it, vi } from 'vitest';
import { allowAll, collect, event, openHouse, stock } from '../../test/support/house.ts';

describe('whoever hands over many at once', () => {
  it('[E231] is told when theirs are kept, while what came after them is still being written', async () => {
    const house = await openHouse();
    await stock(house);
    const crowd = Array.from({ length: 100 }, (_, n) => `p${n}`);
    for (const who of crowd) await allowAll(house, who);
    await house.engine.flush();
    const { people } = house.world;
    const append = people.append.bind(people);
    const gates: (() => void)[] = [];
    vi.spyOn(people, 'append').mockImplementation(async (batch) => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return append(batch);
    });
    const told: string[] = [];
    const hand = async (name: string): Promise<void> => {
      await collect(
        house,
        crowd.map((who) => event(house, 'purchase', who, [`${name}-${who}`])),
      );
      told.push(name);
    };
    const all = [hand('first'), hand('second'), hand('third')];
    await vi.waitFor(() => expect(gates).toHaveLength(1));
    gates[0]!();
    // The other two went together, as soon as the way was free; the store has not answered yet.
    await vi.waitFor(() => expect(gates).toHaveLength(2));
    await vi.waitFor(() => expect(told).toEqual(['first']));
    gates[1]!();
    await Promise.all(all);
    expect(told).toEqual(['first', 'second', 'third']);
    expect(gates).toHaveLength(2);
  });
});
