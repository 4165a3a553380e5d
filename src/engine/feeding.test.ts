// Goal: it is known how far the log is behind what was promised. Method: a shop in memory with a clock that
// is put forward, whose log is broken for a while.

import { expect, it } from 'vitest';
import { HOUR, type House, allowAll, openHouse } from '../../test/support/house.ts';
import { Fault } from '../kernel/fault.ts';
import { type LogBehind, feedLog, logBehind } from './feeding.ts';

import type { WitnessLog } from './ports.ts';

/** A turn of the log, with that one in the place of the shop's. */
async function withLog({ engine: { core } }: House, log: WitnessLog): Promise<void> {
  await core.witness.flush();
  await feedLog({ world: { ...core.world, log }, feeding: core.feeding });
}

it('[E229] what waits, and at most since when, until a checkpoint holds all of it', async () => {
  const house = await openHouse();
  const { core, maintain } = house.engine;
  const behind = (): Promise<LogBehind> => logBehind(core);
  await maintain();
  expect(await behind()).toEqual({ waiting: 0, ageMs: 0 });
  house.advance(HOUR);
  await allowAll(house, 'ann');
  // Promised now, and no older than the last turn.
  const { waiting } = await behind();
  expect([waiting > 0, (await behind()).ageMs]).toEqual([true, HOUR]);
  const { log } = core.world;
  const broken = {
    ...log,
    integrate: () => Promise.reject(new Fault('log-damaged', 'planted', { retry: 'never' })),
  };
  await expect(withLog(house, broken)).rejects.toThrow('planted');
  // Handed to a log that cannot sign: it waits there.
  house.advance(HOUR);
  expect(await behind()).toEqual({ waiting, ageMs: 2 * HOUR });
  await maintain();
  expect(await behind()).toEqual({ waiting: 0, ageMs: 0 });
  // A clock that is put back makes nobody younger than nothing.
  house.advance(-HOUR);
  expect((await behind()).ageMs).toBe(0);
});

it('[E229] where several share a log its store knows, and is told of a turn that is done', async () => {
  const house = await openHouse();
  const { log } = house.world;
  const said: string[] = [];
  const shared = {
    ...log,
    moment: async () => said.push('moment'),
    integrate: async () => {
      said.push('integrate');
      return log.integrate();
    },
    fed: async (moment: number) => void said.push(`fed ${moment}`),
    behind: async () => ({ waiting: 7, ageMs: 70_000 }),
  };
  await withLog(house, shared);
  expect(said).toEqual(['moment', 'integrate', 'fed 1']);
  const { core } = house.engine;
  expect(await logBehind({ ...core, world: { ...core.world, log: shared } })).toEqual({
    waiting: 7,
    ageMs: 70_000,
  });
  await withLog(house, { ...shared, leads: async () => false });
  expect(said).toHaveLength(3);
});
