// Campaigns with a number of their own: to newcomers alone, so many a week, and as many more as were freed.

import { type Channel, REACHES_OUT } from '../facts/channel.ts';
import type { CampaignRule, ContactRules, Pressure } from '../facts/contact.ts';
import type { CampaignId } from '../facts/ids.ts';

/**
 * `newcomer`: as far as a View shows they never bought. `unknown`: what they bought may not be read, or not
 * all of it; nobody can say that they are new.
 */
export type Standing = 'newcomer' | 'customer' | 'unknown';

export interface Campaigning {
  readonly channel: Channel;
  readonly campaign?: CampaignId | undefined;
  /** Whether they bought before; absent: unknown. */
  readonly standing?: Standing;
  /** Of the campaign that is asked for; absent while nobody has counted. */
  readonly room?: { readonly sent: number; readonly most: number } | undefined;
}

/** What the policy says of the campaign that is asked for; `undefined` for nothing. */
export function campaignRuleOf(
  { campaigns = [] }: ContactRules,
  { campaign, channel }: Pick<Campaigning, 'campaign' | 'channel'>,
): CampaignRule | undefined {
  return REACHES_OUT.includes(channel) ? campaigns.find(({ id }) => id === campaign) : undefined;
}

export function stopOfCampaign(rules: ContactRules, now: Campaigning): Pressure['stop'] {
  if (campaignRuleOf(rules, now) === undefined) return undefined;
  if (now.standing !== 'newcomer') return { by: 'not-newcomer', number: 0 };
  // Nobody counted yet: nobody knows that there is room.
  if (now.room === undefined) return { by: 'campaign-full', number: -1 };
  return now.room.sent < now.room.most ? undefined : { by: 'campaign-full', number: now.room.sent };
}
