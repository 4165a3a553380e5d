// One run: a month of the town on a machine that crashes, with people who change their minds, under the eyes
// of the checkers. Everything follows from the seed.

import type { Engine } from '../../src/engine/engine.ts';
import { isFault } from '../../src/kernel/fault.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { access, asked, decide, restock } from './asking.ts';
import { Book, type Life, type Where } from './book.ts';
import { allCheckers } from './checkers/all.ts';
import { draw } from './draw.ts';
import { CHECKPOINT_MS, Machine } from './machine.ts';
import { NO_SABOTAGE, type Sabotage } from './sabotage.ts';
import { act, resetIds, send, sendChoice } from './sending.ts';
import { drawWords, leave, link, restrict, speak } from './speaking.ts';
import { DAY_MS, MINUTE_MS } from './spans.ts';
import { type Failure, Stage } from './stage.ts';
import { START_MS, townOf } from './town.ts';
import { withSteadyRefs } from './weak.ts';

export interface RunOptions {
  readonly seed: number;
  readonly events?: number;
  readonly days?: number;
  readonly sabotage?: Sabotage;
  /** Only this checker looks. */
  readonly only?: string;
}

export interface Outcome {
  readonly seed: number;
  /** SHA-256 over everything that happened and over the disk at the end. */
  readonly trace: string;
  readonly failure: Failure | undefined;
  readonly counts: ReadonlyMap<string, number>;
}

interface Plan {
  readonly events: number;
  readonly gapMs: number;
  readonly crashes: readonly number[];
  readonly backupAt: number;
  readonly restoreAt: number;
}

const LAST_LEAVERS = 8;
const PLACES: readonly Where[] = [
  { country: 'DE' },
  { country: 'DE' },
  { country: 'AT' },
  { country: 'BE' },
  { country: 'TR' },
  { country: 'US', region: 'CA' },
];

export function simulate(options: RunOptions): Promise<Outcome> {
  return withSteadyRefs(() => run(options));
}

async function run(options: RunOptions): Promise<Outcome> {
  const { seed, events = 10_000, days = 30, sabotage = NO_SABOTAGE, only } = options;
  resetIds();
  const town = townOf(seed, days);
  const machine = new Machine({ seed, startMs: START_MS, sabotage });
  const scene = { book: new Book(), machine, random: seededRandom(seed * 16 + 4) };
  const { checkers, note } = allCheckers();
  const watching = checkers.filter(({ name }) => only === undefined || name === only);
  const stage = new Stage({ scene, town, random: seededRandom(seed * 16 + 5), sabotage, checkers: watching });
  await boot(stage);
  await untilDone(stage, (engine) => engine.putItems(town.items));
  await month(stage, { ...planOf(stage, events), gapMs: (days * DAY_MS) / events });
  if (stage.failure === undefined) await end(stage, note);
  return { seed, trace: stage.hash(), failure: stage.failure, counts: stage.counts };
}

function planOf({ random }: Stage, events: number): Omit<Plan, 'gapMs'> {
  const crashes = Array.from({ length: 1 + random.below(4) }, () => random.below(events));
  const backupAt = random.below(events);
  const restores = random.below(2) === 0;
  return { events, crashes, backupAt, restoreAt: restores ? backupAt + random.below(events - backupAt) : -1 };
}

async function month(stage: Stage, plan: Plan): Promise<void> {
  const { machine, random } = stage;
  let line = 0;
  let next = START_MS;
  let maintainAt = START_MS + CHECKPOINT_MS;
  let learnAt = START_MS + DAY_MS;
  let backup = { at: 0, trueMs: 0 };
  for (let step = 0; step < plan.events && stage.failure === undefined; step += 1) {
    // Every fourth thing happens in the same moment as the one before.
    next += random.below(4) === 0 ? random.below(10) : (random.unit() * 2 * plan.gapMs * 4) / 3;
    await machine.timeline.passUntil(next, () => machine.isDead());
    if (plan.crashes.includes(step)) machine.crashAfter(1 + random.below(60));
    if (step === plan.backupAt) backup = { at: machine.disk.backup(), trueMs: machine.timeline.nowMs() };
    if (step === plan.restoreAt) await restore(stage, backup);
    if (machine.isDead()) await reboot(stage);
    next = Math.max(next, machine.timeline.nowMs());
    if (random.below(500) === 0) machine.setSkew(random.below(10 * MINUTE_MS) - 5 * MINUTE_MS);
    if (next >= maintainAt) {
      maintainAt = next + CHECKPOINT_MS;
      asked(stage, maintain(stage));
    }
    if (next >= learnAt) {
      learnAt = next + DAY_MS;
      asked(stage, learn(stage));
    }
    if (step % 8 === 0) machine.collectGarbage();
    const told = stage.town.lines[line];
    if (told !== undefined && told.timeMs <= next) {
      line += 1;
      const message = { ...told, place: draw(random, PLACES), gpc: random.below(6) === 0 };
      const life = stage.book.of(told.person);
      if (told.kind === 'consent') sendChoice(stage, life, message);
      else send(stage, life, message);
    } else something(stage);
  }
}

