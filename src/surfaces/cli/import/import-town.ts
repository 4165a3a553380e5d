// The town goes in like a file: its catalogue through the CSV reader, its lines through the intake, its
// people with the answers they gave themselves. Nothing is declared for anybody.

import type { Engine } from '../../../engine/engine.ts';
import { DAY_MS } from '../../../kernel/time.ts';
import type { Interrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { createSample } from '../demo-person.ts';
import { createProgress } from '../progress.ts';
import { importCatalogue } from './catalogue.ts';
import { createDeclarer } from './declare.ts';
import { importEvents } from './events.ts';
import type { Imported } from './import.ts';
import { TOWN_ID, beginPlan } from './plan.ts';
import { registerClaim } from './sources.ts';
import { createTally } from './tally.ts';
import { registerTownNotices } from './town-notices.ts';
import { townInput } from './town.ts';

/** Drawn people; the named ones come on top. */
export const TOWN_PEOPLE = 2000;

export interface TownImport {
  readonly people: number;
  readonly io: Io;
  readonly interrupt: Interrupt;
  readonly howToGoOn: string;
}

export async function importTown(
  engine: Engine,
  { people, io, interrupt, howToGoOn }: TownImport,
): Promise<Imported> {
  const tally = createTally();
  const nowMs = engine.core.world.clock.nowMs();
  // Its history ends at midnight of the day it was first made, also when an interrupted import goes on
  // tomorrow.
  const plan = await beginPlan(engine, { id: TOWN_ID, label: 'the town', startedMs: nowMs, shiftsMs: {} });
  const town = townInput({ endMs: Math.floor(plan.startedMs / DAY_MS) * DAY_MS, people });
  await registerTownNotices(engine);
  const sources = [];
  for (const { id, channel, noticeId, description } of town.sources) {
    sources.push(await registerClaim(engine, { id, channel, basis: 'consent', noticeId, description }));
  }
  await importCatalogue(engine, { pieces: [town.catalogue], name: 'the catalogue of the town', tally });
  const progress = createProgress(io, { label: 'Importing', unit: 'lines', total: town.lines.length });
  const notice = { id: 'none', language: 'und' };
  const declarer = createDeclarer(engine, { notice, categories: [], purposes: [] }, tally);
  const sample = createSample();
  const lines = (): typeof town.lines => town.lines;
  try {
    const work = { lines, strict: false, declarer, sample, tally, interrupt, howToGoOn };
    await importEvents(engine, work, progress);
  } finally {
    progress.end();
  }
  return { tally, plan, sources, people: sample.people, stopped: false };
}
