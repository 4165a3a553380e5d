// The command `fineline`: reads the command line, runs one command, ends with its exit code. Runs on import
// (bin/fineline.mjs).

import { processIo } from './io.ts';
import { runCli } from './cli.ts';

process.exitCode = await runCli(process.argv.slice(2), processIo());
