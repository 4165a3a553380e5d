// The process of one node: what `fineline serve --node N` opens, at demo pace, with a clock that can be put
// forward and back, and a line to its parent for what no route tells.

import { pino } from 'pino';
import { z } from 'zod';
import { systemClock } from '../../src/adapters/node-crypto/clock.ts';
import { ROLES } from '../../src/engine/roles.ts';
import { openAsSet } from '../../src/presets/cluster.ts';
import type { Embedded } from '../../src/presets/embedded.ts';
import { openNodeStream } from '../../src/presets/node-stream.ts';
import { loadApiKeys } from '../../src/surfaces/cli/home/api-keys.ts';
import { serveHome } from '../../src/surfaces/cli/serving.ts';

const options = z.object({
  home: z.string(),
  host: z.string(),
  node: z.int(),
  roles: z.array(z.enum(ROLES)),
  skewMs: z.number(),
});
export type NodeOptions = z.infer<typeof options>;

const QUESTIONS = ['statistics', 'duties', 'skew'] as const;
export type Question = (typeof QUESTIONS)[number];
const asked = z.object({ id: z.int(), question: z.enum(QUESTIONS), about: z.number() });

let skewMs = 0;

async function answer({ engine, recovered }: Embedded, question: Question, about: number): Promise<unknown> {
  const { world, duties } = engine.core;
  switch (question) {
    case 'statistics':
      await recovered;
      engine.count();
      return world.crypto.text(await world.learner.canonical());
    case 'duties':
      return { learn: duties.learn, log: duties.log };
    case 'skew':
      skewMs = about;
      return true;
  }
}

async function main(text: string): Promise<void> {
  const { home, host, node, roles, skewMs: first } = options.parse(JSON.parse(text));
  skewMs = first;
  const log = pino({ level: 'warn' }, pino.destination({ dest: 2, sync: true }));
  const failed = (what: string, error: unknown): void =>
    log.error({ what, says: error instanceof Error ? (error.stack ?? error.message) : 'unknown' }, 'failed');
  const clock = { nowMs: () => systemClock.nowMs() + skewMs };
  const embedded = await openAsSet({ home, fast: true, clock, failed }, { node, roles });
  const keys = loadApiKeys(embedded.paths);
  const stream = await openNodeStream(embedded, { failed });
  const through = stream === undefined ? {} : { stream };
  const listening = await serveHome({ embedded, keys, port: 0, host, log, ...through });
  process.on('message', (message) => {
    const { id, question, about } = asked.parse(message);
    void answer(embedded, question, about).then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
  });
  // The parent is gone: nobody would ever stop this process.
  process.on('disconnect', () => process.exit(1));
  process.send?.({ url: listening.url });
}

if (import.meta.main) await main(process.argv[2] ?? '');
