// `fineline consent`: what a person allows, and, for an officer who was told so by the person, changing it.

import { DATA_CATEGORIES } from '../../../facts/category.ts';
import { classOfCategory } from '../../../facts/declared-class.ts';
import type { ConsentState } from '../../../facts/grant.ts';
import { parseObject } from '../../../facts/parse.ts';
import { GRANTABLE_PURPOSES } from '../../../facts/purpose.ts';
import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, usage, jsonLine } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import type { ConsentAsk } from '../home/desk.ts';
import { openDesk } from '../home/open-desk.ts';
import type { Io } from '../io.ts';
import { counted, wrap } from '../layout.ts';
import { nearest } from '../nearest.ts';

export const consent: Command = {
  name: 'consent',
  about: 'what a person allows; with --give or --withdraw, change it',
  usage: 'PERSON [--give CATEGORY:PURPOSE …] [--withdraw CATEGORY:PURPOSE …] --notice ID',
  words: [1, 1],
  flags: [
    { name: 'give', value: 'CATEGORY:PURPOSE', many: true, about: 'the person said yes to this' },
    {
      name: 'withdraw',
      value: 'CATEGORY:PURPOSE',
      many: true,
      about: 'the person takes it back; * stands for all categories',
    },
    { name: 'notice', value: 'ID', about: 'the notice the person saw; needed with --give' },
    { name: 'language', value: 'TAG', about: 'language of that notice (default en)' },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    `Categories: ${DATA_CATEGORIES.join(', ')}.`,
    `Purposes: ${GRANTABLE_PURPOSES.join(', ')}.`,
    'A change rules the very next decision and is witnessed in the log; --json prints its receipt.',
  ],
  examples: [
    { line: 'fineline consent ada', about: 'what ada allows' },
    {
      line: 'fineline consent ada --withdraw purchases:recommend',
      about: 'no more recommendations from purchases',
    },
    {
      line: 'fineline consent ada --give browsing:recommend --notice notice-1',
      about: 'a yes, in front of a notice',
    },
  ],
  run: async (args, io) => {
    const person = args.words[0] ?? '';
    const ask = askOf(args, person);
    const desk = await openDesk(homeOf(args), io.env);
    try {
      if (ask === undefined) {
        const known = await desk.readConsent(person);
        io.out(args.json ? jsonLine(known) : consentText(person, known, io));
        return EXIT.ok;
      }
      const kept = await desk.changeConsent(ask);
      if (args.json) io.out(jsonLine(kept));
      else
        io.out(
          `${io.style.green('✓')} Kept: ${counted(ask.grants.length, 'choice')} of ${person}. It ` +
            'rules the next decision.\n',
        );
      return EXIT.ok;
    } finally {
      await desk.close();
    }
  },
};

function askOf(args: Args, person: string): ConsentAsk | undefined {
  const grants = [
    ...args.all('give').map((text) => choiceOf(text, 'give', 'given')),
    ...args.all('withdraw').map((text) => choiceOf(text, 'withdraw', 'withdrawn')),
  ];
  const notice = args.text('notice');
  if (grants.length === 0) {
    if (notice !== undefined) throw usage('--notice goes with --give or --withdraw');
    return undefined;
  }
  if (notice === undefined && args.all('give').length > 0)
    throw usage('--give needs --notice ID: what was the person shown when they said yes?');
  return {
    person,
    grants,
    notice: {
      id: notice ?? 'none',
      language: args.text('language') ?? (notice === undefined ? 'und' : 'en'),
    },
  };
}

function choiceOf(text: string, flag: string, state: ConsentState): ConsentAsk['grants'][number] {
  const at = text.lastIndexOf(':');
  const [category, purpose] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  if (at < 1 || purpose === '')
    throw usage(
      `--${flag} wants CATEGORY:PURPOSE, for instance purchases:recommend, not ${JSON.stringify(text)}`,
    );
  const knownPurpose = GRANTABLE_PURPOSES.find((known) => known === purpose);
  if (knownPurpose === undefined) throw unknownWord('purpose', purpose, GRANTABLE_PURPOSES);
  const isAll = category === '*' && state !== 'given';
  const isClass = classOfCategory(category) !== undefined;
  if (!isAll && !isClass && !DATA_CATEGORIES.some((known) => known === category))
    throw unknownWord('category', category, DATA_CATEGORIES);
  return { category, purpose: knownPurpose, state };
}

function unknownWord(what: string, word: string, known: readonly string[]) {
  const close = nearest(word, known);
  const hint = close === undefined ? `Known: ${known.join(', ')}` : `Did you mean ${close}?`;
  return usage(`there is no ${what} ${JSON.stringify(word)}. ${hint}`);
}

function consentText(person: string, known: Readonly<Record<string, unknown>>, { width, style }: Io): string {
  const allowed: readonly unknown[] = Array.isArray(known['allowed']) ? known['allowed'] : [];
  const rows = new Map<string, string[]>();
  for (const entry of allowed) {
    const fields = parseObject(entry, 'allowed');
    if (!fields.ok || fields.value['allowed'] !== true) continue;
    const { category, purpose } = fields.value;
    if (typeof category === 'string' && typeof purpose === 'string')
      rows.set(category, [...(rows.get(category) ?? []), purpose]);
  }
  const records = typeof known['records'] === 'number' ? known['records'] : 0;
  const head = `${style.bold(person)}: ${counted(records, 'consent record')}. Allowed now:\n`;
  const lines = [...rows].map(([category, purposes]) =>
    wrap(purposes.join(', '), { width, indent: ' '.repeat(16), first: `  ${category.padEnd(14)}` }),
  );
  const note =
    'serve is the order itself and rests on the contract. Everything not named here is not allowed.';
  return `${head}${lines.length === 0 ? '  nothing\n' : lines.join('')}${style.dim(wrap(note, { width }))}`;
}
