// What the policy's `contact` says of one decision: gathers what was shown to the person, under whatever
// identity they joined, what they answered, and what time it is where they are.

import { type Contacting, bindsChannel, pressureOf } from '../decide/pressure.ts';
import { leafOn } from '../decide/shelf.ts';
import type { Channel } from '../facts/channel.ts';
import type { Pressure } from '../facts/contact.ts';
import type { Fact } from '../facts/fact.ts';
import type { CampaignId } from '../facts/ids.ts';
import type { Core } from './core.ts';
import { type Person, traitsOf } from './person.ts';
import type { Seen } from './seen-key.ts';
import { type Asked, placeOf, standsApart } from './viewing.ts';

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
  const { person, joined, seen, channel, campaign, asked } = contact;
  if (rules === undefined || !bindsChannel(rules, channel)) return undefined;
  const others = standsApart(asked) ? [] : joined;
  const { shelf } = core.shelves.current();
  const contacting: Contacting = {
    own: person.given,
    joined: others.map(({ given }) => given),
    forgottenMs: others.reduce((last, other) => Math.max(last, other.forgottenMs), person.forgottenMs),
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

/**
 * The time zone they said last, IANA, unless they set that aside. Read like age and residence, for nothing
 * but the hour.
 */
function zoneOf(person: Person): string | undefined {
  let newest: Fact | undefined;
  for (const fact of traitsOf(person).values()) {
    if (fact.name !== 'timeZone' || person.restricted.has(fact.key)) continue;
    if (fact.lastMs >= (newest?.lastMs ?? 0)) newest = fact;
  }
  return typeof newest?.value === 'string' ? newest.value : undefined;
}
