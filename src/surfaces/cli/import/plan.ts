// An import is planned once and continued by that plan: where the data's time is put must be the same when an
// interrupted import goes on a day later. That it was completed is written last, after the last event is
// durable.

import { basename } from 'node:path';
import { utf8, utf8Text } from '../../../kernel/bytes.ts';
import { DAY_MS, isoInstant } from '../../../kernel/time.ts';
import type { Engine } from '../../../engine/engine.ts';
import type { Input } from './inputs.ts';

export interface Plan {
  /** Names the data, not where they lie: the same file in another folder is the same import. */
  readonly id: string;
  readonly label: string;
  readonly startedMs: number;
  /** Milliseconds added to every time, by input; whole weeks. */
  readonly shiftsMs: Readonly<Record<string, number>>;
}

const PLANS = 'import';
const DONE = 'import-done';

/** The shop without data of its own. */
export const TOWN_ID = 'town';

export function planId(path: string, inputs: readonly Input[]): string {
  const sizes = inputs.map(({ name, bytes }) => `${name}:${bytes}`).join(' ');
  return `${basename(path)} ${sizes}`;
}

/** The plan of an earlier start of this import, or `fresh`, which is then kept. */
export async function beginPlan(engine: Engine, fresh: Plan): Promise<Plan> {
  const { documents, clock } = engine.core.world;
  const there = await documents.get(PLANS, fresh.id);
  if (there !== undefined) return JSON.parse(utf8Text(there)) as Plan;
  await documents.put(PLANS, fresh.id, utf8(JSON.stringify(fresh)), clock.nowMs());
  return fresh;
}

export async function finishPlan(engine: Engine, plan: Plan): Promise<void> {
  if (await isDone(engine, plan.id)) return;
  const { documents, clock } = engine.core.world;
  const nowMs = clock.nowMs();
  const done = { label: plan.label, finished: isoInstant(nowMs) };
  await documents.put(DONE, plan.id, utf8(JSON.stringify(done)), nowMs);
}

export async function isDone(engine: Engine, id: string): Promise<boolean> {
  return (await engine.core.world.documents.get(DONE, id)) !== undefined;
}

export interface PlanState {
  readonly id: string;
  readonly label: string;
  readonly done: boolean;
  readonly startedMs: number;
}

/** Every import this home has seen. */
export async function plansOf(engine: Engine): Promise<readonly PlanState[]> {
  const { documents } = engine.core.world;
  const done = new Set((await documents.list(DONE)).map(({ id }) => id));
  const states: PlanState[] = [];
  for (const { id, timeMs } of await documents.list(PLANS)) {
    const bytes = await documents.get(PLANS, id);
    const label = bytes === undefined ? id : (JSON.parse(utf8Text(bytes)) as Plan).label;
    states.push({ id, label, done: done.has(id), startedMs: timeMs });
  }
  return states;
}

const WEEK_MS = 7 * DAY_MS;
/** Data that ended longer ago than this are research data: a profile of them would be empty. */
const OLD_DAYS = 90;

/** Whole weeks, so that Mondays stay Mondays; the newest line then lies within the last seven days. */
export function shiftToNow(newestMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - newestMs) / WEEK_MS)) * WEEK_MS;
}

export function isOld(newestMs: number, nowMs: number): boolean {
  return nowMs - newestMs > OLD_DAYS * DAY_MS;
}
