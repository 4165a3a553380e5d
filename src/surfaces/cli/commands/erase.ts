// `fineline erase`: a person goes, with proof. It cannot be taken back, so it is asked about once more.

import { writeFileSync } from 'node:fs';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, usage, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { fileFault } from '../file-fault.ts';
import { openDesk } from '../home/open-desk.ts';
import { wrap } from '../layout.ts';

export const erase: Command = {
  name: 'erase',
  about: 'erase a person: keys, facts, decisions and their share in the statistics',
  usage: 'PERSON [--yes] [--receipt FILE] [--home DIR] [--json]',
  words: [1, 1],
  flags: [
    { name: 'yes', about: 'do not ask' },
    { name: 'receipt', value: 'FILE', about: 'write the signed receipt there' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'At once, and for good: backups open for nobody either. Evidence of consent stays sealed ' +
      'until the term of the law ends; a keyed mark keeps a re-import from bringing the person ' +
      'back. Only the person can come back, with a token of their own.',
  ],
  examples: [
    { line: 'fineline erase ada', about: 'asks once more' },
    { line: 'fineline erase ada --yes --receipt ada-erased.json', about: 'and keeps the receipt for ada' },
  ],
  run: async (args, io) => {
    const person = args.words[0] ?? '';
    if (!args.has('yes')) {
      const answer = await io.ask(`Erase ${person} for good? Type the name again to go on: `);
      if (answer === undefined) throw usage('there is no terminal to ask at: add --yes when you are sure');
      if (answer.trim() !== person) {
        io.err('Nothing was erased.\n');
        return EXIT.refused;
      }
    }
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const erased = await desk.erase(person);
      const file = args.text('receipt');
      if (file !== undefined) {
        try {
          writeFileSync(file, jsonLine(erased['receipt']), { mode: 0o600 });
        } catch (error) {
          throw fileFault(file, error);
        }
      }
      if (args.json) io.out(jsonLine(erased));
      else {
        const said =
          `${io.style.green('✓')} ${person} is erased: keys, facts, decisions and statistics, now. ` +
          'The model forgets at its next fit; until then weights of too few people are zero.';
        const kept =
          file === undefined
            ? 'Use --receipt FILE or --json to keep the receipt next time.'
            : `Receipt: ${file} (check it with “fineline verify”).`;
        io.out(wrap(`${said}\n${kept}`, { width: io.width }));
      }
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};
