/*
 * The peers of a task, in the same run and on the same files: settings chosen on the same held-out part of
 * the training file that our own search uses, figures from the test file.
 */
import type { QualityTask } from './tasks.ts';
import { implicitPeers } from '../peers/implicit.ts';
import { createTifuKnn, type TifuSettings } from '../peers/tifu-knn.ts';
import { createTopFreq } from '../peers/top-freq.ts';
import { createVmisKnn, type VmisKnnSettings } from '../peers/vmis-knn.ts';
import { createVsKnn, sessionsByTime, type VsKnnSettings } from '../peers/vs-knn.ts';
import type { EvaluationFiles } from '../data/convert.ts';
import { type EvaluationData, loadData } from '../../src/surfaces/cli/evaluate/data.ts';
import { createMeter, type Figures } from '../../src/surfaces/cli/evaluate/metrics.ts';
import { holdOutLastSteps, holdOutLatestSessions } from '../../src/surfaces/cli/evaluate/split.ts';
import { cutHistories, type Histories, peopleIn, stepItems, stepsOf } from '../../src/learn/histories.ts';

export interface PeerFigures {
  readonly name: string;
  readonly figures: Figures;
  readonly settings: unknown;
}

/** What comes at step `before` of a person, from the steps before it. */
interface Question {
  readonly person: number;
  readonly before: number;
}

/** The best k for what a person did before a step. */
type Predict = (histories: Histories, question: Question, k: number) => readonly number[];

const VS_GRID: readonly VsKnnSettings[] = [100, 500].flatMap((neighbours) =>
  [500, 2500].flatMap((recent) => [0, 1, 5].map((idfWeight) => ({ neighbours, recent, idfWeight }))),
);
const VMIS_GRID: readonly VmisKnnSettings[] = [100, 500].flatMap((neighbours) =>
  [500, 1000, 2500].flatMap((recent) =>
    [false, true].map((isIdfWeighted) => ({ neighbours, recent, isIdfWeighted })),
  ),
);
/** Around the settings that the authors give for Ta-Feng: 300, .9, .7, 7, .7. */
const TIFU_GRID: readonly TifuSettings[] = [100, 300, 900].flatMap((neighbours) =>
  [0.2, 0.5, 0.7, 0.9].map((own) => ({ neighbours, withinDecay: 0.9, groupDecay: 0.7, groups: 7, own })),
);

/** Empty where no peer runs here. */
export async function peersOf(
  { name, task, k }: QualityTask,
  files: EvaluationFiles,
): Promise<readonly PeerFigures[]> {
  if (name === 'gowalla') return implicitPeers(files, k);
  if (task !== 'session' && task !== 'basket') return [];
  const rest = { catalog: undefined, peopleMin: 1, seed: 1, json: true, report: undefined };
  const data = await loadData({ task, k, ...rest, ...files, history: files.history });
  return task === 'session' ? sessionPeers(data, k) : basketPeers(data, k, files.history !== undefined);
}

function sessionPeers(data: EvaluationData, k: number): readonly PeerFigures[] {
  const heldOut = holdOutLatestSessions(data.train, data.lastMs, 1);
  const fitOrder = sessionsByTime(heldOut.fit, data.lastMs);
  const order = sessionsByTime(data.train, data.lastMs);
  const questions = [...everyPerson(data.test)].flatMap((person) =>
    Array.from({ length: Math.max(0, stepsOf(data.test, person) - 1) }, (_, x) => ({
      person,
      before: x + 1,
    })),
  );
  const run = <S>(
    name: string,
    grid: readonly S[],
    create: (from: Histories, by: readonly number[], settings: S) => ReturnType<typeof createVsKnn>,
  ): PeerFigures => {
    const settings = bestOf(grid, (candidate) => {
      const predict = fromClicks(create(heldOut.fit, fitOrder, candidate));
      const { recall, mrr } = judge(predict, heldOut.asked, heldOut.questions, k);
      return recall + mrr;
    });
    const predict = fromClicks(create(data.train, order, settings));
    return { name, settings, figures: judge(predict, data.test, questions, k) };
  };
  return [run('VS-kNN', VS_GRID, createVsKnn), run('VMIS-kNN', VMIS_GRID, createVmisKnn)];
}

function basketPeers(data: EvaluationData, k: number, disjoint: boolean): readonly PeerFigures[] {
  const heldOut = holdOutLastSteps(data.train, { seed: 1, disjoint });
  const settings = bestOf(TIFU_GRID, (candidate) => {
    const peer = createTifuKnn(heldOut.fit, candidate);
    const { recall, ndcg } = judge(fromBaskets(peer), heldOut.asked, heldOut.questions, k);
    return recall + ndcg;
  });
  const asked = [...everyPerson(data.test)].filter((person) => stepsOf(data.test, person) > 0);
  const finalOf = (peer: ReturnType<typeof createTifuKnn>): Figures => {
    const meter = createMeter(k);
    for (const person of asked) {
      const list = peer(data.served, person, k);
      meter.judge(list, list.length, stepItems(data.test, person, 0));
    }
    return meter.figures();
  };
  return [
    { name: 'P-TopFreq', settings: {}, figures: finalOf(createTopFreq(undefined)) },
    { name: 'GP-TopFreq', settings: {}, figures: finalOf(createTopFreq(data.train)) },
    { name: 'TIFU-KNN', settings, figures: finalOf(createTifuKnn(data.train, settings)) },
  ];
}

function bestOf<S>(grid: readonly S[], judged: (candidate: S) => number): S {
  const scored = grid.map((candidate) => ({ candidate, value: judged(candidate) }));
  return scored.reduce((a, b) => (b.value > a.value ? b : a)).candidate;
}

function judge(predict: Predict, histories: Histories, questions: readonly Question[], k: number): Figures {
  const meter = createMeter(k);
  for (const question of questions) {
    const list = predict(histories, question, k);
    meter.judge(list, list.length, stepItems(histories, question.person, question.before));
  }
  return meter.figures();
}

function fromClicks(predict: ReturnType<typeof createVsKnn>): Predict {
  return (histories, { person, before }, k) =>
    predict(
      Array.from({ length: before }, (_, step) => stepItems(histories, person, step)[0]!),
      k,
    );
}

/** Held-out questions hide a person's last basket. */
function fromBaskets(predict: ReturnType<typeof createTifuKnn>): Predict {
  const cuts = new WeakMap<Histories, Histories>();
  return (histories, { person, before }, k) => {
    let cut = cuts.get(histories);
    if (cut === undefined) cuts.set(histories, (cut = withoutLastSteps(histories)));
    return predict(stepsOf(histories, person) === before + 1 ? cut : histories, person, k);
  };
}

function withoutLastSteps(histories: Histories): Histories {
  return cutHistories(histories, (person) => Math.max(0, stepsOf(histories, person) - 1));
}

function* everyPerson(histories: Histories): Generator<number> {
  for (let person = 0; person < peopleIn(histories); person++) yield person;
}
