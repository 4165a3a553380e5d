// One round: a shop under load, three faults that overlap, the healing, and the check of everything that was
// acknowledged.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Auditor, createAuditor } from '../support/e2e-log.ts';
import type { Asking } from './asking.ts';
import { type Book, type Counted, WRONGS, type Wrong, newPerson, openBook } from './book.ts';
import { checkLog, watchLog } from './check-log.ts';
import { checkPeople } from './check-people.ts';
import { type Client, probe, speak } from './clients.ts';
import { freshStatistics } from './fresh.ts';
import { inject } from './inject.ts';
import type { Load } from './showing.ts';
import { type FaultKind, type RoundPlan, faultText, planRound, randomOf } from './plan.ts';
import { type Recovery, recovery } from './recovery.ts';
import { type Shop, openShop } from './round-shop.ts';
import { watchStanding } from './standing.ts';
import { untilTaken } from './taken.ts';
import type { World } from './world.ts';

const CLIENTS = 6;
const PEOPLE_EACH = 4;
const PROBES = 2;
/**
 * Load goes on after the last healing, so that what broke shows; on a slow machine until it has been some, or
 * for so long.
 */
const AFTERWARDS_MS = { least: 1200, most: 15_000 } as const;
const LOAD_LEAST = { events: 150, decisions: 80, noes: 8 } as const;
/** "Does not come back", never "slow today". */
const HANGS_MS = 90_000;

export interface RoundReport {
  readonly round: number;
  readonly seed: number;
  readonly faults: readonly string[];
  readonly counts: Readonly<Record<Counted, number>>;
  readonly kinds: readonly FaultKind[];
  /** From the healing to the first good answer of each node. */
  readonly recoveryMs: readonly number[];
  /** And to the first event that it acknowledged. */
  readonly eventMs: readonly number[];
  /** Longest time that the machine gave the harness no turn. */
  readonly stoodMs: number;
  /** Processes that ended without having been killed. */
  readonly ended: number;
  readonly wrong: Readonly<Partial<Record<Wrong, readonly string[]>>>;
  readonly seconds: number;
  /** Why it was run again, each time. */
  readonly spoilt?: readonly string[];
}

export interface RoundOptions {
  readonly seed: number;
  readonly round: number;
  /** Name of a break (breaks.ts) that is in the code of all nodes. */
  readonly broken?: string | undefined;
  /** In place of the first fault that the round would draw. */
  readonly first?: FaultKind | undefined;
  readonly say: (words: string) => void;
}

export async function runRound(world: World, options: RoundOptions): Promise<RoundReport> {
  const { seed, round, broken, first, say } = options;
  const beganMs = performance.now();
  const standing = watchStanding();
  const { nodes, mayMount, stream } = world;
  const plan = planRound({ seed, round, nodes, mayMount, stream, first });
  say(`round ${round}: ${plan.faults.map(faultText).join(', ')}`);
  const shop = await openShop(world, plan, broken);
  say('the shop is open');
  const book = openBook(join(shop.dir, 'book.ndjson'));
  try {
    const auditor = createAuditor(shop.vkey);
    const { recoveryMs, eventMs } = await underLoad(world, { shop, plan, book, auditor, say });
    const asking: Asking = { nodes: shop.nodes, keys: shop.keys, book, isOver: () => false };
    if (!book.wrong.has('stuck')) await check(book, auditor, { shop, asking, say });
    return {
      round,
      seed,
      faults: plan.faults.map(faultText),
      kinds: plan.faults.map(({ kind }) => kind),
      counts: book.counts,
      recoveryMs: recoveryMs.map(Math.round),
      eventMs: eventMs.map(Math.round),
      stoodMs: standing.mostMs(),
      ended: shop.nodes.reduce((sum, node) => sum + node.ended(), 0),
      wrong: Object.fromEntries(book.wrong),
      seconds: Math.round((performance.now() - beganMs) / 1000),
    };
  } finally {
    standing.stop();
    book.close();
    await shop.close();
  }
}

interface Scene {
  readonly shop: Shop;
  readonly plan: RoundPlan;
  readonly book: Book;
  readonly auditor: Auditor;
  readonly say: (words: string) => void;
}

