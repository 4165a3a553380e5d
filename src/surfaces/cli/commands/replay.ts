// `fineline replay`: makes a past decision again from its record and compares the bytes.

import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { assertHome } from '../home/open-desk.ts';
import { liveServer } from '../home/server-file.ts';
import { Fault } from '../../../kernel/fault.ts';

export const replay: Command = {
  name: 'replay',
  about: 'make a past decision again and compare it byte for byte',
  usage: 'DECISION [--home DIR] [--json]',
  words: [1, 1],
  flags: [HOME_FLAG, JSON_FLAG],
  notes: [
    'Exit code 0: the same bytes. 1: different, or no longer kept. Works for 30 days, as ' +
      'long as the model of then is there. The home must not be in use by a server.',
  ],
  examples: [{ line: 'fineline replay bXq…', about: 'same, or different' }],
  run: async (args, io) => {
    const home = homeOf(args);
    assertHome(home);
    const server = await liveServer(home);
    if (server !== undefined) {
      throw new Fault(
        'home-in-use',
        `A server (process ${server.pid}) runs at ${server.address}: stop it to replay, or ask ` +
          'it with “fineline why”, which decides again as well.',
        { retry: 'later' },
      );
    }
    const { findOf, openHome } = await import('../home/direct-desk.ts');
    const embedded = await openHome(home, io.env);
    try {
      const { same, recorded, replayed } = await embedded.engine.replay(
        await findOf(embedded, args.words[0] ?? ''),
      );
      const before: unknown = JSON.parse(recorded);
      const after: unknown = JSON.parse(replayed);
      const { style } = io;
      if (args.json) io.out(jsonLine({ same, recorded: before, replayed: after }));
      else if (same) io.out(`${style.green('✓ same')}: ${Buffer.byteLength(recorded)} bytes, all equal\n`);
      else io.out(`${style.red('✗ different')}\nrecorded ${recorded}\nreplayed ${replayed}\n`);
      return same ? EXIT.ok : EXIT.refused;
    } finally {
      await embedded.close();
    }
  },
};
