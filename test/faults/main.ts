// npm run bench -- faults [--rounds 100] [--seed 1] [--from 0 | --round R] [--nodes 3] [--net
// auto|namespaces|proxies] [--broken NAME] [--json FILE] [--keep] [--verbose]: rounds of faults under load on
// real processes. Ends with 0 when nothing that must never be was found.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { COUNTED, WRONGS } from './book.ts';
import { APART, mayHaveNamespaces } from './namespaces.ts';
import { HEAD, lineOf, totalText, totalsOf } from './report.ts';
import { type RoundReport, isGood, runRound } from './round.ts';
import { openWorld } from './world.ts';

/** Says that this process is the one inside. */
const INSIDE = 'FINELINE_FAULTS_APART';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    round: { type: 'string' },
    nodes: { type: 'string', default: '3' },
    net: { type: 'string', default: 'auto' },
    broken: { type: 'string' },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (process.env[INSIDE] === undefined && values.net !== 'proxies') {
  if (mayHaveNamespaces()) process.exit(inside());
  if (values.net === 'namespaces')
    throw new Error(
      'Network namespaces need root, unshare (util-linux) and ip (iproute2). Or take --net proxies.',
    );
  print('Network namespaces are not permitted here: proxies stand between nodes and database,');
  print('and no disk is filled.');
}
process.exit(await main());

/** Its exit code. */
function inside(): number {
  // It dies with this process, and all that is inside dies with it.
  const words = [
    '--pdeathsig',
    'KILL',
    'unshare',
    ...APART,
    process.execPath,
    import.meta.filename,
    ...process.argv.slice(2),
  ];
  const env = { ...process.env, [INSIDE]: '1' };
  return spawnSync('setpriv', words, { stdio: 'inherit', env }).status ?? 1;
}

async function main(): Promise<number> {
  const seed = Number(values.seed);
  const first = Number(values.round ?? values.from);
  const last = values.round === undefined ? first + Number(values.rounds) - 1 : first;
  const world = await openWorld({ nodes: Number(values.nodes), apart: process.env[INSIDE] !== undefined });
  const reports: RoundReport[] = [];
  const beganMs = performance.now();
  const say = (words: string): void => {
    if (values.verbose) print(`${((performance.now() - beganMs) / 1000).toFixed(1).padStart(7)} s  ${words}`);
  };
  const report = (): string => {
    const totals = totalsOf(reports, { counted: COUNTED, wrongs: WRONGS });
    if (values.json !== undefined)
      writeFileSync(
        values.json,
        `${JSON.stringify({ seed, net: world.network.kind, totals, rounds: reports })}\n`,
      );
    return totalText(totals);
  };
  try {
    print(`seed ${seed}, ${world.nodes} nodes, ${world.network.kind}\n${HEAD}`);
    for (let round = first; round <= last; round += 1) {
      const done = await runRound(world, { seed, round, broken: values.broken, say });
      reports.push(done);
      print(lineOf(done));
      if (!isGood(done)) print(wrongText(done));
      report();
      // A break is seen, or it is not.
      if (values.broken !== undefined && !isGood(done)) break;
    }
    print(`\n${report()}`);
    return reports.every(isGood) ? 0 : 1;
  } finally {
    const isKept = values.keep || !reports.every(isGood);
    if (isKept) print(`Books, homes and what the nodes wrote: ${world.dir}`);
    await world.close(isKept);
  }
}

function wrongText({ seed, round, wrong }: RoundReport): string {
  const words = Object.entries(wrong).flatMap(([kind, list]) =>
    list.slice(0, 5).map((each) => `       ${kind}: ${each}`),
  );
  return [...words, `       again: npm run bench -- faults --seed ${seed} --round ${round}`].join('\n');
}
