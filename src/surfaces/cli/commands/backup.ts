// `fineline backup`: a consistent copy of the data, also while a server runs.

import { resolve } from 'node:path';
import { backupHome } from '../../../presets/backup.ts';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, usage, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { count, wrap } from '../layout.ts';

export const backup: Command = {
  name: 'backup',
  about: 'write a consistent copy of the data to a file',
  usage: '--to FILE [--home DIR] [--json]',
  words: [0, 0],
  flags: [{ name: 'to', value: 'FILE', about: 'where the copy goes' }, HOME_FLAG, JSON_FLAG],
  notes: [
    'Works while a server runs. The copy holds sealed bytes only: HOME/keys opens them and ' +
      'is never in a backup, so that erasing a person here erases them in every backup. Keep ' +
      'HOME/keys safe apart from backups; copy HOME/log as plain files.',
  ],
  examples: [{ line: 'fineline backup --to /backups/fineline-2026-11-22.db', about: 'every night' }],
  run: async (args, io) => {
    const to = args.text('to');
    if (to === undefined) throw usage('--to FILE is missing: where the copy goes');
    const { bytes } = await backupHome({ home: homeOf(args), toFile: resolve(to) });
    if (args.json) io.out(jsonLine({ file: resolve(to), bytes }));
    else
      io.out(
        wrap(
          `${io.style.green('✓')} ${to}: ${count(bytes)} bytes, checked. It opens only with ` +
            'HOME/keys, which is not in it: keep that apart.',
          { width: io.width },
        ),
      );
    return EXIT.ok;
  },
};
