// Why a decision came out so, the proof that it is in the log, and the log itself.

import { audienceWhy } from '../../../engine/audience-why.ts';
import { isoInstant } from '../../../kernel/time.ts';
import type { Engine } from '../../../engine/engine.ts';
import { explained } from '../../../facts/decision.ts';
import { parseDecisionId } from '../../../facts/ids.ts';
import { json, reply } from '../exchange.ts';
import type { Ask, Handler, Host } from '../host.ts';
import { NOT_FOUND, type Refused } from '../problem.ts';

type Found = NonNullable<Awaited<ReturnType<Engine['find']>>>;

/** The decision, if it is there and this caller may know of it. */
async function ownFind(
  { engine }: Host,
  { params, caller }: Pick<Ask, 'params' | 'caller'>,
): Promise<Found | Refused> {
  const decision = parseDecisionId(params['decision']);
  const found = decision.ok ? await engine.find(decision.value) : undefined;
  if (found === undefined) return NOT_FOUND;
  // Compared by pseudonym: the decision itself does not know the name of whose it is.
  const isOwn = caller.kind === 'person' && engine.core.people.keyOf(caller.person) === found.person.key;
  return caller.kind === 'key' || isOwn ? found : NOT_FOUND;
}

export const why: Handler<'why'> = async (host, ask) => {
  const found = await ownFind(host, ask);
  if ('problem' in found) return found;
  const { record, result, without, withoutThing, held, learnedWith } = await host.engine.why(found);
  const titles = host.engine.items();
  const named = <T extends { readonly item: string }>(entry: T): T & { readonly title?: string } => {
    const title = titles.get(entry.item)?.title;
    return title === undefined ? entry : { ...entry, title };
  };
  const { input } = record;
  const { policy, pack, model, complements, nextBasket, nextClick, joint, catalogue, shadow } = input;
  return json(200, {
    decision: record.decision,
    time: isoInstant(input.timeMs),
    placement: input.placement,
    purpose: input.purpose,
    channel: input.channel,
    refused: input.refused,
    items: explained(result).map(named),
    nothing: result.nothing,
    ...audienceWhy(input),
    subject: result.subject,
    propensity: result.propensity,
    learnedWith,
    without,
    withoutThing,
    reads: record.reads,
    consentSeq: record.consentSeq,
    made: { policy, pack, model, complements, nextBasket, nextClick, joint, catalogue, shadow },
    ...(ask.caller.kind === 'person' ? { held: held.map(named) } : {}),
  });
};

export const receipt: Handler<'receipt'> = async (host, ask) => {
  const found = await ownFind(host, ask);
  if ('problem' in found) return found;
  const proof = await host.engine.proof(found);
  if (proof !== undefined) return reply(200, proof);
  const { digestMs, checkpointMs } = host.engine.core.config;
  // At the latest when the promise is due; asking once per checkpoint is soon enough.
  const seconds = Math.ceil(Math.min(digestMs + checkpointMs, 60 * checkpointMs) / 1000);
  return {
    ...NOT_FOUND,
    detail: 'It is not in the log yet. The promise says by when it will be.',
    retryAfter: seconds,
  };
};

const YEAR = 'public, max-age=31536000, immutable';
/** What a log can hold: no dots but the `.p` of a partial tile, no empty step. */
const LOG_PATH =
  /^(?:checkpoint|successions|tile\/(?:entries|[0-9]{1,2})(?:\/x[0-9]{3})*\/[0-9]{3}(?:\.p\/[0-9]{1,3})?)$/;

/** Static files that anybody may copy: a tile of a width never changes, the others may at any time. */
export const log: Handler<'log'> = async ({ engine }, { params }) => {
  const path = params['path'] ?? '';
  const source = engine.core.world.log;
  if (path === 'vkey') return reply(200, `${source.vkey}\n`, { 'content-type': 'text/plain; charset=utf-8' });
  const bytes = LOG_PATH.test(path) ? await source.read(path) : undefined;
  if (bytes === undefined) return NOT_FOUND;
  if (path === 'checkpoint' || path === 'successions')
    return reply(200, bytes, { 'content-type': 'text/plain; charset=utf-8' });
  return reply(200, bytes, { 'cache-control': YEAR });
};
