// `fineline migrate`: a shop moves between its folder and PostgreSQL.

import type { MovedShop, Preset } from '../../../presets/migrate.ts';
import { pathsOf } from '../../../presets/paths.ts';
import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage } from '../command.ts';
import { clusterUrls, URL_FLAGS } from '../cluster-urls.ts';
import { EXIT } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { count, wrap } from '../layout.ts';

const SAY_EVERY_MS = 2000;
const PRESETS: readonly Preset[] = ['embedded', 'cluster'];

export const migrate: Command = {
  name: 'migrate',
  about: 'move a stopped shop from its folder to PostgreSQL, or back',
  usage:
    '--from embedded --to cluster [--data-url URL --keys-url URL] [--remove-source] [--home DIR] [--json]',
  words: [0, 0],
  flags: [
    { name: 'from', value: 'WHERE', about: 'embedded (HOME/data and HOME/keys) or cluster (two databases)' },
    { name: 'to', value: 'WHERE', about: 'the other one' },
    ...URL_FLAGS,
    { name: 'remove-source', about: 'empty the old place once the copy was found whole' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'Stop the server first. Rows are copied as they lie, sealed, and compared one by one; the command can ' +
      'be stopped and run again. The new place must be empty. The log moves along and signs in one place; ' +
      'keys and settings stay in the home.',
    'As long as the old place is there, an erasure reaches one of the two only: remove it as soon as the ' +
      'shop runs in the new one.',
  ],
  examples: [
    {
      line: 'fineline migrate --from embedded --to cluster',
      about: 'to the databases that the settings name',
    },
    { line: 'fineline migrate --from cluster --to embedded', about: 'and back' },
  ],
  run: async (args, io) => {
    const home = homeOf(args);
    const { from, to } = directionOf(args);
    const { migrateShop } = await import('../../../presets/migrate.ts');
    const given = io.env['FINELINE_MASTER_KEY'];
    const moved = await migrateShop({
      home,
      from,
      to,
      postgres: clusterUrls(args),
      removeSource: args.has('remove-source'),
      ...(given === undefined || given === '' ? {} : { masterKey: given }),
      progress: progressOn(io),
    });
    if (args.json) {
      io.out(jsonLine({ from, to, ...moved }));
      return EXIT.ok;
    }
    const { settings } = pathsOf(home);
    const next = to === 'cluster' ? 'See that cluster stands in' : 'Take cluster out of';
    io.out(
      wrap(
        `${io.style.green('✓')} ${count(moved.people)} people with ${count(moved.entries)} entries, ` +
          `${count(moved.keys)} rows of keys, ${count(moved.items)} versions of items, ` +
          `${count(moved.documents)} documents and ${count(moved.leaves)} waiting leaves are the same on ` +
          `both sides. ${logText(moved.log)}${next} ${settings} before the next start.`,
        { width: io.width },
      ),
    );
    return EXIT.ok;
  },
};

function logText(log: MovedShop['log']): string {
  if (log === undefined) return '';
  return `The log of ${count(log.size)} leaves goes on there, and signs nothing more in the old place. `;
}

/** A line now and then: a million people take minutes. */
function progressOn(io: Io): (step: 'copy' | 'compare', people: number) => void {
  let saidMs = performance.now();
  return (step, people) => {
    if (performance.now() - saidMs < SAY_EVERY_MS) return;
    saidMs = performance.now();
    io.err(`${step === 'copy' ? 'Copied' : 'Compared'} ${count(people)} people …\n`);
  };
}

function directionOf(args: Args): { readonly from: Preset; readonly to: Preset } {
  const [from, to] = ['from', 'to'].map((flag) => PRESETS.find((preset) => preset === args.text(flag)));
  if (from !== undefined && to !== undefined && from !== to) return { from, to };
  throw usage('say from where to where: --from embedded --to cluster, or --from cluster --to embedded');
}
