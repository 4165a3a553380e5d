// From a question to a release: asked whether there is room, then everybody who allows it is counted through
// the door, then noise, then it is kept and on its way to the log, and only then told.

import { DEFAULT_BUDGET } from '../facts/budget.ts';
import type { ItemId } from '../facts/ids.ts';
import { type Problem, problem } from '../facts/parse.ts';
import { type Asked, periodOf } from '../facts/question.ts';
import { isRefusal } from '../facts/refusal.ts';
import type { KeptRelease } from '../facts/release.ts';
import { seededRandom } from '../kernel/random.ts';
import { utcDay } from '../kernel/time.ts';
import { type PeopleCount, createPeopleCount, tableOf } from '../measure/publish/count.ts';
import { roomFor } from '../measure/publish/ledger.ts';
import { publish } from '../measure/publish/publish.ts';
import type { Core } from './core.ts';
import { SLICE_PEOPLE, pause } from './learning.ts';
import { assertDuty } from './others.ts';
import type { PersonKey } from './ports.ts';
import { handOver, keepPublic } from './releases.ts';
import { askedNow, openView } from './viewing.ts';

/** Rows of one table: what a person would look through, and a release stays under 200 KB. */
const ROWS_MAX = 1000;

export type Published =
  | { readonly kind: 'released'; readonly kept: KeptRelease; readonly isNew: boolean }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'spent' | 'ledger-damaged'; readonly detail: string };

const DAMAGED =
  'Part of the ledger cannot be read or could not be written, so nobody knows what was spent. Start ' +
  'again; if it is still so, restore the data.';

export function publishAnswer(core: Core, asked: Asked): Promise<Published> {
  return core.releases.queue(() => answerInTurn(core, asked));
}

async function answerInTurn(core: Core, asked: Asked): Promise<Published> {
  const { releases, policy, world, config } = core;
  const { budget = DEFAULT_BUDGET } = policy;
  const nowMs = world.clock.nowMs();
  if (!releases.isWhole) return { kind: 'ledger-damaged', detail: DAMAGED };
  const room = roomFor(asked, { ledger: releases.ledger, budget, nowMs });
  if (room.kind === 'known') {
    await handOver(world, room.kept.release);
    return { kind: 'released', kept: room.kept, isNew: false };
  }
  const { question } = asked;
  const isOrdinary = (id: ItemId): boolean => core.shelves.sensitiveOf(id) === undefined;
  const table = tableOf(question, core.shelves.items(), isOrdinary);
  const problems = problemsOf(core, asked, { rows: table.rows.length, things: table.rowOf.size });
  if (problems.length > 0) return { kind: 'invalid', problems };
  if (room.kind === 'spent') return { kind: 'spent', detail: room.detail };
  const count = createPeopleCount(question, table);
  await countEverybody(core, asked, count);
  const release = publish(asked, count.counts(), {
    controller: config.controller,
    nowMs,
    year: room.year,
    peopleMin: Math.max(budget.peopleMin, policy.minPeople),
    random: () => seededRandom(world.entropy.bytes(32)),
  });
  await assertDuty(core, 'learn');
  return { kind: 'released', kept: await keepPublic(world, releases, release), isNew: true };
}

/** What of a question the shop as it is cannot answer. By things and days alone. */
function problemsOf(
  { world, policy, shelves }: Core,
  { question }: Asked,
  { rows, things }: { readonly rows: number; readonly things: number },
): readonly Problem[] {
  const problems: Problem[] = [];
  const nowMs = world.clock.nowMs();
  if (periodOf(question).toMs > nowMs) {
    const remedy = 'Ask when the period is over: an answer is for good.';
    problems.push(problem('to', `a day before ${utcDay(nowMs)}`, remedy));
  }
  const { purposes } = policy;
  if (purposes !== undefined && purposes[question.purpose]?.includes('purchases') !== true) {
    const remedy = `Add “${question.purpose}: [purchases]” to purposes in the policy, or name the other one.`;
    problems.push(problem('purpose', 'a purpose for which the policy reads purchases', remedy));
  }
  const ordinary = 'things of the catalogue that are of no sensitive class and betray none';
  for (const [at, id] of question.items.entries()) {
    if (shelves.items().has(id) && shelves.sensitiveOf(id) === undefined) continue;
    problems.push(problem(`items/${at}`, ordinary, 'Take it out: nothing is told about others.'));
  }
  if (things === 0 && question.items.length === 0)
    problems.push(problem('path', ordinary, 'Name a beginning of the paths of such things.'));
  if (rows > ROWS_MAX)
    problems.push(problem('path', `at most ${ROWS_MAX} rows, got ${rows}`, 'Name a narrower path.'));
  return problems;
}

async function countEverybody(core: Core, { question }: Asked, count: PeopleCount): Promise<void> {
  let after: PersonKey | undefined;
  for (;;) {
    const keys = await core.world.people.people(after, 200);
    if (keys.length === 0) return;
    for (const [at, key] of keys.entries()) {
      if (at % SLICE_PEOPLE === 0) await pause(core);
      const person = core.nobody.keys.has(key) ? undefined : await core.people.byKey(key);
      if (person === undefined || person === 'erased' || person.leaving || person.unreadable) continue;
      const opening = { purpose: question.purpose, asked: askedNow(core) };
      const view = openView(core, { person, joined: [] }, opening);
      if (!isRefusal(view)) count.add(view);
    }
    after = keys.at(-1);
  }
}
