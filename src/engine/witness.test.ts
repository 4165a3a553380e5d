// Goal: whoever waits is told of theirs, and whoever lets go waits for all. Method: a store that answers when
// the test lets it.

import { describe, expect, it, vi } from 'vitest';
import {
  allowAll,
  buy,
  changes,
  collect,
  event,
  type House,
  openHouse,
  say,
  stock,
} from '../../test/support/house.ts';
import { Fault } from '../kernel/fault.ts';

/** Each write of entries waits for its gate; called with a fault, it fails. */
type Gates = ((fault?: Fault) => void)[];

function gated({ world: { people } }: House): Gates {
  const append = people.append.bind(people);
  const gates: Gates = [];
  vi.spyOn(people, 'append').mockImplementation(async (batch) => {
    await new Promise<void>((resolve, reject) => {
      gates.push((fault) => (fault === undefined ? resolve() : reject(fault)));
    });
    return append(batch);
  });
  return gates;
}

async function crowded(): Promise<{ house: House; crowd: readonly string[] }> {
  const house = await openHouse();
  await stock(house);
  const crowd = Array.from({ length: 100 }, (_, n) => `p${n}`);
  for (const who of crowd) await allowAll(house, who);
  await house.engine.flush();
  return { house, crowd };
}

const full = new Fault('disk-full', 'planted', { retry: 'later' });

describe('whoever hands over many at once', () => {
  it('[E231] is told when theirs are kept, while what came after them is still being written', async () => {
    const { house, crowd } = await crowded();
    const gates = gated(house);
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

  it('[E14] [E231] hears of a failure before them, whether it took some of theirs or all', async () => {
    const { house, crowd } = await crowded();
    const gates = gated(house);
    const hand = (name: string, of: readonly string[]): Promise<unknown> =>
      collect(
        house,
        of.map((who) => event(house, 'purchase', who, [`${name}-${who}`])),
      );
    for (const behind of [crowd, [...crowd, 'new-1', 'new-2']]) {
      for (const who of behind) if (who.startsWith('new')) await allowed(house, gates, who);
      gates.length = 0;
      const outcomes = Promise.allSettled([hand('first', crowd), hand('behind', behind)]);
      await vi.waitFor(() => expect(gates).toHaveLength(1));
      gates[0]!(full);
      // Whoever was not in the first is written.
      if (behind.length > crowd.length) {
        await vi.waitFor(() => expect(gates).toHaveLength(2));
        gates[1]!();
      }
      expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    }
    await house.engine.close();
  });
});

/** Their word goes through the gates. */
async function allowed(house: House, gates: Gates, who: string): Promise<void> {
  gates.length = 0;
  const done = allowAll(house, who);
  await vi.waitFor(() => expect(gates).toHaveLength(1));
  gates[0]!();
  await done;
}

describe('whoever lets go', () => {
  it('[E231] waits for what is handed over meanwhile', async () => {
    const { house } = await crowded();
    const { people } = house.engine.core;
    const gates = gated(house);
    const bought = buy(house, 'p0', ['first']);
    await vi.waitFor(() => expect(gates).toHaveLength(1));
    const closed = house.engine.close();
    const said = say(house, 'p1', changes('withdrawn', ['reviews']));
    const pending = (): number => people.cached('p1' as never)?.pending ?? -1;
    await vi.waitFor(() => expect(pending()).toBe(1));
    gates[0]!();
    await vi.waitFor(() => expect(gates).toHaveLength(2));
    let isClosed = false;
    void closed.then(() => (isClosed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    gates[1]!();
    await closed;
    expect(pending()).toBe(0);
    await Promise.all([bought, said]);
  });
});
