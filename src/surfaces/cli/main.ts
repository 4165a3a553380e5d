// The command `fineline`: reads the command line, runs one command, ends with its exit code. Runs on import
// (bin/fineline.mjs).

import { processIo } from './io.ts';
import { runCli } from './cli.ts';

/** Idle stores and sockets do not keep a process alive; a command that has not answered does. */
const alive = setInterval(() => undefined, 60_000);
const code = await runCli(process.argv.slice(2), processIo());
clearInterval(alive);
// What was printed is let out; then the process ends, whatever a failed start may have left open.
for (const stream of [process.stdout, process.stderr]) {
  await new Promise<void>((resolve) => {
    stream.write('', () => resolve());
  });
}
process.exit(code);