/** Somebody does something. A third of the town is busy, the others come with the town's lines. */
function something(stage: Stage): void {
  const { random, book, town } = stage;
  const people = town.people;
  const busy = people.slice(0, Math.ceil(people.length / 3));
  const life = book.of(draw(random, busy));
  const where = { place: draw(random, PLACES), gpc: random.below(6) === 0 };
  const drawn = random.below(100);
  if (drawn < 40) asked(stage, decide(stage, life, where));
  else if (drawn < 72) send(stage, life, act(stage, life, where));
  else if (drawn < 86) speak(stage, life, drawWords(stage), where.place);
  else if (drawn < 91) link(stage, life, neighbour(stage, busy, life));
  else if (drawn < 93) leave(stage, life);
  else if (drawn < 96) asked(stage, access(stage, life));
  else if (drawn < 98) restrict(stage, life);
  else asked(stage, restock(stage));
}

/** Mostly the same other one, so that both sides mean each other. */
function neighbour({ random, book }: Stage, people: readonly string[], { id }: Life): Life {
  if (random.below(4) === 0) return book.of(draw(random, people));
  return book.of(people[people.indexOf(id) ^ 1] ?? id);
}

async function maintain(stage: Stage): Promise<void> {
  const engine = stage.machine.engine();
  if (engine === undefined) return;
  engine.count();
  const before = stage.machine.disk.failures();
  await engine.maintain();
  stage.tell(`maintain ${(await engine.core.world.log.checkpoint())?.split('\n')[2]}`);
  // What failed on the way is done by the next.
  if (before !== stage.machine.disk.failures()) return;
  await stage.checkSlowly((checker) => checker.maintained?.(stage.scene));
}

async function learn(stage: Stage): Promise<void> {
  const model = await stage.machine.engine()?.learn();
  stage.tell(`model ${model?.id} ${model?.itemIds.length}`);
}

async function boot(stage: Stage): Promise<void> {
  while (!(await stage.machine.start())) stage.tell('start failed');
  stage.tell('start');
}

async function reboot(stage: Stage): Promise<void> {
  const { machine, random, book } = stage;
  stage.tell('crash');
  await machine.crash();
  for (const life of book.lives.values()) life.speaking = false;
  await machine.timeline.passUntil(machine.timeline.nowMs() + random.below(10 * MINUTE_MS), () => false);
  // The next crash may come while it starts.
  if (random.below(4) === 0) machine.crashAfter(1 + random.below(200));
  await boot(stage);
  const engine = machine.engine();
  if (engine === undefined) return;
  asked(stage, recover(stage, engine));
}

/** Serving goes on meanwhile. */
async function recover(stage: Stage, engine: Engine): Promise<void> {
  for (;;) {
    try {
      await engine.recover();
      break;
    } catch (error) {
      if (!isFault(error)) throw error;
    }
  }
  stage.tell('recovered');
  await stage.checkSlowly((checker) => checker.recovered?.(engine, stage.scene));
}

async function restore(
  stage: Stage,
  backup: { readonly at: number; readonly trueMs: number },
): Promise<void> {
  stage.tell('restore');
  await stage.machine.crash();
  await stage.machine.disk.restore(backup.at);
  stage.book.restored(backup.trueMs);
  stage.check((checker) => {
    checker.restored?.(backup.trueMs);
    return undefined;
  });
}

/** Asks until it is done, whatever fails or crashes. */
async function untilDone(stage: Stage, work: (engine: Engine) => Promise<unknown>): Promise<void> {
  for (;;) {
    if (stage.machine.isDead()) await reboot(stage);
    const engine = stage.machine.engine();
    if (engine === undefined) continue;
    let done = false;
    const doing = work(engine).then(() => {
      done = true;
    });
    doing.catch((error: unknown) => (isFault(error) ? undefined : stage.broke(error)));
    const moved = await stage.machine.timeline.settle(doing, () => stage.machine.isDead());
    if (!moved) stage.broke(new Error('something waits for ever'));
    // Set in a callback.
    if ((done as boolean) || stage.failure !== undefined) return;
  }
}

/** The month is over: everything comes to rest, one more start, and the checkers look at all of it. */
async function end(stage: Stage, note: (bytes: Uint8Array) => void): Promise<void> {
  const { machine } = stage;
  machine.crashAfter(Infinity);
  machine.setSkew(5 * MINUTE_MS);
  machine.disk.calm();
  await machine.timeline.passUntil(machine.timeline.nowMs() + 3 * DAY_MS, () => machine.isDead());
  // The statistics of a machine that is not started again have to do without these.
  for (const id of stage.town.people.slice(0, LAST_LEAVERS)) leave(stage, stage.book.of(id));
  for (let round = 0; round < 3; round += 1) {
    await untilDone(stage, (engine) => engine.recover());
    await untilDone(stage, () => maintain(stage));
    await machine.timeline.passUntil(machine.timeline.nowMs() + DAY_MS, () => machine.isDead());
  }
  note(await machine.learner().canonical());
  await reboot(stage);
  machine.crashAfter(Infinity);
  await untilDone(stage, (engine) => engine.recover());
  await untilDone(stage, (engine) => stage.checkSlowly((checker) => checker.ended?.(engine, stage.scene)));
  const bytes = Buffer.from(await machine.learner().canonical()).toString('base64');
  stage.tell(`end ${bytes} ${await machine.log.checkpoint()}`);
}
