// `fineline export`: everything that is kept of a person, to take along (GDPR 15 and 20).

import { writeFileSync } from 'node:fs';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { fileFault } from '../file-fault.ts';
import { openDesk } from '../home/open-desk.ts';

export const exportCommand: Command = {
  name: 'export',
  about: 'everything that is kept of a person, as one JSON document',
  usage: 'PERSON [--to FILE] [--home DIR] [--json]',
  words: [1, 1],
  flags: [
    { name: 'to', value: 'FILE', about: 'write it there (only you can read it) instead of printing it' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'Facts with origin, basis and end, what is allowed now, and the whole journal. --json ' +
      'prints it on one line.',
  ],
  examples: [
    { line: 'fineline export ada', about: 'print it' },
    { line: 'fineline export ada --to ada.json', about: 'a file for ada' },
  ],
  run: async (args, io) => {
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const document = await desk.export(args.words[0] ?? '');
      const to = args.text('to');
      const text =
        args.json && to === undefined ? jsonLine(document) : `${JSON.stringify(document, undefined, 2)}\n`;
      if (to === undefined) io.out(text);
      else {
        try {
          writeFileSync(to, text, { mode: 0o600 });
        } catch (error) {
          throw fileFault(to, error);
        }
        if (args.json) io.out(jsonLine({ file: to, bytes: Buffer.byteLength(text) }));
        else io.out(`${io.style.green('✓')} Written to ${to}\n`);
      }
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};
