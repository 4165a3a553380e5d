// What a page, a person and an owner ask: a decision, access, everything as a file, a change of stock.

import type { DecideRequest } from '../../src/engine/deciding.ts';
import { plainItem, slot } from '../../src/engine/intake.ts';
import { isFault } from '../../src/kernel/fault.ts';
import { placementId } from '../support/house.ts';
import type { Life, Where } from './book.ts';
import type { SeenDecision } from './checker.ts';
import { draw } from './draw.ts';
import { PURPOSE_OF, type PlacementName } from './settings.ts';
import { personOf } from './speaking.ts';
import type { Stage } from './stage.ts';

export async function decide(
  stage: Stage,
  life: Life,
  where: { readonly place: Where; readonly gpc: boolean },
): Promise<void> {
  const engine = stage.machine.engine();
  if (engine === undefined) return;
  const { random, sabotage, scene } = stage;
  const placement = draw(random, ['home', 'home', 'again', 'next', 'product', 'email'] as const);
  const request: DecideRequest = {
    person: personOf(life),
    placement: placementId(placement),
    channel: placement === 'email' ? 'email' : 'web',
    limit: 1 + random.below(6),
    context: contextOf(stage, placement),
    place: where.place,
    signals: { gpc: where.gpc },
  };
  const decided = await engine.decide(request);
  if (typeof decided === 'string') throw new Error(`a placement was refused: ${decided}`);
  const { decision, items, nothing } = slot(decided.decision, decided.result);
  const page = { decision, items: items.map(plainItem), ...(nothing === undefined ? {} : { nothing }) };
  const text = JSON.stringify(page);
  const answer = sabotage.answer?.(text) ?? text;
  const asking = { purpose: PURPOSE_OF[placement], ...where, nowMs: decided.record.input.timeMs };
  const seen: SeenDecision = { life, placement, asking, decided, answer, engine };
  const shown = decided.result.items.map(({ item }) => item).join();
  stage.tell(`decide ${life.id} ${placement} ${decided.record.reads.length} ${shown}`);
  if (decided.record.reads.length > 0) stage.tell(`open ${decision}`);
  stage.check((checker) => checker.decided?.(seen, scene));
  await decided.receipt();
  stage.check((checker) => checker.acknowledged?.(seen, scene));
}

/** What lies in front of them: one thing, or what they looked at, to and fro. */
function contextOf({ random, town }: Stage, placement: PlacementName): DecideRequest['context'] {
  if (placement === 'product') return [draw(random, town.items.slice(0, 30)).id];
  if (placement !== 'next') return [];
  return Array.from({ length: random.below(4) }, () => draw(random, town.items.slice(0, 12)).id);
}

export async function access(stage: Stage, life: Life): Promise<void> {
  const engine = stage.machine.engine();
  if (engine === undefined) return;
  const told =
    stage.random.below(3) === 0 ? await engine.export(personOf(life)) : await engine.describe(personOf(life));
  stage.tell(`access ${life.id} ${typeof told === 'string' ? told : JSON.stringify(told).length}`);
}

/** Something is sold out, or back. */
export async function restock(stage: Stage): Promise<void> {
  const engine = stage.machine.engine();
  if (engine === undefined) return;
  const { id } = draw(stage.random, stage.town.items.slice(0, 40));
  const item = engine.items().get(id);
  if (item === undefined) return;
  const revision = await engine.putItems([{ ...item, available: !item.available }]);
  stage.tell(`stock ${id} ${revision}`);
}

/** Whatever is asked may fail with the disk; anything else is a bug. */
export function asked(stage: Stage, work: Promise<void>): void {
  work.catch((error: unknown) => {
    if (isFault(error)) stage.tell(`failed ${error.code}`);
    else stage.broke(error);
  });
}
