// `fineline market list`: who is in a market, and which of them a server answers for now. It opens no home.

import { existsSync } from 'node:fs';
import { pathsOf } from '../../../presets/embedded.ts';
import { type Stall, readMarket } from '../../../presets/market-file.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { liveServer } from '../home/server-file.ts';
import type { Io } from '../io.ts';

type State = 'served' | 'not served' | 'no home';

export async function listMarket(args: Args, io: Io): Promise<ExitCode> {
  const stalls = readMarket(homeOf(args));
  const rows = await Promise.all(
    stalls.map(async ({ controller, home, isPortal }) => {
      return { controller, home, isPortal, state: await stateOf(home) };
    }),
  );
  if (args.json) io.out(jsonLine({ stalls: rows }));
  else {
    const width = Math.max(...rows.map(({ controller }) => controller.length)) + 2;
    for (const { controller, home, isPortal, state } of rows) {
      const what = isPortal ? 'portal' : 'seller';
      io.out(`${controller.padEnd(width)}${what}  ${state.padEnd(12)}${home}\n`);
    }
  }
  return EXIT.ok;
}

async function stateOf(home: Stall['home']): Promise<State> {
  if (!existsSync(pathsOf(home).settings)) return 'no home';
  return (await liveServer(home)) === undefined ? 'not served' : 'served';
}
