// `fineline evaluate`: a contract of its own (evaluate/help.ts). Loaded when asked for, because it brings
// every model along.

import { type Command, JSON_FLAG } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { createProgress } from '../progress.ts';

export const evaluate: Command = {
  name: 'evaluate',
  about: 'learn from one file, predict another, print how good that was',
  usage: '--task T --train FILE --test FILE [--history FILE] [--k 20] [--json]',
  words: [0, 0],
  flags: [JSON_FLAG],
  notes: ['All flags and tasks: fineline evaluate --help'],
  examples: [
    {
      line: 'fineline evaluate --task next --train orders.csv.gz --test later.csv --json',
      about: 'one JSON object',
    },
  ],
  run: () => Promise.resolve(EXIT.usage),
  raw: async (argv, io) => {
    const { runEvaluate } = await import('../evaluate/run.ts');
    const progress = io.isLive
      ? (of: Parameters<typeof createProgress>[1]) => createProgress(io, of)
      : undefined;
    return runEvaluate(argv, { stdout: io.out, stderr: io.err, progress });
  },
};
