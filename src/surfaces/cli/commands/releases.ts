// `fineline releases`: what was made public about people, and what it cost.

import { rhoText } from '../../../facts/rho.ts';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';
import { wrap } from '../layout.ts';
import { releaseText } from '../show/release-text.ts';

export const releases: Command = {
  name: 'releases',
  about: 'list every number that was made public, and what is left of the budget',
  usage: '[--home DIR] [--json]',
  words: [0, 0],
  flags: [HOME_FLAG, JSON_FLAG],
  notes: ['The same stands under GET /v1/releases, for anybody.'],
  examples: [{ line: 'fineline releases', about: 'newest first' }],
  run: async (args, io) => {
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const told = await desk.releases();
      if (args.json) {
        io.out(jsonLine(told));
        return EXIT.ok;
      }
      const { year, rhoMillionthsPerYear, rhoMillionthsSpent, whole } = told;
      const spent = `ρ = ${rhoText(rhoMillionthsSpent)} of ${rhoText(rhoMillionthsPerYear)}`;
      const damaged = whole ? '' : ' Part of the ledger cannot be read: nothing more is released.';
      io.out(wrap(`Spent in ${year}: ${spent}.${damaged}`, { width: io.width }));
      for (const kept of told.releases) io.out(`\n${releaseText(kept, io)}`);
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};
