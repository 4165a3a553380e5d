// `fineline publish`: a number about people becomes public, for good.

import { ASKS } from '../../../facts/question.ts';
import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage, wholeNumber } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { openDesk } from '../home/open-desk.ts';
import { nearest } from '../nearest.ts';
import { releaseText } from '../show/release-text.ts';

export const publish: Command = {
  name: 'publish',
  about: 'make a number about people public, with noise, within the year’s budget',
  usage: 'people-total | people-per-item | people-per-leaf --from DAY --to DAY',
  words: [1, 1],
  flags: [
    { name: 'from', value: 'DAY', about: 'first day (UTC) of the period, e.g. 2026-10-01' },
    { name: 'to', value: 'DAY', about: 'its last day; it must be over' },
    { name: 'path', value: 'PATH', about: 'things below this path, e.g. “Food > Tea”' },
    { name: 'item', value: 'ID', many: true, about: 'of people-per-item: this thing' },
    { name: 'purpose', value: 'WORD', about: 'measure (default) or improve: who allows it is counted' },
    { name: 'rows-per-person', value: 'N', about: 'rows that one person counts in (default 4)' },
    { name: 'rho', value: 'NUMBER', about: 'what it may cost (default 0.01)' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'Numbers that few people stand behind are “few”. The answer is public from then on, and the same ' +
      'for good: whoever asks again gets it again, and nothing more is spent.',
    'What may be spent in a year stands under budget in the policy; docs/releases.md says what it means.',
  ],
  examples: [
    { line: 'fineline publish people-total --from 2026-10-01 --to 2026-10-31', about: 'who bought' },
    {
      line: 'fineline publish people-per-leaf --from 2026-10-01 --to 2026-10-31 --path Food',
      about: 'a table',
    },
  ],
  run: async (args, io) => {
    const fields = fieldsOf(args);
    const desk = await openDesk(homeOf(args), io.env);
    try {
      const kept = await desk.publish(fields);
      io.out(args.json ? jsonLine(kept) : releaseText(kept, io));
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};

/** As POST /v1/releases takes them. */
function fieldsOf(args: Args): Readonly<Record<string, unknown>> {
  const [ask = ''] = args.words;
  if (!ASKS.some((each) => each === ask)) {
    const close = nearest(ask, ASKS);
    const hint = close === undefined ? `Say one of ${ASKS.join(', ')}.` : `Did you mean ${close}?`;
    throw usage(`${JSON.stringify(ask)} cannot be asked. ${hint}`);
  }
  const rows = args.text('rows-per-person');
  const rho = args.text('rho');
  const fields = {
    ask,
    from: args.text('from'),
    to: args.text('to'),
    path: args.text('path'),
    purpose: args.text('purpose'),
    items: args.all('item').length === 0 ? undefined : args.all('item'),
    rowsPerPersonMax:
      rows === undefined ? undefined : wholeNumber(rows, { flag: 'rows-per-person', min: 1, max: 1000 }),
    rho: rho === undefined ? undefined : Number(rho),
  };
  for (const name of ['from', 'to'] as const)
    if (fields[name] === undefined) throw usage(`--${name} is needed: a day as 2026-10-31`);
  if (Number.isNaN(fields.rho)) throw usage('--rho must be a number, for instance 0.01');
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
