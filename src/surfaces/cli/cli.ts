// From words to a command to an exit code. Whatever goes wrong is one sentence on standard error; a bug shows
// its stack, because then the stack is what helps.

import { isFault } from '../../kernel/fault.ts';
import { readArgs } from './args.ts';
import { COMMAND_NAMES, allCommands, commandOf } from './commands.ts';
import { jsonLine } from './command.ts';
import { EXIT, type ExitCode, exitCodeOf } from './exit-code.ts';
import { systemFault } from './file-fault.ts';
import { commandHelp, overview } from './help.ts';
import type { Io } from './io.ts';
import { wrap } from './layout.ts';
import { nearest } from './nearest.ts';

export async function runCli(argv: readonly string[], io: Io): Promise<ExitCode> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h') {
    io.out(overview(await allCommands(), io));
    return first === undefined ? EXIT.usage : EXIT.ok;
  }
  const name = first === '--version' || first === '-v' ? 'version' : first;
  const command = await commandOf(name);
  const isJson = rest.includes('--json');
  try {
    if (command === undefined) {
      const close = nearest(name, COMMAND_NAMES);
      const hint = close === undefined ? 'See: fineline help' : `Did you mean ${close}? See: fineline help`;
      io.err(`fineline: unknown command ${JSON.stringify(name)}. ${hint}\n`);
      return EXIT.usage;
    }
    if (command.raw !== undefined) return exitCodeFrom(await command.raw(rest, io));
    const args = readArgs(command, rest, io.env);
    if (args === 'help') {
      io.out(commandHelp(command, io));
      return EXIT.ok;
    }
    return await command.run(args, io);
  } catch (error) {
    return complain(name, error, { io, isJson });
  }
}

function exitCodeFrom(code: number): ExitCode {
  return Object.values(EXIT).find((known) => known === code) ?? EXIT.world;
}

function complain(
  name: string,
  thrown: unknown,
  { io, isJson }: { readonly io: Io; readonly isJson: boolean },
): ExitCode {
  const error = systemFault(thrown);
  const code = exitCodeOf(error);
  if (isFault(error)) {
    const text = code === EXIT.interrupted ? error.message : `fineline ${name}: ${error.message}`;
    // In a log one line, so that it can be searched for.
    io.err(io.isLive ? wrap(text, { width: io.width }) : `${text}\n`);
    if (isJson) io.out(jsonLine({ error: { code: error.code, message: error.message } }));
    return code;
  }
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.err(
    `fineline ${name}: this should not have happened. Please report it with the lines below.\n${shown}\n`,
  );
  if (isJson) io.out(jsonLine({ error: { code: 'bug', message: 'this should not have happened' } }));
  return code;
}
