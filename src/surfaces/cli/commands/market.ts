// `fineline market`: several sellers behind one server, each in a home of their own.

import { type Args, type Command, HOME_FLAG, JSON_FLAG, usage } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { nearest } from '../nearest.ts';

const ACTS: Readonly<Record<string, (args: Args, io: Io) => Promise<ExitCode>>> = {
  add: async (args, io) => (await import('../market/add.ts')).addToMarket(args, io),
  list: async (args, io) => (await import('../market/list.ts')).listMarket(args, io),
  serve: async (args, io) => (await import('../market/serve.ts')).serveMarket(args, io),
};

export const market: Command = {
  name: 'market',
  about: 'serve several sellers, each with data, keys, models and log of their own',
  usage: 'add NAME [--portal] | list | serve [--port N] [--host ADDRESS]',
  words: [1, 2],
  flags: [
    { name: 'portal', about: 'with add: the first home of a market, of who runs it' },
    { name: 'port', value: 'N', env: 'FINELINE_PORT', about: 'with serve: default 8787; 0 picks one' },
    { name: 'host', value: 'ADDRESS', about: 'with serve: address to listen on (default 127.0.0.1)' },
    { ...HOME_FLAG, about: 'the folder of the market (default ./.fineline)' },
    JSON_FLAG,
  ],
  notes: [
    'The key of a request decides alone whose home answers. What a seller shows to everybody stands ' +
      'below /sellers/NAME.',
    'Every other command works on one home: --home MARKET/sellers/NAME, also while the market is served.',
    'market.yaml names the homes, and for each, if you like, where its master key comes from; ' +
      'FINELINE_MASTER_KEY is not read here. A home that does not open is said, and the others are served.',
  ],
  examples: [
    { line: 'fineline market add bazaar --portal --home ./bazaar', about: 'a market and its portal' },
    { line: 'fineline market add lamps --home ./bazaar', about: 'a seller, from the next start on' },
    { line: 'fineline market serve --home ./bazaar', about: 'all of them, on port 8787' },
  ],
  run: (args, io) => {
    const [word = '', name] = args.words;
    const act = Object.hasOwn(ACTS, word) ? ACTS[word] : undefined;
    if (act === undefined) {
      const close = nearest(word, Object.keys(ACTS));
      const hint =
        close === undefined ? `Say one of ${Object.keys(ACTS).join(', ')}.` : `Did you mean ${close}?`;
      throw usage(`there is no market ${JSON.stringify(word)}. ${hint}`);
    }
    if ((word === 'add') !== (name !== undefined))
      throw usage(
        word === 'add' ? 'add wants a name: fineline market add NAME' : `market ${word} takes no name`,
      );
    return act(args, io);
  },
};
