// npm run bench -- cluster [--people 3000] [--rounds 15] [--requests 1500] [--json FILE] [--profile FOLDER]:
// what a decision and an event cost on a cluster, beside the embedded shop and the bare engines.

import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchDecisions } from './decisions.ts';
import { benchEvents } from './events.ts';
import type { Measured } from './costs.ts';
import { openBenchCluster } from './shop.ts';
import { benchPointRead, benchRest, benchSizes } from './standing.ts';

const REST_SECONDS = 20;
const POINT_READS = 10_000;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '15' },
    requests: { type: 'string', default: '1500' },
    'warm-up': { type: 'string', default: '6000' },
    json: { type: 'string' },
    profile: { type: 'string' },
    only: { type: 'string', multiple: true },
    seconds: { type: 'string', default: '6' },
    'event-rounds': { type: 'string', default: '5' },
    batches: { type: 'string', default: '1,100,500' },
    nodes: { type: 'string', default: '4' },
  },
});

const people = Number(values.people);
const cluster = await openBenchCluster({ people, nodes: Number(values.nodes), profile: values.profile });
// Nine processes go on by themselves when this one is stopped, and would be in every later figure.
const stopped = (why: unknown): void => {
  console.error(why);
  void cluster.close().finally(() => process.exit(1));
};
for (const sign of ['SIGINT', 'SIGTERM', 'uncaughtException'] as const) process.once(sign, stopped);
try {
  const decisions = await benchDecisions(cluster, {
    people,
    rounds: Number(values.rounds),
    requests: Number(values.requests),
    warmUp: Number(values['warm-up']),
    only: values.only,
  });
  console.table(
    decisions.map(({ name, nodes, postgres, nats, perSecond, toEmbedded, toOneNode }) => ({
      arrangement: name,
      'nodes ms/1,000': nodes.toFixed(0),
      'postgres ms/1,000': postgres.toFixed(0),
      'nats ms/1,000': nats.toFixed(0),
      'a second': perSecond.toFixed(0),
      'to embedded': toEmbedded.map((x) => x.toFixed(2)).join(' '),
      'to 1 node': toOneNode.map((x) => x.toFixed(2)).join(' '),
    })),
  );
  const events = await benchEvents(cluster, {
    people,
    rounds: Number(values['event-rounds']),
    seconds: Number(values.seconds),
    batches: values.batches.split(',').map(Number),
  });
  console.table(events.rows);
  const rest = await benchRest(cluster, REST_SECONDS);
  const pointRead = await benchPointRead(cluster, POINT_READS);
  const sizes = await benchSizes(cluster);
  const load = loadavg()[0] ?? 0;
  const when = new Date().toISOString().slice(0, 10);
  const measured: Measured = { when, load, decisions, events, rest, pointRead, sizes };
  console.log(rest, pointRead, sizes, { load, emptiedPerSecond: events.emptiedPerSecond });
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, undefined, 1)}\n`);
} finally {
  await cluster.close();
}
process.exit(0);
