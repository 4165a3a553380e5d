// Every command, in the order of the help.

import type { Command } from './command.ts';
import { backup } from './commands/backup.ts';
import { bench } from './commands/bench.ts';
import { catalogue } from './commands/catalogue.ts';
import { consent } from './commands/consent.ts';
import { copy } from './commands/copy.ts';
import { decide } from './commands/decide.ts';
import { erase } from './commands/erase.ts';
import { events } from './commands/events.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { learn } from './commands/learn.ts';
import { market } from './commands/market.ts';
import { notice } from './commands/notice.ts';
import { policy } from './commands/policy.ts';
import { publish } from './commands/publish.ts';
import { releases } from './commands/releases.ts';
import { replay } from './commands/replay.ts';
import { restore } from './commands/restore.ts';
import { serve } from './commands/serve.ts';
import { start } from './commands/start.ts';
import { verify } from './commands/verify.ts';
import { version } from './commands/version.ts';
import { why } from './commands/why.ts';
import { EXIT } from './exit-code.ts';
import { commandHelp, overview } from './help.ts';
import { usage } from './command.ts';
import { nearest } from './nearest.ts';

const help: Command = {
  name: 'help',
  about: 'this overview, or one command with its flags and examples',
  usage: '[COMMAND]',
  words: [0, 1],
  flags: [],
  notes: [],
  examples: [{ line: 'fineline help import', about: 'how data come in' }],
  run: (args, io) => {
    const [name] = args.words;
    const command = COMMANDS.find((each) => each.name === name);
    if (name !== undefined && command === undefined) {
      const close = nearest(
        name,
        COMMANDS.map((each) => each.name),
      );
      throw usage(
        `there is no command ${JSON.stringify(name)}.${close === undefined ? '' : ` Did you mean ${close}?`}`,
      );
    }
    io.out(command === undefined ? overview(COMMANDS, io) : commandHelp(command, io));
    return Promise.resolve(EXIT.ok);
  },
};

export const COMMANDS: readonly Command[] = [
  start,
  serve,
  market,
  importCommand,
  learn,
  decide,
  why,
  replay,
  policy,
  catalogue,
  notice,
  publish,
  releases,
  copy,
  consent,
  exportCommand,
  erase,
  events,
  verify,
  backup,
  restore,
  evaluate,
  bench,
  help,
  version,
];
