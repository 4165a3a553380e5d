// `fineline import`: data into a home. What people agreed to is not guessed: the importer names source, basis
// and notice, or nothing goes in.

import { CHANNELS } from '../../../facts/channel.ts';
import { type Command, HOME_FLAG, JSON_FLAG } from '../command.ts';

export const importCommand: Command = {
  name: 'import',
  about: 'import order lines, events and catalogues',
  usage: 'FILE|DIR --source NAME --basis consent|contract --notice ID',
  words: [1, 1],
  flags: [
    { name: 'source', value: 'NAME', about: 'where the data come from, in one word; it stays on record' },
    {
      name: 'basis',
      value: 'B',
      about: 'consent: people allowed it; contract: orders only, for the order itself',
    },
    { name: 'notice', value: 'ID', about: 'the notice people saw when they agreed' },
    {
      name: 'purposes',
      value: 'LIST',
      about:
        'with basis consent: what people allowed (default recommend,improve,measure for order ' +
        'lines; event files speak for themselves unless you say it)',
    },
    { name: 'language', value: 'TAG', about: 'language of the notice (default en)' },
    { name: 'channel', value: 'C', about: `${CHANNELS.join(', ')} (default web)` },
    { name: 'currency', value: 'CODE', about: 'currency of prices without one (ISO 4217)' },
    { name: 'shift-to-now', about: 'move all order times by whole weeks so that they end now' },
    { name: 'strict', about: 'stop at the first line that cannot be read' },
    { name: 'no-learn', about: 'do not learn at the end' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'Order lines: CSV with columns for item, time and person, and if there: order, quantity, ' +
      'price, title, country. Events: one JSON value per line in any intake format. A folder: ' +
      'catalogue.csv (or .xml, .json), events.ndjson, *.csv. Everything also as .gz.',
    'One consent record is written per person, and only where there is no answer yet: ' +
      'nobody’s refusal is overridden. The same import again changes nothing, so an ' +
      'interrupted one is simply run again.',
  ],
  examples: [
    {
      line: 'fineline import orders.csv.gz --source orders-2025 --basis consent --notice privacy-7',
      about: 'people had agreed to notice privacy-7',
    },
    {
      line: 'fineline import orders.csv --source till --basis contract --notice privacy-7',
      about: 'kept for the orders themselves; nothing is learned from it',
    },
  ],
  run: async (args, io) => (await import('../import/run.ts')).runImport(args, io),
};
