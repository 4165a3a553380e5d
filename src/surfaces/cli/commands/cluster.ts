// `fineline cluster`: is what a cluster stands on as it must be?

import type { Finding } from '../../../kernel/finding.ts';
import { clusterUrls, namedStream, NATS_FLAG, URL_FLAGS } from '../cluster-urls.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';

export const cluster: Command = {
  name: 'cluster',
  about: 'say what is missing or misconfigured in databases and event stream before anything starts',
  usage: 'check [--data-url URL --keys-url URL] [--nats URL] [--home DIR] [--json]',
  words: [1, 1],
  flags: [
    ...URL_FLAGS,
    NATS_FLAG,
    { name: 'pool', value: 'N', about: 'connections to each of them (default 10)' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'Without addresses it takes those under cluster in the fineline.yaml of the home, with all that stands ' +
      'beside them, as serve does. It changes nothing. ' +
      'A ✗ is to be mended before a start; a ! weakens a promise, and says which. It ends with 1 when ' +
      'there is a ✗.',
  ],
  examples: [
    { line: 'fineline cluster check', about: 'the databases that the settings name' },
    {
      line: 'fineline cluster check --data-url postgresql://db1/shop --keys-url postgresql://db2/keys',
      about: 'before there are settings',
    },
  ],
  run: async (args, io) => {
    if (args.words[0] !== 'check') throw usage('say what to do: fineline cluster check');
    const pool = args.text('pool');
    const bounds = { flag: 'pool', min: 1, max: 1000 };
    const poolMax = pool === undefined ? {} : { poolMax: wholeNumber(pool, bounds) };
    const { checkCluster } = await import('../../../presets/cluster-check.ts');
    const stream = namedStream(args);
    const parts = {
      postgres: { ...clusterUrls(args), ...poolMax },
      ...(stream === undefined ? {} : { stream }),
    };
    return report(await checkCluster(parts), args, io);
  },
};

function report(findings: readonly Finding[], args: Args, io: Io): ExitCode {
  const worst = (level: Finding['level']): number => findings.filter((one) => one.level === level).length;
  const isGood = worst('bad') === 0;
  if (args.json) {
    io.out(jsonLine({ good: isGood, findings }));
    return isGood ? EXIT.ok : EXIT.refused;
  }
  const { width, style } = io;
  const marks = { good: style.green('✓'), doubtful: '!', bad: style.red('✗') };
  for (const { about, level, found, expected, remedy } of findings) {
    const wanted = remedy === undefined || expected === undefined ? '' : ` (wanted: ${expected})`;
    const advice = remedy === undefined ? '' : `. ${capital(remedy)}.`;
    const text = `${about}: ${found}${wanted}${advice}`;
    io.out(wrap(text, { width, indent: '    ', first: `  ${marks[level]} ` }));
  }
  const verdict = isGood
    ? `Nothing stands against a start; ${worst('doubtful')} to think about.`
    : `${worst('bad')} to mend before a start.`;
  io.out(wrap(verdict, { width }));
  return isGood ? EXIT.ok : EXIT.refused;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
