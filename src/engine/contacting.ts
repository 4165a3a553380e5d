// What the policy's `contact` says of one decision: gathers what was shown to the person, under whatever
// identity they joined, what they answered, and what time it is where they are.

import { type Contacting, pressureOf } from '../decide/pressure.ts';
import { leafOn } from '../decide/shelf.ts';
import type { Channel } from '../facts/channel.ts';
import type { Pressure } from '../facts/contact.ts';
import type { Fact } from '../facts/fact.ts';
import type { CampaignId } from '../facts/ids.ts';
import type { Core } from './core.ts';
import { type Person, traitsOf } from './person.ts';
import type { Seen } from './seen-key.ts';
import { type Asked, placeOf } from './viewing.ts';

export interface Contact {
  readonly person: Person;
  readonly joined: readonly Person[];
  readonly seen: Seen;
  readonly channel: Channel;
  readonly campaign?: CampaignId | undefined;
  readonly asked: Asked;
}

/** `undefined` when the policy has nothing to say of this contact. */
export function pressureOn(core: Core, contact: Contact): Pressure | undefined {
  const { contact: rules } = core.policy;
  if (rules === undefined) return undefined;
  const { person, joined, seen, channel, campaign, asked } = contact;
  const everybody = [person, ...joined];
  const { shelf } = core.shelves.current();
  const contacting: Contacting = {
    exposures: everybody.map(({ given }) => given),
    forgottenMs: everybody.reduce((last, { forgottenMs }) => Math.max(last, forgottenMs), -Infinity),
    answers: seen.answers,
    channel,
    campaign,
    nowMs: asked.nowMs,
    localMinutes: () =>
      core.world.localTime.minutesOfDay(
        { zone: zoneOf(person), place: placeOf(core, person, asked) },
        asked.nowMs,
      ),
    leafOf: (item) => leafOn(shelf, item),
  };
  const pressure = pressureOf(rules, contacting);
  return pressure.stop === undefined && pressure.leaves.length === 0 ? undefined : pressure;
}

/** The time zone they said last, IANA. Read like age and residence: it only ever makes the shop quieter. */
function zoneOf(person: Person): string | undefined {
  let newest: Fact | undefined;
  for (const fact of traitsOf(person).values()) {
    if (fact.name === 'timeZone' && fact.lastMs >= (newest?.lastMs ?? 0)) newest = fact;
  }
  return typeof newest?.value === 'string' ? newest.value : undefined;
}
