// `fineline serve`: the HTTP API on a home, at the pace of a shop: a checkpoint a minute, decisions committed
// by the day.

import { type Command, HOME_FLAG, JSON_FLAG, PORT_DEFAULT } from '../command.ts';

export const serve: Command = {
  name: 'serve',
  about: 'serve the HTTP API, without demo and import',
  usage: '[--port N] [--host ADDRESS] [--home DIR] [--node N] [--roles LIST]',
  words: [0, 0],
  flags: [
    { name: 'port', value: 'N', env: 'FINELINE_PORT', about: `default ${PORT_DEFAULT}; 0 picks one` },
    { name: 'host', value: 'ADDRESS', about: 'address to listen on (default 127.0.0.1: this machine only)' },
    HOME_FLAG,
    {
      name: 'node',
      value: 'N',
      env: 'FINELINE_NODE',
      about: 'number among several nodes, 0 to 63; default: a free one',
    },
    {
      name: 'roles',
      value: 'LIST',
      env: 'FINELINE_ROLES',
      about: 'what the node does: collect,decide,learn,log; default: all of them',
    },
    JSON_FLAG,
  ],
  notes: [
    'Logs go to standard error, one JSON object per line, and never name a person. Ctrl-C or ' +
      'SIGTERM ends it after what is under way.',
    'Without a terminal, SIGHUP reads HOME/fineline.policy.yaml again; a bad one is refused and the ' +
      'one before stays. `fineline policy apply` checks it first and sends the signal.',
    'OTEL_EXPORTER_OTLP_ENDPOINT and the other variables of OpenTelemetry send traces of requests, which ' +
      'name nobody.',
    'Where the settings name an event stream under cluster/nats, a node with the role collect confirms ' +
      'events by it and takes its share of them out; see “fineline events lag”.',
    'FINELINE_MASTER_KEY (32 bytes, base64) takes the place of HOME/keys/master.key.',
  ],
  examples: [
    {
      line: 'fineline serve --home /var/lib/fineline-2 --node 2 --roles collect,decide',
      about:
        'one of several nodes on the databases that the settings name under cluster (docs/operations.md)',
    },
    { line: 'fineline serve', about: 'on port 8787, for this machine' },
    { line: 'fineline serve --host 0.0.0.0 --home /var/lib/fineline', about: 'behind your own TLS proxy' },
  ],
  run: async (args, io) => (await import('../serve.ts')).runServe(args, io),
};
