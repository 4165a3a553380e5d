// `fineline policy apply`: a running service takes the policy file of its home into force. It is checked here
// first, with the same reader; then the service is told, and what it says is in force is waited for.

import { Fault } from '../../../kernel/fault.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { assertHome } from '../home/open-desk.ts';
import { liveServer, readServerFile } from '../home/server-file.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';
import { settledIn } from './given.ts';

/** To write a policy and its leaf takes milliseconds; a service with its hands full may take longer. */
const TAKEN_MS_MAX = 30_000;
const LOOK_MS = 50;

export async function applyPolicy(args: Args, io: Io): Promise<ExitCode> {
  const home = homeOf(args);
  assertHome(home);
  const { version } = settledIn(home).policy;
  const server = await liveServer(home);
  if (server === undefined) {
    return tell(args, io, { version, inForce: false }, 'No server runs: it rules from the next start.');
  }
  const before = server.policy;
  if (before === undefined) {
    throw new Fault(
      'refused',
      `The server at ${server.address} does not read its policy again (“fineline start”, or “serve” at a ` +
        'terminal): stop it and start it.',
      { retry: 'never' },
    );
  }
  if (before === version)
    return tell(args, io, { version, inForce: true }, 'This policy is in force already.');
  process.kill(server.pid, 'SIGHUP');
  await taken(home, version);
  return tell(args, io, { version, inForce: true }, `In force at ${server.address}.`);
}

async function taken(home: string, version: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < TAKEN_MS_MAX; waitedMs += LOOK_MS) {
    if (readServerFile(home)?.policy === version) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Fault('no-answer', 'The server did not take it; its log says why. The policy before stays.', {
    retry: 'later',
  });
}

interface Applied {
  readonly version: string;
  readonly inForce: boolean;
}

function tell(args: Args, io: Io, applied: Applied, text: string): ExitCode {
  if (args.json) io.out(jsonLine(applied));
  else io.out(wrap(`Policy ${applied.version.slice(0, 12)}. ${text}`, { width: io.width }));
  return EXIT.ok;
}
