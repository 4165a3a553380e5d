// A shop that writes to people by e-mail and letter, and withholds half of the weeks.

import type { Decided } from '../../src/engine/deciding.ts';
import type { Channel } from '../../src/facts/channel.ts';
import { type House, allowAll, decide, openHouse, placementId, stock } from './house.ts';
import { HOME_SLOT, policyIn } from './policies.ts';

const LOOSE = { capPerItem: { impressionsMax: 512, windowHours: 168 }, reason: 'a test' };
const SLOTS = (['email', 'letter'] as const).map((channel) => ({
  ...{ ...HOME_SLOT, ...LOOSE, purpose: 'contact', itemsMax: 3 },
  ...{ id: channel, channels: [channel] },
}));

/** Half of the weeks are withheld, and nothing but the lot stops a contact. */
export const HALF_HELD_OUT = policyIn({
  placements: SLOTS,
  contact: {
    caps: [{ per: 'person', impressionsMax: 50, windowHours: 168 }],
    backOff: { silentMax: 50, gapDays: 1, gapDaysMax: 1 },
    holdOut: { rate: 0.5, channels: ['email', 'letter'] },
    reason: 'a test',
  },
});

export const named = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `p${n}`);

/** These people allowed everything, and bought nothing yet. */
export async function openShop(people: readonly string[]): Promise<House> {
  const house = await openHouse();
  await stock(house);
  for (const who of people) await allowAll(house, who);
  await house.engine.usePolicy(HALF_HELD_OUT);
  return house;
}

export const send = (house: House, who: string, channel: Channel = 'email'): Promise<Decided> =>
  decide(house, who, { placement: placementId(channel), channel, limit: 3 });
