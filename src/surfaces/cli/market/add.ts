// `fineline market add`: a home for somebody new.

import { problemText } from '../../../facts/parse.ts';
import { addPortal, addSeller } from '../../../presets/market-add.ts';
import { parseStallName } from '../../../presets/market-file.ts';
import { homeOf } from '../args.ts';
import { type Args, jsonLine, usage } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';

export function addToMarket(args: Args, io: Io): Promise<ExitCode> {
  const name = parseStallName(args.words[1], 'NAME');
  if (!name.ok) throw usage(problemText(name.error));
  const dir = homeOf(args);
  const { controller, home } = args.has('portal') ? addPortal(dir, name.value) : addSeller(dir, name.value);
  if (args.json) io.out(jsonLine({ controller, home }));
  else {
    const next = 'Its settings and policy are there; its keys are made when the market is served next.';
    const said = `${controller} has a home: ${home}. ${next}`;
    io.out(wrap(said, { width: io.width }));
  }
  return Promise.resolve(EXIT.ok);
}
