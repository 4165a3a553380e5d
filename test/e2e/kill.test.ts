// Goal: kill -9 at any moment, under any load, loses nothing that was acknowledged, brings nobody back, never
// forks the log, and leaves a server that answers again. Method: the embedded preset behind the real HTTP
// server, in a process that is killed while clients send it everything at once; after each start every answer
// that was ever given is held against a naive model (e2e-life.ts) and an auditor's copy of the log
// (e2e-log.ts).
//
// Every other kill aims at periodic work, and about a quarter come while the start after the kill before is
// still under way. Rounds: 6, or 200
// with FINELINE_FULL=1. The seed decides what the clients do and when the kills come; FINELINE_SEED sets
// another.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { FAST } from '../../src/presets/timing.ts';
import { newBook } from '../support/e2e-book.ts';
import { checkAfterStart, checkGone, readDisk } from '../support/e2e-checks.ts';
import { newClient } from '../support/e2e-clients.ts';
import { actUntil } from '../support/e2e-load.ts';
import { createAuditor } from '../support/e2e-log.ts';
import { type Running, spawnServer, startServer } from '../support/e2e-running.ts';
import { newHome, stock } from '../support/e2e-shop.ts';

const ROUNDS = process.env['FINELINE_FULL'] === '1' ? 200 : 6;
const SEED = Number(process.env['FINELINE_SEED'] ?? 7);
const CLIENTS = 6;

describe('kill -9 under mixed load', () => {
  it(`${ROUNDS} times (seed ${SEED}) loses nothing, brings nobody back, forks no log`, async () => {
    const home = newHome();
    const random = seededRandom(SEED);
    let server = await startServer(home);
    await stock(server);
    const book = newBook(createAuditor((await server.http('GET', '/log/vkey')).text.trim()));
    const clients = Array.from({ length: CLIENTS }, (_, at) =>
      newClient(book, seededRandom(SEED * 1000 + at), { at, count: CLIENTS, people: 4 }),
    );
    let slowestMs = 0;
    for (let kills = 0; kills < ROUNDS; kills += 1) {
      let killed = false;
      const acting = clients.map((client) => actUntil(book, client, server, () => killed));
      await Promise.race([sleep(momentOf(random, server)), ...acting]);
      killed = true;
      await server.kill();
      await Promise.all(acting);
      expectNoErrors(server.said());
      await book.auditor.follow(readDisk(home));
      for (; kills + 1 < ROUNDS && random.below(4) === 0; kills += 1) {
        const early = spawnServer(home);
        await sleep(100 + random.below(900));
        early.child.kill('SIGKILL');
        await new Promise((resolve) => early.child.once('close', resolve));
        expectNoErrors(early.said());
        await book.auditor.follow(readDisk(home));
      }
      const beganMs = performance.now();
      server = await startServer(home);
      slowestMs = Math.max(slowestMs, performance.now() - beganMs);
      await checkAfterStart(server, book, clients);
    }
    // No kill this time: what was counted on the way equals a recount as well, and so after a calm restart.
    let stopping = false;
    const acting = clients.map((client) => actUntil(book, client, server, () => stopping));
    await Promise.race([sleep(500), ...acting]);
    stopping = true;
    await Promise.all(acting);
    await checkAfterStart(server, book, clients);
    expect(await server.stop()).toBe(0);
    expectNoErrors(server.said());
    server = await startServer(home);
    await checkAfterStart(server, book, clients);
    await checkGone(
      server,
      book.gone.filter(({ back }) => !back),
    );
    const checkpoints = book.auditor.compareAll();
    expect(await server.stop()).toBe(0);
    const seen = JSON.stringify({ ...book.counts, checkpoints, slowestStartMs: Math.round(slowestMs) });
    process.stdout.write(`kill.test: ${seen}\n`);
    // A load that did nothing would prove nothing. Who comes back needs time to leave first.
    const { returns, ...always } = book.counts;
    for (const [what, count] of Object.entries(always)) expect(count, what).toBeGreaterThan(0);
    if (ROUNDS > 10) expect(returns).toBeGreaterThan(0);
    expect(checkpoints).toBeGreaterThan(2);
  });
});

/**
 * When to kill: at any moment, or, every other time, while the work of each second goes on: digests, the log,
 * snapshots, erasures that were stopped.
 */
function momentOf(random: Random, { sinceStartMs }: Running): number {
  if (random.below(2) === 0) return 20 + random.below(900);
  const sinceTickMs = sinceStartMs() % FAST.checkpointMs;
  return FAST.checkpointMs - sinceTickMs + random.below(200);
}

/** No answer was a failure, no periodic work failed: the server logs such things as errors. */
function expectNoErrors(said: string): void {
  const errors = said.split('\n').filter((line) => line !== '' && !/^\{"level":[1-4]0,/.test(line));
  expect(errors).toEqual([]);
}
