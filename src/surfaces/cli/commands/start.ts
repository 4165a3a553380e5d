// `fineline start`: from nothing to a served, explained, witnessed decision, and from there to a server.

import { type Command, HOME_FLAG, JSON_FLAG, PORT_DEFAULT } from '../command.ts';

export const start: Command = {
  name: 'start',
  about: 'set up, import, show one decision in full, then serve',
  usage: '[--data FILE|DIR] [--port N] [--home DIR]',
  words: [0, 0],
  flags: [
    {
      name: 'data',
      value: 'FILE|DIR',
      env: 'FINELINE_DATA',
      about:
        'shop data: order lines (.csv), events (.ndjson, .json), or a folder of them; also .gz. ' +
        'Default: the town, a small made-up shop',
    },
    {
      name: 'port',
      value: 'N',
      env: 'FINELINE_PORT',
      about: `port of the HTTP API on this machine (default ${PORT_DEFAULT}; 0 picks one)`,
    },
    {
      name: 'shop-port',
      value: 'N',
      env: 'FINELINE_SHOP_PORT',
      about: 'port of the storefront of the town (default: the one after --port; 0 picks one)',
    },
    { name: 'no-shop', about: 'serve the HTTP API alone, without the storefront' },
    HOME_FLAG,
    { name: 'currency', value: 'CODE', about: 'currency of prices without one (ISO 4217)' },
    {
      name: 'no-shift',
      about: 'keep the dates of old data; else data that ended 90 days ago or more are moved to end now',
    },
    { name: 'strict', about: 'stop at the first line that cannot be read' },
    { name: 'exit', about: 'end after the decision was shown, without serving' },
    JSON_FLAG,
  ],
  notes: [
    'The first start makes API keys (HOME/keys.json), imports, learns and shows a decision. ' +
      'A second start finds its data and is ready at once; an interrupted import goes on where ' +
      'it was.',
    'For files of order lines, start declares the source as first-party and that people ' +
      'agreed, visibly: that is for a demo on public or your own data. `fineline import` wants ' +
      'you to say both yourself.',
  ],
  examples: [
    { line: 'fineline start', about: 'the town: its shop on port 8788, the API on 8787' },
    { line: 'fineline start --data orders.csv.gz --port 9000', about: 'your own orders' },
    { line: 'fineline start --home /tmp/try --exit --json', about: 'one decision as JSON' },
  ],
  run: async (args, io) => (await import('../start.ts')).runStart(args, io),
};
