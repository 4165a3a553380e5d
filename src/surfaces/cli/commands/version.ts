// `fineline version`.

import { readJson } from '../home/json-file.ts';
import { fileURLToPath } from 'node:url';
import { parseObject } from '../../../facts/parse.ts';
import { type Command, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';

export const version: Command = {
  name: 'version',
  about: 'the version of Fineline and of Node',
  usage: '[--json]',
  words: [0, 0],
  flags: [JSON_FLAG],
  notes: [],
  examples: [{ line: 'fineline version', about: 'for a report' }],
  run: (args, io) => {
    const fields = parseObject(
      readJson(fileURLToPath(new URL('../../../../package.json', import.meta.url))),
      'package',
    );
    const own =
      fields.ok && typeof fields.value['version'] === 'string' ? fields.value['version'] : 'unknown';
    io.out(
      args.json
        ? jsonLine({ fineline: own, node: process.versions.node })
        : `fineline ${own} (Node ${process.versions.node})\n`,
    );
    return Promise.resolve(EXIT.ok);
  },
};
