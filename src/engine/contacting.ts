// What the policy's `contact` says of one decision: gathers what was shown to the person, under whatever
// identity they joined, what they answered, and what time it is where they are.

import { campaignRuleOf } from '../decide/campaign.ts';
import { type Contacting, bindsChannel, pressureOf, trialState } from '../decide/pressure.ts';
import { leafOn } from '../decide/shelf.ts';
import type { Channel } from '../facts/channel.ts';
import type { DecisionInput } from '../facts/decision.ts';
import type { Trial } from '../facts/fatigue.ts';
import type { Fact } from '../facts/fact.ts';
import type { CampaignId } from '../facts/ids.ts';
import type { Room } from './campaigns.ts';
import type { Core } from './core.ts';
import { type Person, traitsOf } from './person.ts';
import { mayMeasureContact } from './responding.ts';
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

/** What a decision is told of contact. */
export type Told = Pick<DecisionInput, 'pressure' | 'fatigue' | 'stops'>;

/** Empty when the policy has nothing to say of this contact. */
export function contactOn(core: Core, contact: Contact): Told {
  const { contact: rules } = core.policy;
  const { channel } = contact;
  if (rules === undefined || !bindsChannel(rules, channel)) return {};
  const contacting = gather(core, contact);
  const pressure = pressureOf(rules, contacting);
  const learned = rules.holdOut?.channels.includes(channel) === true ? core.stops : undefined;
  const asked = learned === undefined ? {} : { stops: learned.stops.id };
  if (pressure.stop !== undefined) return { ...asked, pressure };
  const told = pressure.leaves.length === 0 ? asked : { ...asked, pressure };
  const fatigue = trialState(rules, contacting);
  // Nobody is held out who did not allow that what comes of it is measured.
  if (fatigue === undefined || !mayMeasureContact(core, contact.person, contact.asked)) return told;
  return { ...told, fatigue };
}

/**
 * Not before everybody is counted: what was sent before a start counts as well. Of several engines one alone
 * has room, the one that hears of what all have shown, or each would send as many.
 */
function roomOf(core: Core, { channel, campaign, asked }: Contact): Room | undefined {
  const { contact: rules } = core.policy;
  const rule = rules === undefined ? undefined : campaignRuleOf(rules, { channel, campaign });
  if (rule === undefined || !core.recovery.done || !core.duties.log) return undefined;
  return core.campaigns.room(rule, rules?.campaigns ?? [], asked.nowMs);
}

function gather(core: Core, contact: Contact): Contacting {
  const { person, joined, seen, channel, campaign, asked } = contact;
  const others = standsApart(asked) ? [] : joined;
  const { shelf } = core.shelves.current();
  return {
    own: person.given,
    joined: others.map(({ given }) => given),
    forgottenMs: others.reduce((last, other) => Math.max(last, other.forgottenMs), person.forgottenMs),
    answers: seen.answers,
    standing: seen.standing,
    room: roomOf(core, contact),
    stopped: core.stops?.stops.stopped,
    lastTrial: newestTrial([person, ...others]),
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
}

/** The newest of all identities: it is one human being who is held out. */
function newestTrial(people: readonly Person[]): Trial | undefined {
  let newest: Trial | undefined;
  for (const { trials } of people) {
    const last = trials.at(-1);
    if (last !== undefined && last.timeMs >= (newest?.timeMs ?? 0)) newest = last;
  }
  return newest;
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
