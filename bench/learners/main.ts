// npm run bench -- learners [--people 2000] [--cycles 3] [--json]: how fast one, two and four processes count
// everybody, each its parts, from the journals in a PostgreSQL of the bench's own; how soon another node has
// taken over the duty, from shares and from journals; and what it would cost to keep sums of things and pairs
// in the database instead. Processes, server and bench share the cores of one machine: with two of them no
// more than two times can be expected, less what the server takes.

import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { newServerDir, removeServer, sql, startServer } from '../../test/support/postgres.ts';
import { fillShop, openLearnerNode } from './shop.ts';
import { pairRows } from './pair-rows.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '2000' },
    cycles: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const people = Number(values.people);
const WORKERS = [1, 2, 4] as const;

const server = startServer(newServerDir());
const urls = { dataUrl: server.url('data'), keysUrl: server.url('keys'), master: randomBytes(32) };
const children: ChildProcess[] = [];
try {
  for (const name of ['data', 'keys']) await sql(server.url('postgres'), `CREATE DATABASE ${name}`);
  await fillShop(urls, people);
  await report();
} finally {
  await stop();
  removeServer(server.dir);
}
process.exit(0);

async function report(): Promise<void> {
  const seconds = new Map<number, number[]>(WORKERS.map((count) => [count, []]));
  for (let cycle = 0; cycle < Number(values.cycles); cycle += 1) {
    for (const count of WORKERS) {
      await start(count);
      // Once for prepared statements and compiled code.
      await round();
      seconds.get(count)?.push(await round());
      await stop();
    }
  }
  const takeOver = { fromShares: await takenOver(true), fromJournals: await takenOver(false) };
  const rows = await pairRows(urls);
  const figures = {
    people,
    cores: cpus().length,
    load: loadavg()[0],
    seconds: Object.fromEntries([...seconds].map(([count, all]) => [count, median(all)])),
    ratios: Object.fromEntries(
      WORKERS.map((count) => [
        count,
        median((seconds.get(1) ?? []).map((one, at) => one / (seconds.get(count)?.[at] ?? Number.NaN))),
      ]),
    ),
    takeOver,
    rows,
  };
  if (values.json) console.log(JSON.stringify(figures));
  else console.log(JSON.stringify(figures, undefined, 2));
}

async function start(count: number): Promise<void> {
  const file = new URL('../../test/support/learner-child.ts', import.meta.url);
  const { dataUrl, keysUrl, master } = urls;
  for (let number = 0; number < count; number += 1) {
    const child = fork(file, [dataUrl, keysUrl, master.toString('hex'), String(number)], { execArgv: [] });
    children.push(child);
    await new Promise((resolve) => child.once('message', resolve));
  }
  // Until each has its parts, and everybody is counted in some round.
  await counted(() => true);
  await pause(1000);
}

async function stop(): Promise<void> {
  for (const child of children.splice(0)) {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }
}

/** Seconds until everybody was counted anew. */
async function round(): Promise<number> {
  const begunNs = process.hrtime.bigint();
  const mark = String(begunNs);
  // As whoever has the duty asks for one.
  await sql(
    urls.dataUrl,
    `UPDATE learning_parts SET round = split_part(round, ' ', 1) || ' ${mark} ' || split_part(round, ' ', 3)`,
  );
  await counted((text) => text.includes(` ${mark} `));
  return Number(process.hrtime.bigint() - begunNs) / 1e9;
}

async function counted(isMeant: (round: string) => boolean): Promise<void> {
  for (;;) {
    const rows = await sql(urls.dataUrl, 'SELECT counting, round, whole FROM learning_parts');
    const isDone = rows.every(
      (row) => row['whole'] === true && row['counting'] === row['round'] && isMeant(String(row['counting'])),
    );
    if (rows.length === 32 && isDone) return;
    await pause(20);
  }
}

/** Seconds until a node that takes the duty to learn knows everybody. */
async function takenOver(isShared: boolean): Promise<number> {
  const node = await openLearnerNode(urls, isShared);
  const begunNs = process.hrtime.bigint();
  while (!(node.engine.core.duties.learn && node.engine.core.recovery.done)) {
    await node.engine.follow();
    await pause(5);
  }
  const took = Number(process.hrtime.bigint() - begunNs) / 1e9;
  await node.close();
  return took;
}

function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
}
