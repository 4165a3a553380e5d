// What `fineline serve` does: the HTTP API on a home, at the pace of a shop.

import { pino } from 'pino';
import { NODES_MAX } from '../../engine/nobody.ts';
import { parseRoles } from '../../engine/cluster-settings.ts';
import { problemText } from '../../facts/parse.ts';
import type { AsNode } from '../../presets/cluster.ts';
import { openTracesOf } from '../../presets/traces.ts';
import { type NodeStream, openNodeStream } from '../../presets/node-stream.ts';
import { homeOf } from './args.ts';
import { type Args, PORT_DEFAULT, jsonLine, usage, wholeNumber } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { loadApiKeys } from './home/api-keys.ts';
import { openHome } from './home/direct-desk.ts';
import { publishVkey } from './home/vkey-file.ts';
import { listenForInterrupt } from './interrupt.ts';
import { wrap } from './layout.ts';
import { ownVersion } from './own-version.ts';
import { reloading } from './reloading.ts';
import { serveHome } from './serving.ts';
import { readyText } from './show/ready.ts';

/** Flags, or their variables; what neither says stands in the settings. */
function asNode(args: Args): AsNode {
  const number = args.text('node');
  const said = args
    .text('roles')
    ?.split(',')
    .map((role) => role.trim());
  const roles = parseRoles(said, '--roles');
  if (!roles.ok) throw usage(problemText(roles.error));
  return {
    ...(number === undefined
      ? {}
      : { node: wholeNumber(number, { flag: 'node', min: 0, max: NODES_MAX - 1 }) }),
    ...(roles.value === undefined ? {} : { roles: roles.value }),
  };
}

export async function runServe(args: Args, io: Io): Promise<ExitCode> {
  const port = wholeNumber(args.text('port') ?? PORT_DEFAULT, { flag: 'port', min: 0, max: 65_535 });
  const beganMs = performance.now();
  const log = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
  // At a terminal SIGHUP says that it is gone; a service without one reads its policy again.
  const reloads = !process.stdin.isTTY;
  let reload: () => void = () => undefined;
  const interrupt = listenForInterrupt(reloads ? () => reload() : undefined);
  const failed = (what: string, error: unknown): void =>
    log.error({ what, says: error instanceof Error ? error.message : 'unknown' }, 'failed');
  const traces = await openTracesOf(io.env, ownVersion());
  const embedded = await openHome(homeOf(args), io.env, { asNode: asNode(args), traces, failed });
  let stream: NodeStream | undefined;
  try {
    stream = await openNodeStream(embedded, { failed });
    reload = reloading(embedded, log).reload;
    const keys = loadApiKeys(embedded.paths);
    publishVkey(embedded.paths.log, embedded.engine.core.world.log.vkey);
    const host = args.text('host');
    const listening = await serveHome({
      embedded,
      keys,
      port,
      log,
      reloads,
      ...(stream === undefined ? {} : { stream }),
      ...(host === undefined ? {} : { host }),
    });
    const status = await embedded.engine.status();
    const readyMs = performance.now() - beganMs;
    const { home } = embedded.paths;
    if (args.json) io.out(jsonLine({ address: listening.url, home, keysFile: keys.file, status }));
    else {
      if (keys.isNew)
        io.out(wrap(`API keys were made: ${keys.file} (only you can read it).`, { width: io.width }));
      io.out(readyText({ address: listening.url, keysFile: keys.file, status, readyMs }, io));
    }
    await interrupt.signalled;
    await listening.close();
    return EXIT.ok;
  } finally {
    try {
      await stream?.close();
    } finally {
      // Whatever the stream says: locks and the log's lease must not stay behind.
      await embedded.close();
      interrupt.dispose();
    }
  }
}
