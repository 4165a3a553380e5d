// The lobby of a market: what is answered to requests that belong to no seller, because they bring no key or
// one that no home knows. It has no engine, so there is nothing of anybody that it could tell.

import { NO_KEY } from './authorise.ts';
import { problemReply, safe, tooMany } from './answer.ts';
import { CONTRACT, type RouteName } from './contract.ts';
import { type Reply, json } from './exchange.ts';
import { docsReply, gpcReply, healthReply, openapiReply } from './handlers/of-nobody.ts';
import { type Log, logAnswer } from './log.ts';
import { type Rate, createBucket } from './rate.ts';
import { type Refused, refused } from './problem.ts';
import type { Route } from './route.ts';

export interface Lobby {
  /** What a line of the contract is for somebody without a seller. */
  reply(name: RouteName): Reply;
  refuse(refusal: Refused): Reply;
}

export interface LobbyOptions {
  readonly log: Log;
  /** All strangers of the market together. */
  readonly rate: Rate;
  elapsedMs(): number;
  stopping(): boolean;
}

/** Answers that are of no home. Whatever else is public is some seller's, and asked below their name. */
const OF_NO_HOME: Partial<Record<RouteName, () => Reply>> = {
  health: healthReply,
  gpc: gpcReply,
  openapi: openapiReply,
  docs: docsReply,
  // Of the process; a seller's own readiness, store included, is below their name.
  ready: () => json(200, { ready: true, recovered: true }),
};

const ELSEWHERE = refused(
  'not-found',
  'It belongs to one seller: ask below /sellers/NAME, or send a key of that seller.',
);
const STOPPING = refused('busy', 'The server is stopping.', { retryAfter: 2 });

export function createLobby({ log, rate, elapsedMs, stopping }: LobbyOptions): Lobby {
  const strangers = createBucket(rate);
  const note = (route: string, outcome: Reply | Refused): Reply => {
    const reply = 'problem' in outcome ? problemReply(outcome) : outcome;
    const problem = 'problem' in outcome ? { problem: outcome.problem } : {};
    logAnswer(log, { route, status: reply.status, ms: 0, ...problem });
    return reply;
  };
  const bounded = (route: string, outcome: Reply | Refused): Reply => {
    const wait = strangers.take(elapsedMs());
    return note(route, wait > 0 ? tooMany(wait) : outcome);
  };
  return {
    reply: (name) => {
      const route: Route = CONTRACT[name];
      const label = `${route.method} ${route.path}`;
      if (name === 'ready' && stopping()) return note(label, STOPPING);
      const own = OF_NO_HOME[name]?.();
      if (own === undefined) return bounded(label, route.roles === 'public' ? ELSEWHERE : NO_KEY);
      return name === 'health' ? note(label, safe(own, route)) : bounded(label, safe(own, route));
    },
    refuse: (refusal) => bounded('none', refusal),
  };
}
