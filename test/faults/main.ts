// npm run bench -- faults [--rounds 100] [--seed 1] [--from 0 | --round R] [--nodes 3] [--no-stream] [--net
// auto|namespaces|proxies] [--first KIND] [--broken NAME] [--json FILE [--resume]] [--report FILE] [--keep]
// [--verbose]: rounds of faults under load on real processes. Ends with 0 when every round was judged and
// nothing that must never be was found.

import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { BREAKS } from './breaks.ts';
import { mayHaveNamespaces, APART } from './namespaces.ts';
import { KINDS } from './plan.ts';
import { openRecord } from './record.ts';
import { HEAD, lineOf, totalText } from './report.ts';
import { type RoundReport, isGood, runRound } from './round.ts';
import { judged } from './spoilt.ts';
import { type World, openWorld } from './world.ts';

/** Says that this process is the one inside. */
const INSIDE = 'FINELINE_FAULTS_APART';

const { values } = parseArgs({
  allowNegative: true,
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    round: { type: 'string' },
    nodes: { type: 'string', default: '3' },
    net: { type: 'string', default: 'auto' },
    stream: { type: 'boolean', default: true },
    first: { type: 'string' },
    broken: { type: 'string' },
    json: { type: 'string' },
    resume: { type: 'boolean', default: false },
    report: { type: 'string' },
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
  print('Network namespaces are not permitted here: proxies stand between nodes and servers,');
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
  const { stream, json, report, resume, broken } = values;
  const apart = process.env[INSIDE] !== undefined;
  const world = await openWorld({ nodes: Number(values.nodes), apart, stream });
  const record = openRecord({ json, page: report, resume, net: world.network.kind, stream });
  const from = Number(values.round ?? values.from);
  const last = values.round === undefined ? from + Number(values.rounds) - 1 : from;
  let isKept = values.keep;
  try {
    print(
      `seed ${values.seed}, ${world.nodes} nodes, ${world.network.kind}${stream ? ', stream' : ''}\n${HEAD}`,
    );
    for (let round = from; round <= last; round += 1) {
      const done = await oneRound(world, round);
      isKept ||= !isGood(done);
      record.add(done);
      print(lineOf(done));
      if (!isGood(done)) print(wrongText(done));
      // A break is seen, or it is not.
      if (broken !== undefined && !isGood(done)) break;
    }
    record.write();
    const totals = record.totals();
    print(`\n${totalText(totals)}`);
    return totals.isGood ? 0 : 1;
  } finally {
    if (isKept) print(`Books, homes and what the nodes wrote: ${world.dir}`);
    await world.close(isKept);
  }
}

async function oneRound(world: World, round: number): Promise<RoundReport> {
  const under = BREAKS[values.broken ?? '']?.under;
  const first = KINDS.find((kind) => kind === values.first) ?? under;
  if (values.first !== undefined && first === undefined)
    throw new Error(`--first is one of ${KINDS.join(', ')}`);
  const beganMs = performance.now();
  const say = (words: string): void => {
    if (values.verbose) print(`${((performance.now() - beganMs) / 1000).toFixed(1).padStart(7)} s  ${words}`);
  };
  const seed = Number(values.seed);
  return judged({
    run: () => runRound(world, { seed, round, broken: values.broken, first, say }),
    again: (why) => print(`       round ${round} again: ${why}`),
  });
}

function wrongText({ seed, round, wrong }: RoundReport): string {
  const words = Object.entries(wrong).flatMap(([kind, list]) =>
    list.slice(0, 5).map((each) => `       ${kind}: ${each}`),
  );
  return [...words, `       again: npm run bench -- faults --seed ${seed} --round ${round}`].join('\n');
}
