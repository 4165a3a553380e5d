// Scoring alone, a warm decision, a cold decision. Each query is timed several times and its least time
// taken, because these machines are shared; quantiles are over distinct queries.

import { rowsOfFacts } from '../src/decide/rows.ts';
import { clean, createScratch, score } from '../src/decide/score.ts';
import type { PlacementId, PersonId } from '../src/facts/ids.ts';
import type { BenchWorld } from './world.ts';

const RUNS = 7;

export interface Spread {
  readonly p50Micros: number;
  readonly p99Micros: number;
}

export interface DecisionFigures {
  readonly queries: number;
  readonly scoring: Spread;
  readonly warm: Spread;
  readonly cold: Spread;
  /** The limit beside them: so many random additions into an array of the catalogue's size. */
  readonly scatterLimitMicros: number;
}

const HOME = 'home' as PlacementId;

export async function benchDecisions({ embedded, people }: BenchWorld): Promise<DecisionFigures> {
  const { engine } = embedded;
  const decide = (person: PersonId) =>
    engine.decide({
      person,
      placement: HOME,
      channel: 'web',
      limit: 10,
      context: [],
      signals: { gpc: false },
    });
  const scoring: number[] = [];
  const warm: number[] = [];
  const cold: number[] = [];
  const { shelf } = engine.core.shelves.current();
  const scratch = createScratch(shelf);
  for (const person of people) {
    const first = await decide(person);
    if (typeof first === 'string') throw new Error(first);
    const rows = rowsOfFacts(shelf, first.record.input.facts);
    scoring.push(
      least(() => {
        score(shelf, scratch, {
          rows,
          base: { prior: shelf.model.prior, popular: shelf.popular },
          withPopular: true,
        });
        clean(scratch);
      }),
    );
    warm.push(await leastOf(async () => decide(person)));
    await engine.flush();
    cold.push(
      await leastOf(
        async () => decide(person),
        async () => {
          await engine.flush();
          engine.core.people.forget(engine.core.people.keyOf(person));
        },
      ),
    );
    await engine.flush();
  }
  return {
    queries: people.length,
    scoring: spread(scoring),
    warm: spread(warm),
    cold: spread(cold),
    scatterLimitMicros: scatterLimit(),
  };
}

function least(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < RUNS; round += 1) {
    const start = process.hrtime.bigint();
    run();
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  return best / 1000;
}

async function leastOf(run: () => Promise<unknown>, before?: () => Promise<void>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < RUNS; round += 1) {
    if (before !== undefined) await before();
    const start = process.hrtime.bigint();
    await run();
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  return best / 1000;
}

function spread(micros: number[]): Spread {
  const sorted = micros.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50Micros: at(0.5), p99Micros: at(0.99) };
}

/** 3,000 random adds: 30 facts with 100 neighbours each cannot cost less. */
function scatterLimit(): number {
  const sums = new Float64Array(10_000);
  const targets = Uint32Array.from({ length: 3000 }, (_, n) => (n * 7919) % 10_000);
  return least(() => {
    for (const target of targets) sums[target] = (sums[target] ?? 0) + 0.5;
  });
}
