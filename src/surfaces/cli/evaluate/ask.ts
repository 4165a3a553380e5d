/*
 * Asks every question of a protocol and judges the lists; beside them, on the same questions, what is popular
 * and nothing else: a model that is not better than that has learned nothing.
 */
import type { EvaluationData } from './data.ts';
import { createMeter, quantile } from './metrics.ts';
import type { EvaluateOptions } from './options.ts';
import { createPeopleScores } from './people-scores.ts';
import type { Learned } from './protocols.ts';
import { createRepeats } from './repeats.ts';
import { type Report, roundedFigures, rounded } from './report.ts';
import { createScorer, type LinearModel } from '../../../learn/score.ts';

/** Everything of the report but the time to learn. `asked` is called with the number of questions so far. */
export function ask(
  data: EvaluationData,
  options: EvaluateOptions,
  { learned, asked }: { readonly learned: Learned; readonly asked: (count: number) => void },
): Omit<Report, 'learnSeconds'> {
  const { task, k, peopleMin, seed } = options;
  const { model, chosen, questions } = learned;
  const scorer = createScorer(data.itemCount);
  const meter = createMeter(k);
  const popular = createMeter(k);
  const repeats = createRepeats();
  const scores = createPeopleScores();
  const micros: number[] = [];
  const shown = new Set<number>();
  const people = new Set<number>();
  let peopleUnseen = 0;
  for (const { person, occasion, targets, known } of questions) {
    const startedMs = performance.now();
    const now = occasion();
    const ranking = scorer(model, now, k);
    micros.push((performance.now() - startedMs) * 1000);
    if (!people.has(person) && now.facts.length === 0) peopleUnseen++;
    people.add(person);
    for (let x = 0; x < ranking.count; x++) shown.add(ranking.items[x]!);
    scores.add(person, meter.judge(ranking.items, ranking.count, targets));
    if (known !== undefined) repeats.judge(ranking.items, ranking.count, targets, known());
    const plain = scorer(popularityAlone(model), now, k);
    popular.judge(plain.items, plain.count, targets);
    asked(meter.lists());
  }
  const sorted = Float64Array.from(micros);
  return {
    task,
    k,
    people: people.size,
    items: data.catalogueCount,
    interactions: data.interactions,
    ...roundedFigures(meter.figures()),
    coverage: rounded(shown.size / data.catalogueCount),
    decisionMicrosP50: rounded(quantile(sorted, 0.5), 1),
    decisionMicrosP99: rounded(quantile(sorted, 0.99), 1),
    peakMemoryMiB: rounded(process.resourceUsage().maxRSS / 1024, 1),
    minPeople: peopleMin,
    seed,
    model: chosen,
    predictions: meter.lists(),
    peopleUnseen,
    intervals: scores.intervals(seed),
    recallAt: meter.recallAt().map((recall) => rounded(recall)),
    popular: { ...roundedFigures(popular.figures()), recallAt: popular.recallAt().map((r) => rounded(r)) },
    ...(task === 'basket' ? repeats.figures() : {}),
  };
}

function popularityAlone({ popularity }: LinearModel): LinearModel {
  return { parts: [], ownWeight: 0, popularity, popularityWeight: 1 };
}
