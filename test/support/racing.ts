// Several engines over one store in memory, and ways to let one of them be faster.

import type { Decided } from '../../src/engine/deciding.ts';
import { type House, decide, openHouse, stock } from './house.ts';

/** The first has learned; the others take up its model. */
export async function three(seed = 1): Promise<readonly [House, House, House]> {
  const first = await openHouse({ seed, node: 0 });
  await stock(first);
  return [first, await first.beside(1), await first.beside(2)];
}

export const factsOf = ({ record }: Decided): number => record.input.facts.length;

/** Decided for, and durable. */
export async function shown(house: House, who: string): Promise<Decided> {
  const decided = await decide(house, who);
  await decided.receipt();
  return decided;
}

/** The next write of this engine is on its way into the store; this overtakes it there. */
export function overtaken({ world }: Pick<House, 'world'>, act: () => Promise<unknown>): void {
  const append = world.people.append.bind(world.people);
  let isFirst = true;
  world.people.append = async (batch) => {
    if (isFirst) {
      isFirst = false;
      await act();
    }
    return append(batch);
  };
}
