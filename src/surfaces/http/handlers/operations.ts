// For whoever keeps it running: alive, ready, figures, the contract itself.

import { lastPolicy } from '../../../engine/policing.ts';
import { json, reply } from '../exchange.ts';
import type { Handler } from '../host.ts';
import { refused } from '../problem.ts';
import { docsReply, gpcReply, healthReply, openapiReply } from './of-nobody.ts';

export const health: Handler<'health'> = () => Promise.resolve(healthReply());

/**
 * Asks the store of the keys and that of the data, which may be two servers, so that one that hangs or fails
 * is noticed; tells no number. A stream that is away makes nobody unready: decisions, choices and erasures go
 * on, and senders of events are told to come again.
 */
export const ready: Handler<'ready'> = async ({ engine, stream, stopping }) => {
  if (stopping()) return refused('busy', 'The server is stopping.', { retryAfter: 2 });
  const [{ recovered }] = await Promise.all([engine.status(), lastPolicy(engine.core.world.documents)]);
  const events = stream?.().state;
  return json(200, { ready: true, recovered, ...(events === undefined ? {} : { events }) });
};

export const metrics: Handler<'metrics'> = async (host) => reply(200, await host.metrics.text());

export const gpc: Handler<'gpc'> = () => Promise.resolve(gpcReply());

/** For banners and for whoever wants to read again what they said yes to. */
export const notices: Handler<'notices'> = ({ engine }) =>
  Promise.resolve(json(200, { notices: engine.notices() }));

export const openapi: Handler<'openapi'> = () => Promise.resolve(openapiReply());

export const docs: Handler<'docs'> = () => Promise.resolve(docsReply());
