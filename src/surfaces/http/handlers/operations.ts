// For whoever keeps it running: alive, ready, figures, the contract itself.

import { json, reply } from '../exchange.ts';
import type { Handler } from '../host.ts';
import { refused } from '../problem.ts';
import { docsReply, gpcReply, healthReply, openapiReply } from './of-nobody.ts';

export const health: Handler<'health'> = () => Promise.resolve(healthReply());

/** Asks the store, so that a store that hangs or fails is noticed; tells no number. */
export const ready: Handler<'ready'> = async ({ engine, stopping }) => {
  if (stopping()) return refused('busy', 'The server is stopping.', { retryAfter: 2 });
  const { recovered } = await engine.status();
  return json(200, { ready: true, recovered });
};

export const metrics: Handler<'metrics'> = async (host) => reply(200, await host.metrics.text());

export const gpc: Handler<'gpc'> = () => Promise.resolve(gpcReply());

/** For banners and for whoever wants to read again what they said yes to. */
export const notices: Handler<'notices'> = ({ engine }) =>
  Promise.resolve(json(200, { notices: engine.notices() }));

export const openapi: Handler<'openapi'> = () => Promise.resolve(openapiReply());

export const docs: Handler<'docs'> = () => Promise.resolve(docsReply());
