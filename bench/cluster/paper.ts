// npm run bench -- capacity [--decisionsPerPersonDay 2 …]: rewrites the tables of docs/capacity.md from
// bench/cluster/measured.json, which `npm run bench -- cluster --json bench/cluster/measured.json` makes.
// With assumptions of your own it prints them instead.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASSUMED, type Assumed, assumedFrom } from './assumed.ts';
import { aboveRest } from './standing.ts';
import { type Costs, costsOf, limitsOf, type Measured } from './costs.ts';

const PEOPLE = [1e4, 1e6, 1e7, 1e8, 1e9];
const DAY_SECONDS = 86_400;

const measured = JSON.parse(readFileSync(join(import.meta.dirname, 'measured.json'), 'utf8')) as Measured;
const words = process.argv.slice(2);
const assumed = assumedFrom(words);
const text = [measuredTable(measured), assumedTable(assumed), costTable(), paperTable()].join('\n\n');
if (words.length > 0) console.log(text);
else {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'capacity.md');
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split('<!-- capacity:start -->\n');
  const [, after = ''] = rest.split('<!-- capacity:end -->');
  writeFileSync(file, `${before}<!-- capacity:start -->\n\n${text}\n\n<!-- capacity:end -->${after}`);
}
process.exit(0);

/** A row of a table. */
function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell)).join(' | ')} |`;
}

function measuredTable({ decisions, events, rest, pointRead, when, load }: Measured): string {
  const said = `Seen on ${when}, two shared cores, load ${load.toFixed(0)}: milliseconds of processor time`;
  const ratios = (three: readonly number[]): string => three.map((one) => one.toFixed(2)).join(' · ');
  return [
    `${said}, medians of rounds by turns.`,
    '',
    row(
      '1,000 decisions',
      'nodes',
      'of it above rest',
      'PostgreSQL',
      'NATS',
      'nodes to embedded: median, middle half',
      'to one node',
    ),
    row('---', '---', '---', '---', '---', '---', '---'),
    ...decisions.map((one) =>
      row(
        ...[one.name, one.nodes, aboveRest(one, rest), one.postgres, one.nats],
        ratios(one.toEmbedded),
        ratios(one.toOneNode),
      ),
    ),
    '',
    row('1,000 events', 'nodes', 'PostgreSQL', 'NATS', 'confirmed a second'),
    row('---', '---', '---', '---', '---'),
    ...events.rows.map((one) => row(one.name, one.nodes, one.postgres, one.nats, one.perSecond)),
    '',
    row('beside them', 'nodes, or the client', 'PostgreSQL', 'NATS'),
    row('---', '---', '---', '---'),
    row('1,000 bare prepared reads by key', pointRead.client, pointRead.postgres, ''),
    row('a second in which nobody asks: each node, all servers', rest.node, rest.postgres, rest.nats),
  ].join('\n');
}

function assumedTable(now: Assumed): string {
  const rows = (Object.keys(ASSUMED) as (keyof Assumed)[]).map(
    (name) => `| \`${name}\` | ${number(now[name])} | ${ASSUMED[name].says} |`,
  );
  return ['| assumption | value | what it is |', '| --- | --- | --- |', ...rows].join('\n');
}

function costTable(): string {
  const costs = costsOf(measured);
  const money = (cpuSeconds: number, bytes: number): string =>
    ((cpuSeconds / 3600) * assumed.coreHourPrice + (bytes / 1e9) * assumed.gigabyteMonthPrice).toFixed(2);
  const cost = (name: string, cpu: number, bytes: number): string =>
    row(name, number(cpu), number(bytes / 1e9), money(cpu, bytes));
  return [
    '| a million | core seconds | GB in the databases, one copy | price, bytes for a month |',
    '| --- | --- | --- | --- |',
    cost('decisions', costs.decisionSeconds * 1e6, costs.decisionBytes * 1e6),
    cost('events', costs.eventSeconds * 1e6, costs.eventBytes * 1e6),
    cost('people, who do nothing', 0, (costs.personBytes + assumed.factsBytesPerPerson) * 1e6),
  ].join('\n');
}

function paperTable(): string {
  const costs = costsOf(measured);
  const rows = PEOPLE.map((people) => {
    const { decisions, events, nodeCores, serverCores, natsCores, bytes } = needsOf(people, costs);
    const [first] = limitsOf(costs, assumed)
      .filter(({ people: upTo }) => upTo >= people)
      .toSorted((a, b) => a.people - b.people);
    const passed = limitsOf(costs, assumed).filter(({ people: upTo }) => upTo < people);
    const cores = [nodeCores, serverCores, natsCores].map((x) => number(x)).join(' · ');
    const behind = passed.map(({ name, instead }) => `${name}: ${instead}`).join('; ');
    const next = first === undefined ? 'none known' : `${first.name}, at ${number(first.people)} people`;
    const asked = `${number(decisions)} · ${number(events)}`;
    return row(number(people), asked, cores, number(bytes / 1e9), behind === '' ? '–' : behind, next);
  });
  return [
    row(
      'people',
      'decisions · events a second at the peak',
      'cores: nodes · PostgreSQL · NATS',
      'GB, all copies',
      'passed, and what is done then',
      'first bottleneck to come',
    ),
    row('---', '---', '---', '---', '---', '---'),
    ...rows,
  ].join('\n');
}

interface Needs {
  readonly decisions: number;
  readonly events: number;
  readonly nodeCores: number;
  readonly serverCores: number;
  readonly natsCores: number;
  readonly bytes: number;
}

function needsOf(people: number, costs: Costs): Needs {
  const atPeak = (perPersonDay: number): number => (people * perPersonDay * assumed.peakToMean) / DAY_SECONDS;
  const decisions = atPeak(assumed.decisionsPerPersonDay);
  const events = atPeak(assumed.eventsPerPersonDay);
  const cores = (perDecision: number, perEvent: number): number =>
    (decisions * perDecision + events * perEvent) / assumed.busyShareMax;
  const kept =
    costs.personBytes +
    assumed.factsBytesPerPerson +
    assumed.eventsPerPersonDay * assumed.eventDaysKept * costs.eventBytes +
    assumed.decisionsPerPersonDay * assumed.decisionDaysKept * costs.decisionBytes +
    assumed.activeSharePerDay * 365 * costs.leafBytes;
  return {
    decisions,
    events,
    nodeCores: cores(costs.decisionNode, costs.eventNode),
    serverCores: cores(costs.decisionPostgres, costs.eventPostgres),
    natsCores: cores(0, costs.eventNats),
    bytes: people * kept * assumed.databaseCopies,
  };
}

/** Two figures that count. */
function number(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 1 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toPrecision(2));
  return rounded.toLocaleString('en', { maximumFractionDigits: digits });
}
