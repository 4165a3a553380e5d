// npm run bench -- quality [--only gowalla,beauty] [--people 1,3] [--parts rows,complements]: relevance on
// public data, beside what has been published and beside peers of the same run, with what is to be reached.
//
// Every task runs in a process of its own, so that memory and time are its own. Settings are chosen on the
// training file; the test file is read for the figures alone. `--people` is the least people behind a weight:
// 1 is for comparison with what is published, 3 is what is shipped.

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type PeerFigures, peersOf } from './peers.ts';
import { type Measure, type QualityTask, TASKS } from './tasks.ts';
import type { EvaluationFiles } from '../data/convert.ts';
import type { Report } from '../../src/surfaces/cli/evaluate/report.ts';
import { runEvaluate } from '../../src/surfaces/cli/evaluate/run.ts';

const PARTS = ['rows', 'complements'] as const;

/** What of the figures at 1 is kept at what is shipped, at least. */
const KEPT_MIN = 0.93;

if (process.argv[2] === 'one') {
  process.exitCode = await runEvaluate(process.argv.slice(3), {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
  });
} else {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      people: { type: 'string', default: '1,3' },
      parts: { type: 'string', default: PARTS.join(',') },
    },
  });
  process.exitCode = await main({
    only: values.only?.split(','),
    people: values.people.split(','),
    parts: values.parts.split(','),
  });
}

interface Asked {
  readonly only: readonly string[] | undefined;
  readonly people: readonly string[];
  readonly parts: readonly string[];
}

async function main({ only, people, parts }: Asked): Promise<number> {
  const unknown = [
    ...(only ?? []).filter((name) => TASKS.every((task) => task.name !== name)),
    ...parts.filter((name) => PARTS.every((part) => part !== name)),
  ];
  if (unknown.length > 0) {
    print(`there is no ${unknown.join(', ')}; tasks: ${TASKS.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const [one] = cpus();
  print(`${cpus().length} × ${one?.model ?? 'unknown'}, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
  print('value [95 % of the bootstrap over people]; ✓ reached, ✗ not reached');
  if (parts.includes('rows')) await rows(only, people);
  if (parts.includes('complements') && only === undefined) {
    const script = join(import.meta.dirname, '..', 'complements', 'main.ts');
    return (
      spawnSync(process.execPath, [script, '--people', people.join(',')], { stdio: 'inherit' }).status ?? 1
    );
  }
  return 0;
}

async function rows(only: readonly string[] | undefined, people: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fineline-quality-'));
  try {
    for (const task of TASKS) {
      if (only !== undefined && !only.includes(task.name)) continue;
      const files = task.convert(folder);
      const peers = await peersOf(task, files);
      const reports: Report[] = [];
      for (const peopleMin of people) {
        const report = await evaluated(task, files, peopleMin);
        reports.push(report);
        printReport(task, report, peers);
      }
      printKept(task, reports);
      for (const peer of peers) printPeer(task, peer);
      if (task.published !== '') print(`${' '.repeat(12)}${task.published}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function evaluated(task: QualityTask, files: EvaluationFiles, peopleMin: string): Promise<Report> {
  const history = files.history === undefined ? [] : ['--history', files.history];
  const catalog = files.catalog === undefined ? [] : ['--catalog', files.catalog];
  const where = ['--train', files.train, '--test', files.test, ...history, ...catalog];
  const how = ['--k', String(task.k), '--min-people', peopleMin, '--json'];
  const argv = [import.meta.filename, 'one', '--task', task.task, ...where, ...how];
  // As `fineline` starts it where the machine's own Node is older.
  const env = { MALLOC_ARENA_MAX: '1', ...process.env };
  const { stdout } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 2 ** 24, env });
  // Our own process wrote this line a moment ago.
  return JSON.parse(stdout) as Report;
}

function printReport(task: QualityTask, report: Report, peers: readonly PeerFigures[]): void {
  const figures = task.measures.map((measure, at) => {
    const [low, high] = report.intervals[measure];
    const goal = goalOf(task, at, peers);
    const mark = goal === 0 ? '' : report[measure] >= goal ? ' ✓' : ` ✗ (${short(goal)})`;
    return `${measure} ${short(report[measure])} [${short(low)}–${short(high)}]${mark}`;
  });
  print(`${task.name.padEnd(11)} k=${report.k} min people ${report.minPeople}: ${figures.join('  ')}`);
  const { learnSeconds, peakMemoryMiB, decisionMicrosP50, decisionMicrosP99, repeat, explore } = report;
  const limits = task.limits;
  const within = (value: number, most: number | undefined): string =>
    most === undefined ? '' : value <= most ? ' ✓' : ` ✗ (${most})`;
  const seconds = `learn ${learnSeconds.toFixed(1)} s${within(learnSeconds, limits?.learnSeconds)}`;
  const memory = `${peakMemoryMiB.toFixed(0)} MiB${within(peakMemoryMiB, limits?.peakMemoryMiB)}`;
  print(`${' '.repeat(12)}${seconds}  ${memory}  list p50 ${decisionMicrosP50} p99 ${decisionMicrosP99} µs`);
  if (repeat !== undefined && explore !== undefined)
    print(`${' '.repeat(12)}recall of habits ${short(repeat.recall)}, of news ${short(explore.recall)}`);
  print(`${' '.repeat(12)}${JSON.stringify(report.model)}`);
}

function goalOf({ goal, measures }: QualityTask, at: number, peers: readonly PeerFigures[]): number {
  if ('least' in goal) return goal.least[at] ?? 0;
  const best = Math.max(0, ...peers.map(({ figures }) => figures[measures[at]!]));
  return (goal.peers[at] ?? 0) * best;
}

/** What the least number of people costs. */
function printKept({ measures }: QualityTask, reports: readonly Report[]): void {
  const plain = reports.find(({ minPeople }) => minPeople === 1);
  for (const report of reports) {
    if (plain === undefined || report === plain) continue;
    const kept = (measure: Measure): string => {
      const share = plain[measure] === 0 ? 1 : report[measure] / plain[measure];
      return `${(100 * share).toFixed(1)} %${share >= KEPT_MIN ? ' ✓' : ' ✗ (93 %)'}`;
    };
    print(`${' '.repeat(12)}kept at min people ${report.minPeople}: ${measures.map(kept).join(', ')}`);
  }
}

function printPeer({ measures }: QualityTask, { name, figures, settings }: PeerFigures): void {
  const values = measures.map((measure) => short(figures[measure])).join('/');
  print(`${' '.repeat(12)}${name} (same run) ${values} ${JSON.stringify(settings)}`);
}

function short(value: number): string {
  return value.toFixed(4).replace(/^0/, '');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
