// Every command, in the order of the help. Each is loaded when it is asked for: all of Fineline takes a
// second to load, a question to a running server a tenth of that.

import type { Command } from './command.ts';
import { EXIT } from './exit-code.ts';
import { commandHelp, overview } from './help.ts';
import { usage } from './command.ts';
import { nearest } from './nearest.ts';

const help: Command = {
  name: 'help',
  about: 'this overview, or one command with its flags and examples',
  usage: '[COMMAND]',
  words: [0, 1],
  flags: [],
  notes: [],
  examples: [{ line: 'fineline help import', about: 'how data come in' }],
  run: async (args, io) => {
    const [name] = args.words;
    const command = await commandOf(name);
    if (name !== undefined && command === undefined) {
      const close = nearest(name, COMMAND_NAMES);
      throw usage(
        `there is no command ${JSON.stringify(name)}.${close === undefined ? '' : ` Did you mean ${close}?`}`,
      );
    }
    io.out(command === undefined ? overview(await allCommands(), io) : commandHelp(command, io));
    return EXIT.ok;
  },
};

const LOADED: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  serve: async () => (await import('./commands/serve.ts')).serve,
  market: async () => (await import('./commands/market.ts')).market,
  import: async () => (await import('./commands/import.ts')).importCommand,
  learn: async () => (await import('./commands/learn.ts')).learn,
  decide: async () => (await import('./commands/decide.ts')).decide,
  why: async () => (await import('./commands/why.ts')).why,
  replay: async () => (await import('./commands/replay.ts')).replay,
  policy: async () => (await import('./commands/policy.ts')).policy,
  catalogue: async () => (await import('./commands/catalogue.ts')).catalogue,
  notice: async () => (await import('./commands/notice.ts')).notice,
  publish: async () => (await import('./commands/publish.ts')).publish,
  releases: async () => (await import('./commands/releases.ts')).releases,
  copy: async () => (await import('./commands/copy.ts')).copy,
  consent: async () => (await import('./commands/consent.ts')).consent,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  erase: async () => (await import('./commands/erase.ts')).erase,
  verify: async () => (await import('./commands/verify.ts')).verify,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  keys: async () => (await import('./commands/keys.ts')).keys,
  events: async () => (await import('./commands/events.ts')).events,
  cluster: async () => (await import('./commands/cluster.ts')).cluster,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  evaluate: async () => (await import('./commands/evaluate.ts')).evaluate,
  bench: async () => (await import('./commands/bench.ts')).bench,
  help: () => Promise.resolve(help),
  version: async () => (await import('./commands/version.ts')).version,
};

export const COMMAND_NAMES: readonly string[] = Object.keys(LOADED);

/** The command of that name, if there is one. */
export async function commandOf(name: string | undefined): Promise<Command | undefined> {
  return name !== undefined && Object.hasOwn(LOADED, name) ? LOADED[name]?.() : undefined;
}

export function allCommands(): Promise<readonly Command[]> {
  return Promise.all(Object.values(LOADED).map((load) => load()));
}
