// `fineline copy`: marketing copy with released numbers in it, and no others.

import { COPY_LANGUAGES } from '../../../facts/about.ts';
import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';

export const copy: Command = {
  name: 'copy',
  about: 'fill a text with released numbers, as roughly as they are known',
  usage: 'TEXT [--language TAG]',
  words: [1, 1],
  flags: [
    { name: 'language', value: 'TAG', about: `one of ${COPY_LANGUAGES.join(', ')} (default en)` },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    '{people:ID} is the total of a release, {people:ID/ROW} a row of it; “fineline releases” has the ids. ' +
      'Any other place in braces is refused, and so is a number of few people.',
  ],
  examples: [
    { line: "fineline copy '{people:ID} people drink our tea.' --language de", about: 'etwa 2.300' },
  ],
  run: async (args, io) => {
    const [text = ''] = args.words;
    const said = args.text('language') ?? 'en';
    const language = COPY_LANGUAGES.find((each) => each === said);
    if (language === undefined) throw usage(`--language must be one of ${COPY_LANGUAGES.join(', ')}`);
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const filled = await desk.copy({ text, language });
      io.out(args.json ? jsonLine(filled) : `${filled.text}\n`);
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};
