// `fineline serve`: the HTTP API on a home, at the pace of a shop: a checkpoint a minute, decisions committed
// by the day.

import { pino } from 'pino';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, wholeNumber, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { loadApiKeys } from '../home/api-keys.ts';
import { openHome } from '../home/direct-desk.ts';
import { publishVkey } from '../home/vkey-file.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { wrap } from '../layout.ts';
import { reloading } from '../reloading.ts';
import { serveHome } from '../serving.ts';
import { readyText } from '../show/ready.ts';

const PORT_DEFAULT = '8787';

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
  run: async (args, io) => {
    const port = wholeNumber(args.text('port') ?? PORT_DEFAULT, { flag: 'port', min: 0, max: 65_535 });
    const beganMs = performance.now();
    const log = pino({ base: null }, pino.destination({ dest: 2, sync: true }));
    // At a terminal SIGHUP says that it is gone; a service without one reads its policy again.
    const reloads = !process.stdin.isTTY;
    let reload: () => void = () => undefined;
    const interrupt = listenForInterrupt(reloads ? () => reload() : undefined);
    const embedded = await openHome(homeOf(args), io.env, {
      failed: (what, error) =>
        log.error({ what, says: error instanceof Error ? error.message : 'unknown' }, 'failed'),
    });
    try {
      reload = reloading(embedded, log).reload;
      const keys = loadApiKeys(embedded.paths);
      publishVkey(embedded.paths.log, embedded.engine.core.world.log.vkey);
      const host = args.text('host');
      const listening = await serveHome({
        embedded,
        keys,
        port,
        log,
        reloads,
        ...(host === undefined ? {} : { host }),
      });
      const status = await embedded.engine.status();
      const readyMs = performance.now() - beganMs;
      const { home } = embedded.paths;
      if (args.json) io.out(jsonLine({ address: listening.url, home, keysFile: keys.file, status }));
      else {
        if (keys.isNew)
          io.out(wrap(`API keys were made: ${keys.file} (only you can read it).`, { width: io.width }));
        io.out(readyText({ address: listening.url, keysFile: keys.file, status, readyMs }, io));
      }
      await interrupt.signalled;
      await listening.close();
      return EXIT.ok;
    } finally {
      await embedded.close();
      interrupt.dispose();
    }
  },
};
