/*
 * `fineline evaluate`: reads, learns, asks, measures, prints.
 */
import { type EvaluationData, loadData } from './data.ts';
import { HELP } from './help.ts';
import { createMeter, quantile } from './metrics.ts';
import { type EvaluateOptions, parseOptions } from './options.ts';
import { type Learned, PROTOCOLS } from './protocols.ts';
import { type Report, reportTable } from './report.ts';
import { isFault } from '../../../kernel/fault.ts';
import { createScorer } from '../../../learn/score.ts';

/** Where the command writes; progress goes to stderr only when that is a terminal. */
export type EvaluateIo = {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
};

/** Runs the command and answers the exit code: 0 done, 1 unusable file, 2 bad usage. */
export async function runEvaluate(argv: readonly string[], io: EvaluateIo): Promise<number> {
  const options = parseOptions(argv);
  if (!options.ok) {
    io.stderr(`fineline evaluate: ${options.error}\n`);
    return 2;
  }
  if (options.value === 'help') {
    io.stdout(HELP);
    return 0;
  }
  try {
    const report = await evaluate(options.value, progressTo(io));
    io.stdout(options.value.json ? `${JSON.stringify(report)}\n` : reportTable(report));
    return 0;
  } catch (error) {
    if (!isFault(error, 'bad-file')) throw error;
    io.stderr(`fineline evaluate: ${error.message}\n`);
    return 1;
  }
}

function progressTo(io: EvaluateIo): (text: string) => void {
  return process.stderr.isTTY ? (text) => io.stderr(`${text}\n`) : () => undefined;
}

async function evaluate(options: EvaluateOptions, progress: (text: string) => void): Promise<Report> {
  progress('reading');
  const data = await loadData(options);
  progress(`learning from ${data.interactions} interactions`);
  const startedMs = performance.now();
  const learned = PROTOCOLS[options.task](data, options);
  const learnSeconds = (performance.now() - startedMs) / 1000;
  progress('asking');
  return { ...ask(data, options, learned), learnSeconds: rounded(learnSeconds, 3) };
}

function ask(data: EvaluationData, options: EvaluateOptions, { model, chosen, questions }: Learned): Report {
  const { task, k, peopleMin, seed } = options;
  const scorer = createScorer(data.itemCount);
  const meter = createMeter(k);
  const micros: number[] = [];
  const shown = new Set<number>();
  const people = new Set<number>();
  let peopleUnseen = 0;
  for (const { person, occasion, targets } of questions) {
    const startedMs = performance.now();
    const asked = occasion();
    const ranking = scorer(model, asked, k);
    micros.push((performance.now() - startedMs) * 1000);
    if (!people.has(person) && asked.facts.length === 0) peopleUnseen++;
    people.add(person);
    for (let x = 0; x < ranking.count; x++) shown.add(ranking.items[x]!);
    meter.judge(ranking.items, ranking.count, targets);
  }
  const figures = meter.figures();
  return {
    task,
    k,
    people: people.size,
    items: data.catalogueCount,
    interactions: data.interactions,
    recall: rounded(figures.recall, 6),
    ndcg: rounded(figures.ndcg, 6),
    mrr: rounded(figures.mrr, 6),
    hitRate: rounded(figures.hitRate, 6),
    coverage: rounded(shown.size / data.catalogueCount, 6),
    learnSeconds: 0,
    decisionMicrosP50: rounded(quantile(Float64Array.from(micros), 0.5), 1),
    decisionMicrosP99: rounded(quantile(Float64Array.from(micros), 0.99), 1),
    peakMemoryMiB: rounded(process.resourceUsage().maxRSS / 1024, 1),
    minPeople: peopleMin,
    seed,
    model: chosen,
    predictions: meter.lists(),
    peopleUnseen,
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
