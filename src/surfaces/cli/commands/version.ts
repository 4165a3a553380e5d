// `fineline version`.

import { type Command, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { ownVersion } from '../own-version.ts';

export const version: Command = {
  name: 'version',
  about: 'the version of Fineline and of Node',
  usage: '[--json]',
  words: [0, 0],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'fineline version', about: 'for a report' }],
  run: (args, io) => {
    const own = ownVersion();
    io.out(
      args.json
        ? jsonLine({ fineline: own, node: process.versions.node })
        : `fineline ${own} (Node ${process.versions.node})\n`,
    );
    return Promise.resolve(EXIT.ok);
  },
};
