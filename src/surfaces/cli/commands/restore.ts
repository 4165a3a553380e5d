// `fineline restore`: yesterday's data back, and nobody back who was erased since.

import { restoreHome } from '../../../presets/backup.ts';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, usage, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { counted, wrap } from '../layout.ts';

export const restore: Command = {
  name: 'restore',
  about: 'put a backup in place of the data; whoever was erased stays erased',
  usage: '--from FILE [--home DIR] [--json]',
  words: [0, 0],
  flags: [{ name: 'from', value: 'FILE', about: 'a file that backup wrote' }, HOME_FLAG, JSON_FLAG],
  notes: [
    'The home must not be in use, and its HOME/keys must be there. People erased after the ' +
      'backup are dropped; a consent withdrawn after it is known from HOME/keys, and such a ' +
      'person is asked nothing until they answer again.',
  ],
  examples: [
    { line: 'fineline restore --from /backups/fineline-2026-11-22.db', about: 'then start the server again' },
  ],
  run: async (args, io) => {
    const from = args.text('from');
    if (from === undefined) throw usage('--from FILE is missing: a file that backup wrote');
    const masterKey = io.env['FINELINE_MASTER_KEY'];
    const given = masterKey === undefined || masterKey === '' ? {} : { masterKey };
    const restored = await restoreHome({ home: homeOf(args), fromFile: from, ...given });
    if (args.json) io.out(jsonLine(restored));
    else {
      const purged =
        restored.purged === 0
          ? ''
          : ` ${counted(restored.purged, 'person', 'people')} in it had been erased, before the ` +
            'backup or since, and stay so.';
      io.out(
        wrap(`${io.style.green('✓')} Restored ${counted(restored.people, 'journal')}.${purged}`, {
          width: io.width,
        }),
      );
    }
    return EXIT.ok;
  },
};
