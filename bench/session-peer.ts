/*
 * VS-kNN on a session data set, with its settings chosen on the same held-out tenth of the training file that
 * our own tuning uses.
 */
import { createVsKnn, sessionsByTime, type VsKnnSettings } from './peers/vs-knn.ts';
import { loadData } from '../src/surfaces/cli/evaluate/data.ts';
import { createMeter, type Figures } from '../src/surfaces/cli/evaluate/metrics.ts';
import { holdOutLatestSessions } from '../src/surfaces/cli/evaluate/split.ts';
import { type Histories, peopleIn, stepItems, stepsOf } from '../src/learn/histories.ts';

const GRID: readonly VsKnnSettings[] = [100, 500].flatMap((neighbours) =>
  [500, 2500].flatMap((recent) => [0, 1, 5].map((idfWeight) => ({ neighbours, recent, idfWeight }))),
);

type Question = { readonly person: number; readonly before: number };
type Predict = (clicks: readonly number[], k: number) => number[];

function judge(predict: Predict, asked: Histories, questions: readonly Question[], k: number): Figures {
  const meter = createMeter(k);
  for (const { person, before } of questions) {
    const clicks = Array.from({ length: before }, (_, step) => stepItems(asked, person, step)[0]!);
    const list = predict(clicks, k);
    meter.judge(list, list.length, stepItems(asked, person, before));
  }
  return meter.figures();
}

/** Figures of VS-kNN on the test file, and the settings that were chosen. */
export async function vsKnnFigures(
  train: string,
  test: string,
  k: number,
): Promise<{ figures: Figures; settings: VsKnnSettings }> {
  const data = await loadData({
    task: 'session',
    train,
    test,
    history: undefined,
    catalog: undefined,
    k,
    peopleMin: 1,
    seed: 1,
    json: true,
  });
  const heldOut = holdOutLatestSessions(data.train, data.lastMs, 1);
  const fitOrder = sessionsByTime(heldOut.fit, data.lastMs);
  let settings = GRID[0]!;
  let best = -1;
  for (const candidate of GRID) {
    const got = judge(createVsKnn(heldOut.fit, fitOrder, candidate), heldOut.asked, heldOut.questions, k);
    if (got.recall + got.mrr <= best) continue;
    best = got.recall + got.mrr;
    settings = candidate;
  }
  const questions: Question[] = [];
  for (let person = 0; person < peopleIn(data.test); person++) {
    for (let before = 1; before < stepsOf(data.test, person); before++) questions.push({ person, before });
  }
  const predict = createVsKnn(data.train, sessionsByTime(data.train, data.lastMs), settings);
  return { figures: judge(predict, data.test, questions, k), settings };
}
