// `fineline catalogue`: what nobody can tell and somebody has to look at, and why a thing is of its class.

import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';
import type { Io } from '../io.ts';
import { reviewText, thingText } from '../show/review-text.ts';

export const catalogue: Command = {
  name: 'catalogue',
  about: 'list things that nobody can tell a class of, or say why a thing has its class',
  usage: 'review | why ITEM',
  words: [1, 2],
  flags: [HOME_FLAG, JSON_FLAG],
  notes: [
    'review lists, by category, things for which no class was found because nothing that could have told ' +
      'one spoke. Settle a line in the policy file: under sensitive.add when it is of a class, under ' +
      'sensitive.reviewed when it is of none.',
    'The same stands under GET /v1/catalogue/review and GET /v1/catalogue/items/ITEM, for the officer.',
  ],
  examples: [
    { line: 'fineline catalogue review', about: 'after an import' },
    { line: 'fineline catalogue why gin-rummy', about: 'which word, which list, which text' },
  ],
  run: async (args, io) => runCatalogue(args, io),
};

async function runCatalogue(args: Args, io: Io): Promise<ExitCode> {
  const [word = '', item] = args.words;
  const isRight = (word === 'review' && item === undefined) || (word === 'why' && item !== undefined);
  if (!isRight) throw usage(`Usage: fineline catalogue ${catalogue.usage}`);
  const desk = await openDesk(homeOf(args), io.env);
  try {
    if (item === undefined) {
      const told = await desk.review();
      io.out(args.json ? jsonLine(told) : reviewText(told, io));
    } else {
      const told = await desk.thing(item);
      io.out(args.json ? jsonLine(told) : thingText(told, io));
    }
    return EXIT.ok;
  } finally {
    await desk.close();
  }
}
