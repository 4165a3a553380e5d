// `fineline market serve`: every home of a market behind one address.

import { pino } from 'pino';
import { isFault } from '../../../kernel/fault.ts';
import type { Embedded } from '../../../presets/embedded.ts';
import { type Market, type OpenedStall, openMarket } from '../../../presets/market.ts';
import { sharersOf } from '../../http/apart.ts';
import { type ClosedHome, createMarket, namedLog } from '../../http/market.ts';
import { listenFor } from '../../http/serve.ts';
import { homeOf } from '../args.ts';
import { type Args, PORT_DEFAULT, jsonLine, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { type ApiKeys, loadApiKeys, readApiKeys } from '../home/api-keys.ts';
import { removeServerFile, writeServerFile } from '../home/server-file.ts';
import { watchKeys } from '../home/watch-keys.ts';
import { publishVkey } from '../home/vkey-file.ts';
import { listenForInterrupt } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';
import { type Reloading, reloading } from '../reloading.ts';

interface Open {
  readonly controller: string;
  readonly embedded: Embedded;
  readonly keys: ApiKeys;
}
type Shut = ClosedHome & { readonly because: string };

export async function serveMarket(args: Args, io: Io): Promise<ExitCode> {
  const port = wholeNumber(args.text('port') ?? PORT_DEFAULT, { flag: 'port', min: 0, max: 65_535 });
  const host = args.text('host');
  const log = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
  const reloads = !process.stdin.isTTY;
  let reloadings: readonly Reloading[] = [];
  const reload = (): void => reloadings.forEach((each) => each.reload());
  const interrupt = listenForInterrupt(reloads ? reload : undefined);
  const market = await openMarket({
    dir: homeOf(args),
    env: io.env,
    failed: (seller, what, error) =>
      log.error({ seller, what, says: error instanceof Error ? error.message : 'unknown' }, 'failed'),
  });
  try {
    const { open, shut } = sorted(market);
    for (const { controller, because } of shut)
      log.error({ seller: controller, says: because }, 'not served');
    const surface = createMarket({ open: open.map(servedBy), closed: shut, log });
    const listening = await listenFor(surface, { port, ...(host === undefined ? {} : { host }) });
    for (const each of open) announce(each, listening.url, reloads);
    reloadings = open.map(({ controller, embedded }) => reloading(embedded, namedLog(log, controller)));
    const unwatch = open.map(({ controller, embedded }) =>
      watchKeys({
        paths: embedded.paths,
        use: (keys) => surface.useKeys(controller, keys),
        log: namedLog(log, controller),
      }),
    );
    tell(args, io, { address: listening.url, open, shut });
    await interrupt.signalled;
    for (const end of unwatch) end();
    for (const { embedded } of open) removeServerFile(embedded.paths.home);
    await listening.close();
    return EXIT.ok;
  } finally {
    await market.close();
    interrupt.dispose();
  }
}

/**
 * Homes that share a key with another are not served, and their keys are none: nobody knows whose they are.
 */
function sorted({ stalls }: Market): { readonly open: readonly Open[]; readonly shut: readonly Shut[] } {
  const withKeys: Open[] = [];
  const shut: Shut[] = [];
  for (const each of stalls) {
    const found = openOf(each);
    if ('because' in found) shut.push(found);
    else withKeys.push(found);
  }
  const sharers = sharersOf(withKeys.map(servedBy));
  for (const { controller, embedded } of withKeys) {
    const what = sharers.get(controller);
    if (what === undefined) continue;
    // Whose it is, nobody knows; so nobody learns together with it.
    embedded.engine.core.world.seat?.leave();
    const remedy = 'One was copied from the other: give one of them a new home.';
    const because = `It has ${what} as another home. ${remedy}`;
    shut.push({ controller, because });
  }
  return { open: withKeys.filter(({ controller }) => !sharers.has(controller)), shut };
}

function openOf({ stall, paths, embedded, because = 'It did not open.' }: OpenedStall): Open | Shut {
  const { controller } = stall;
  try {
    if (embedded !== undefined) return { controller, embedded, keys: loadApiKeys(paths) };
    const keys = readApiKeys(paths);
    return { controller, because, ...(keys === undefined ? {} : { keys }) };
  } catch (error) {
    if (!isFault(error)) throw error;
    return { controller, because: embedded === undefined ? because : error.message };
  }
}

const servedBy = ({ embedded, keys }: Open) => ({
  engine: embedded.engine,
  tokenSecret: embedded.tokenSecret,
  tokenSecrets: embedded.tokenSecrets,
  keys: keys.hashed,
});

/** Other commands find the server through the home; whoever checks receipts finds the key of the log. */
function announce({ embedded }: Open, address: string, reloads: boolean): void {
  const { paths, engine } = embedded;
  publishVkey(paths.log, engine.core.world.log.vkey);
  const policy = reloads ? { policy: engine.core.policy.version } : {};
  writeServerFile(paths.home, { address, pid: process.pid, ...policy });
}

function tell(
  args: Args,
  io: Io,
  {
    address,
    open,
    shut,
  }: { readonly address: string; readonly open: readonly Open[]; readonly shut: readonly Shut[] },
): void {
  const sellers = open.map(({ controller, embedded, keys }) => {
    return { controller, home: embedded.paths.home, keysFile: keys.file };
  });
  const closed = shut.map(({ controller, because }) => ({ controller, because }));
  if (args.json) return io.out(jsonLine({ address, sellers, closed }));
  const { style, width } = io;
  io.out(`${style.green('✓')} ${style.bold('Ready')}: ${style.cyan(address)}\n`);
  for (const { controller, keysFile } of sellers) {
    io.out(`  ${controller.padEnd(16)} keys ${keysFile}\n`);
  }
  for (const { controller, because } of closed) {
    io.out(
      wrap(`${controller} is not served. ${because}`, {
        width,
        indent: '    ',
        first: `  ${style.red('✗')} `,
      }),
    );
  }
  io.out('\nCtrl-C stops it.\n');
}
