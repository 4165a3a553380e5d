// `fineline learn`: a model from everything people allowed to be learned from, taken into service.

import { homeOf } from '../args.ts';
import { type Command, HOME_FLAG, JSON_FLAG, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';
import { counted, duration } from '../layout.ts';
import { chosenText } from '../show/learned-text.ts';

export const learn: Command = {
  name: 'learn',
  about: 'learn from what people allowed, and take the model into service',
  usage: '[--home DIR] [--json]',
  words: [0, 0],
  flags: [HOME_FLAG, JSON_FLAG],
  notes: [
    'A server learns by itself every ten minutes when something has changed; this asks it to ' +
      'do so now. Serving goes on meanwhile.',
  ],
  examples: [{ line: 'fineline learn', about: 'after an import' }],
  run: async (args, io) => {
    const beganMs = performance.now();
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const learned = await desk.learn();
      const seconds = (performance.now() - beganMs) / 1000;
      if (args.json) io.out(jsonLine({ ...learned, seconds: Number(seconds.toFixed(3)) }));
      else
        io.out(
          `${io.style.green('✓')} Learned in ${duration(seconds * 1000)}: ` +
            `${counted(learned.items, 'thing')}, model ${learned.model ?? 'none'}\n` +
            chosenText(learned.kind),
        );
      if (!args.json && learned.drift.length > 0)
        io.out(`! It moved more than a shop moves: ${learned.drift.join(', ')}. See docs/statistics.md.\n`);
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};
