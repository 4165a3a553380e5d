// `fineline serve`: the HTTP API on a home, at the pace of a shop: a checkpoint a minute, decisions committed
// by the day.

import { type Command, HOME_FLAG, JSON_FLAG, PORT_DEFAULT } from '../command.ts';

export const serve: Command = {
  name: 'serve',
  about: 'serve the HTTP API, without demo and import',
  usage: '[--port N] [--host ADDRESS] [--home DIR]',
  words: [0, 0],
  flags: [
    { name: 'port', value: 'N', env: 'FINELINE_PORT', about: `default ${PORT_DEFAULT}; 0 picks one` },
    { name: 'host', value: 'ADDRESS', about: 'address to listen on (default 127.0.0.1: this machine only)' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'Logs go to standard error, one JSON object per line, and never name a person. Ctrl-C or ' +
      'SIGTERM ends it after what is under way.',
    'Without a terminal, SIGHUP reads HOME/fineline.policy.yaml again; a bad one is refused and the ' +
      'one before stays. `fineline policy apply` checks it first and sends the signal.',
    'FINELINE_MASTER_KEY (32 bytes, base64) takes the place of HOME/keys/master.key.',
  ],
  examples: [
    { line: 'fineline serve', about: 'on port 8787, for this machine' },
    { line: 'fineline serve --host 0.0.0.0 --home /var/lib/fineline', about: 'behind your own TLS proxy' },
  ],
  run: async (args, io) => (await import('../serve.ts')).runServe(args, io),
};