/** Load, faults, healing, and what was left without an answer said again. Answers the times of recovery. */
async function underLoad(world: World, { shop, plan, book, auditor, say }: Scene): Promise<Recovery> {
  const state = { isOver: false };
  const asking: Asking = { nodes: shop.nodes, keys: shop.keys, book, isOver: () => state.isOver };
  const load: Load = { book, trust: auditor.trust, nowMs: () => Date.now() };
  const clients = Array.from({ length: CLIENTS }, (_, at): Client => {
    const random = randomOf({ ...plan, of: 1 + at });
    const people = Array.from({ length: PEOPLE_EACH }, (__, n) => newPerson(book, `p${at}-${n}`));
    return { random, people, unsettled: undefined };
  });
  const acting = Promise.all([
    ...clients.map(async (client) => speak(load, client, asking)),
    ...Array.from({ length: PROBES }, async (_, at) =>
      probe(load, randomOf({ ...plan, of: 50 + at }), asking),
    ),
    watchLog(book, auditor, asking),
  ]);
  // A fault of the harness itself ends the round at once.
  const failing = acting.then(() => undefined);
  await Promise.race([Promise.all(plan.faults.map(async (fault) => inject(world, shop, fault))), failing]);
  say('healed');
  const recovered = await recovery(asking, load);
  say(`every node answers, after ${recovered.recoveryMs.map(Math.round).join(', ')} ms`);
  say(`and acknowledges an event, after ${recovered.eventMs.map(Math.round).join(', ')} ms`);
  await enough(book);
  for (const node of shop.nodes) node.skew(0);
  state.isOver = true;
  await acting;
  say(`${clients.filter(({ unsettled }) => unsettled !== undefined).length} clients wait for an answer`);
  await settle(load, clients, { ...asking, isOver: deadline(book) });
  return recovered;
}

async function enough({ counts }: Book): Promise<void> {
  const healedMs = performance.now();
  await sleep(AFTERWARDS_MS.least);
  const isLittle = (): boolean =>
    (['events', 'decisions', 'noes'] as const).some((what) => counts[what] < LOAD_LEAST[what]);
  while (isLittle() && performance.now() - healedMs < AFTERWARDS_MS.most) await sleep(100);
}

async function settle(load: Load, clients: readonly Client[], asking: Asking): Promise<void> {
  await Promise.all(
    clients.map(async ({ unsettled, people }) => {
      if (unsettled === undefined || (await unsettled(asking))) return;
      load.book.found('stuck', `a request of ${people.map(({ name }) => name).join(', ')} is never answered`);
    }),
  );
}

function deadline(book: Book): () => boolean {
  const end = performance.now() + HANGS_MS;
  return () => book.wrong.has('stuck') || performance.now() > end;
}

interface Checking {
  readonly shop: Shop;
  readonly asking: Asking;
  readonly say: (words: string) => void;
}

async function check(book: Book, auditor: Auditor, scene: Checking): Promise<void> {
  const { stream } = scene.shop;
  if (stream !== undefined) {
    scene.say('waiting for what lies in the stream');
    await untilTaken(book, stream, scene.asking);
  }
  scene.say('checking statistics');
  await checkStatistics(book, scene.shop);
  scene.say('checking the log');
  await checkLog(book, auditor, scene);
  // Last, so that what comes twice has had its time.
  scene.say('checking people');
  await checkPeople(book, scene.asking);
  scene.say('checked');
}

/** The learner hears of what was written within seconds; it has to end at the same counts. */
async function checkStatistics(book: Book, shop: Shop): Promise<void> {
  const wanted = await freshStatistics(book, shop.stock);
  const end = performance.now() + HANGS_MS / 2;
  let seen = 'nobody has the duty';
  while (performance.now() < end) {
    for (const node of shop.nodes) {
      const duties = z
        .object({ learn: z.boolean() })
        .parse(await node.ask('duties').catch(() => ({ learn: false })));
      if (!duties.learn) continue;
      seen = z.string().parse(await node.ask('statistics').catch(String));
      if (seen === wanted) return;
    }
    await sleep(250);
  }
  writeFileSync(join(shop.dir, 'statistics-seen.txt'), seen);
  writeFileSync(join(shop.dir, 'statistics-wanted.txt'), wanted);
  const people = book.people.map(({ name, state, told, noes }) => ({ name, state, told, noes: noes.length }));
  writeFileSync(join(shop.dir, 'statistics-people.json'), JSON.stringify(people));
  book.found('statistics', differences(seen, wanted));
}

function differences(seen: string, wanted: string): string {
  const [is, should] = [seen.split('\n'), wanted.split('\n')];
  const at = should.findIndex((line, n) => is[n] !== line);
  return `from line ${at} of ${should.length}: “${is[at] ?? ''}” instead of “${should[at] ?? ''}”`.slice(
    0,
    400,
  );
}

/** Nothing that must never be was found. */
export function isGood({ wrong }: RoundReport): boolean {
  return WRONGS.every((kind) => wrong[kind] === undefined);
}
