// For whoever keeps it running: alive, ready, figures, the contract itself.

import { json, reply } from '../exchange.ts';
import type { Handler } from '../host.ts';
import { refused } from '../problem.ts';
import { DOCS_CSP, docsPage } from '../docs.ts';
import { openApiText } from '../openapi.ts';

export const health: Handler<'health'> = () => Promise.resolve(json(200, { status: 'ok' }));

/** Asks the store, so that a store that hangs or fails is noticed; tells no number. */
export const ready: Handler<'ready'> = async ({ engine, stopping }) => {
  if (stopping()) return refused('busy', 'The server is stopping.', { retryAfter: 2 });
  const { recovered } = await engine.status();
  return json(200, { ready: true, recovered });
};

export const metrics: Handler<'metrics'> = async (host) => reply(200, await host.metrics.text());

export const gpc: Handler<'gpc'> = () => Promise.resolve(json(200, { gpc: true }));

/** For banners and for whoever wants to read again what they said yes to. */
export const notices: Handler<'notices'> = ({ engine }) =>
  Promise.resolve(json(200, { notices: engine.notices() }));

const HOUR = { 'cache-control': 'public, max-age=3600' };

export const openapi: Handler<'openapi'> = () => Promise.resolve(reply(200, openApiText(), HOUR));

export const docs: Handler<'docs'> = () =>
  Promise.resolve(reply(200, docsPage(), { ...HOUR, 'content-security-policy': DOCS_CSP }));
