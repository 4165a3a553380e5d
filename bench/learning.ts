// From journals to a model: counting everybody again after a start, and fitting, in the worker, while serving
// goes on.

import type { BenchWorld } from './world.ts';

export interface LearningFigures {
  readonly people: number;
  readonly pairs: number;
  readonly recountSeconds: number;
  readonly fitSeconds: number;
}

export async function benchLearning({ embedded, people }: BenchWorld): Promise<LearningFigures> {
  const { engine } = embedded;
  const recountSeconds = await seconds(() => engine.recover());
  const fitSeconds = await seconds(() => engine.learn());
  const pairs = engine.core.shelves.current().shelf.model.targets.length;
  return { people: people.length, pairs, recountSeconds, fitSeconds };
}

async function seconds(run: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await run();
  return Number(process.hrtime.bigint() - start) / 1e9;
}
