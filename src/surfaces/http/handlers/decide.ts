// POST /v1/decide: what to show. The caller says where and to whom; for what purpose stands in the settings
// of the placement.

import { signalsOf, slot } from '../../../engine/intake.ts';
import { assertRole } from '../../../engine/others.ts';
import type { Channel } from '../../../facts/channel.ts';
import {
  type ItemId,
  parseCampaignId,
  parseItemId,
  parsePersonId,
  parsePlacementId,
} from '../../../facts/ids.ts';
import { type Problem, problem } from '../../../facts/parse.ts';
import { parseSteps } from '../../../facts/parse-things.ts';
import { parsePlace } from '../../../facts/place.ts';
import type { Placement } from '../../../facts/placement.ts';
import { decisionText } from '../decision-text.ts';
import type { Ask, Handler, Host } from '../host.ts';
import { type Refused, invalid } from '../problem.ts';

type Body = Ask<'decide'>['body'];
type Request = Parameters<Host['engine']['decide']>[0];
type Core = Pick<Host['engine']['core'], 'policy' | 'strings'>;

export const decide: Handler<'decide'> = async (host, ask) => {
  const { engine } = host;
  assertRole(engine.core, 'decide');
  const request = requestOf(engine.core, ask);
  if ('problem' in request) return request;
  const decided = await engine.decide(request);
  if (decided === 'unknown-placement') return unknownPlacement(engine.core.policy.placements);
  if (decided === 'channel-not-allowed') return channelNotAllowed();
  const told = slot(decided.decision, decided.result);
  const receipt = await decided.receipt();
  const headers = { 'content-type': 'application/json' };
  return { status: 200, headers, body: decisionText(told, receipt) };
};

function requestOf({ policy, strings }: Core, ask: Ask<'decide'>): Request | Refused {
  const { placements } = policy;
  const { body } = ask;
  const id = parsePlacementId(body.placement);
  if (!id.ok) return invalid(id.error);
  const placement = placements.find((one) => one.id === id.value);
  if (placement === undefined) return unknownPlacement(placements);
  const channel: Channel | undefined = body.channel ?? placement.channels[0];
  if (channel === undefined || !placement.channels.includes(channel)) return channelNotAllowed(placement);
  const person = body.person === undefined ? undefined : parsePersonId(body.person);
  if (person?.ok === false) return invalid(person.error);
  const campaign = body.campaign === undefined ? undefined : parseCampaignId(body.campaign);
  if (campaign?.ok === false) return invalid(campaign.error);
  const place =
    body.context?.place === undefined ? undefined : parsePlace(body.context.place, 'context/place');
  if (place?.ok === false) return invalid(place.error);
  const within =
    body.context?.within === undefined ? undefined : parseSteps(body.context.within, 'context/within');
  if (within?.ok === false) return invalid(within.error);
  const items = itemsOf(body);
  if ('field' in items) return invalid(items);
  return {
    placement: id.value,
    channel,
    limit: Math.min(body.limit ?? placement.itemsMax, placement.itemsMax),
    context: items,
    signals: signalsOf({ secGpc: ask.header('sec-gpc'), json: body.context }, strings),
    ...(person === undefined ? {} : { person: person.value }),
    ...(campaign === undefined ? {} : { campaign: campaign.value }),
    ...(place === undefined ? {} : { place: place.value }),
    ...(within === undefined ? {} : { within: within.value }),
  };
}

function itemsOf(body: Body): readonly ItemId[] | Problem {
  const items: ItemId[] = [];
  for (const [index, text] of (body.context?.items ?? []).entries()) {
    const item = parseItemId(text, `context/items/${index}`);
    if (!item.ok) return item.error;
    items.push(item.value);
  }
  return items;
}

function unknownPlacement(placements: readonly Placement[]): Refused {
  const known = placements.map(({ id }) => id).join(', ');
  return invalid(
    problem('placement', `one of ${known}`, 'Name a placement of the settings, or add it there.'),
  );
}

function channelNotAllowed(placement?: Placement): Refused {
  const known =
    placement === undefined ? 'a channel of the placement' : `one of ${placement.channels.join(', ')}`;
  return invalid(problem('channel', known, 'Use one of these, or leave it out.'));
}
