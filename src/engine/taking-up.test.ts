// Goal: what rules here never goes back to what ruled before. Method: a look at the store that is held up
// while a newer one is taken up.

import { describe, expect, it } from 'vitest';
import { openHouse, stock } from '../../test/support/house.ts';
import type { Core } from './core.ts';
import type { Others } from './others.ts';
import { POLICY_POINTER } from './policing.ts';
import type { Look, World } from './ports.ts';
import { takeAllowed } from './taking-up.ts';

describe('what others allowed', () => {
  it('[E167] an older look that ends later does not bring the older policy back', async () => {
    const house = await openHouse({ node: 0 });
    await stock(house);
    const { core } = house.engine;
    const looks: Promise<Look>[] = [];
    for (const minPeople of [4, 5]) {
      const version = `of ${minPeople}`;
      await house.engine.usePolicy({ ...core.policy, version, minPeople });
      looks.push(Promise.resolve({ epoch: minPeople, names: new Map([[POLICY_POINTER, version]]) }));
    }
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const [older, newer] = looks as [Promise<Look>, Promise<Look>];
    const answers = [held.then(() => older), newer];
    const commons = { look: () => answers.shift() };
    const world = Object.assign(Object.create(core.world) as World, { commons });
    const here = Object.assign(Object.create(core) as Core, { world });
    const others = { look: { epoch: 1, names: new Map() } } as unknown as Others;
    const slow = takeAllowed(here, others);
    await takeAllowed(here, others);
    expect(here.policy.minPeople).toBe(5);
    release();
    await slow;
    expect([here.policy.minPeople, others.look.epoch]).toEqual([5, 5]);
  });

  it('[E164] the same notices stay the same object when something else is allowed', async () => {
    const house = await openHouse({ node: 0 });
    await stock(house);
    const { core } = house.engine;
    const policy = { ...core.policy, version: 'another', minPeople: 4 };
    await house.engine.usePolicy(policy);
    const before = new Map([['count/notice', '1']]);
    const looks: Look[] = [
      { epoch: 2, names: new Map([...before, [POLICY_POINTER, policy.version]]) },
      { epoch: 3, names: new Map([['count/notice', '2']]) },
    ];
    const commons = { look: async () => looks.shift() };
    const world = Object.assign(Object.create(core.world) as World, { commons });
    const here = Object.assign(Object.create(core) as Core, { world });
    const others = { look: { epoch: 1, names: before } } as unknown as Others;
    const { notices } = here;
    await takeAllowed(here, others);
    expect(here.notices).toBe(notices);
    await takeAllowed(here, others);
    expect(here.notices).not.toBe(notices);
    expect(here.notices.all).toEqual(notices.all);
  });
});
