// Durable events per second: each event parsed from its JSON, admitted, folded, sealed, and on disk before it
// counts. Batches of 1,000 events of people who return, a few batches under way at once, as an importer sends
// them. Beside it the least that whoever keeps each event sealed and durable has to do.

import { createCipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FACTS, type BenchWorld, benchItemId } from './world.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { intake } from '../src/engine/intake.ts';

const BATCH = 1000;
const UNDER_WAY = 4;

export interface IngestFigures {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly eventsPerCpuSecond: number;
  /** The same events parsed, sealed and inserted, and nothing else, by one thread. */
  readonly barePerSecond: number;
}

export async function benchIngest({ embedded, people }: BenchWorld, batches: number): Promise<IngestFigures> {
  const { engine } = embedded;
  const random = seededRandom(7);
  const bodies = Array.from({ length: batches }, (_, batch) => body(batch, people, random.below));
  await intake(engine, JSON.parse(body(-1, people, random.below)), { signals: { gpc: false } });
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const under = new Set<Promise<void>>();
  let admitted = 0;
  for (const text of bodies) {
    const run = intake(engine, JSON.parse(text), { signals: { gpc: false } }).then((taken) => {
      admitted += taken.accepted;
    });
    under.add(run);
    void run.finally(() => under.delete(run));
    if (under.size >= UNDER_WAY) await Promise.race(under);
  }
  await Promise.all(under);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const used = process.cpuUsage(cpu);
  if (admitted !== batches * BATCH) throw new Error(`${admitted} of ${batches * BATCH} events were admitted`);
  return {
    events: admitted,
    eventsPerSecond: admitted / seconds,
    eventsPerCpuSecond: admitted / ((used.user + used.system) / 1e6),
    barePerSecond: barePerSecond(bodies, people),
  };
}

function barePerSecond(bodies: readonly string[], people: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'fineline-bench-bare-'));
  const db = new DatabaseSync(join(folder, 'events.db'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  db.exec('CREATE TABLE events (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL)');
  const insert = db.prepare('INSERT INTO events (sealed) VALUES (?)');
  const keys = people.map(() => createSecretKey(randomBytes(32)));
  const placeOf = new Map(people.map((person, place) => [person, place]));
  const start = process.hrtime.bigint();
  for (const text of bodies) {
    db.exec('BEGIN');
    for (const event of JSON.parse(text) as { readonly person: string }[]) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keys[placeOf.get(event.person) ?? 0]!, nonce);
      const sealed = [nonce, cipher.update(JSON.stringify(event), 'utf8'), cipher.final()];
      insert.run(Buffer.concat([...sealed, cipher.getAuthTag()]));
    }
    db.exec('COMMIT');
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  db.close();
  rmSync(folder, { recursive: true, force: true });
  return (bodies.length * BATCH) / seconds;
}

function body(batch: number, people: readonly string[], below: (n: number) => number): string {
  const time = new Date().toISOString();
  const events = Array.from({ length: BATCH }, (_, n) => ({
    id: `bench-${batch}-${n}`,
    kind: 'view',
    person: people[below(people.length)],
    source: 'web-shop',
    time,
    lines: [{ item: benchItemId(below(FACTS * 10)), quantity: 1 }],
  }));
  return JSON.stringify(events);
}
