// `fineline why`: the facts that made a decision, their share, what would change without one. What was held
// back is not told here: that is for the person alone, after sign-in.

import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';
import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';
import { addressedText, listText, sharesText, withoutText } from '../show/decision.ts';
import type { Told } from '../show/told.ts';

export const why: Command = {
  name: 'why',
  about: 'why a decision came out so',
  usage: 'DECISION [--home DIR] [--json]',
  words: [1, 1],
  flags: [HOME_FLAG, JSON_FLAG],
  notes: [
    'The decision is made again from its record, with the model and the catalogue of then. ' +
      'What the line held back is told to the person alone, so it is not in this answer.',
  ],
  examples: [{ line: 'fineline why bXq…', about: 'with the name that decide printed' }],
  run: async (args, io) => {
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const told = await desk.why(args.words[0] ?? '');
      io.out(args.json ? jsonLine(told) : whyText(told, io));
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};

function whyText(told: Told, io: Io): string {
  const { width, style } = io;
  // Titles stand with the items of the list; a fact about another thing is named by its id.
  const titles = new Map(told.items.map(({ item, title }) => [item, title ?? item]));
  const titleOf = (item: string): string => titles.get(item) ?? item;
  const { pack, model, catalogue } = told.made;
  const refused = told.refused === undefined ? '' : ` No fact about the person was read: ${told.refused}.`;
  const head =
    `Placement ${told.placement}, channel ${told.channel}, purpose ${told.purpose}, ` +
    `${told.time}.${refused}`;
  const made =
    `law ${pack}, model ${model.slice(0, 12)}, catalogue ${catalogue}, consent record ` +
    `${told.consentSeq}, propensity ${told.propensity.toFixed(4)}`;
  return [
    wrap(head, { width }),
    style.dim(wrap(made, { width })),
    `\n${style.bold('What was shown')}\n`,
    listText(told, io),
    addressedText(told, titleOf, io),
    `\n${style.bold('Why')}\n`,
    sharesText(told, titleOf, io),
    `\n${style.bold('Without the strongest fact')}\n`,
    withoutText(told, titleOf, io),
  ].join('');
}
