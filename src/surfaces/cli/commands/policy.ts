// `fineline policy`: one file says what this shop may decide; six words ask about it.

import { type Args, type Command, HOME_FLAG, JSON_FLAG, usage } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { nearest } from '../nearest.ts';

const WORDS = ['check', 'explain', 'diff', 'simulate', 'apply', 'proxies'];

export const policy: Command = {
  name: 'policy',
  about: 'check, explain, compare, simulate or apply the policy of a home',
  usage: 'check [FILE] | explain [FILE] | diff A B | simulate FILE | apply | proxies',
  words: [1, 3],
  flags: [HOME_FLAG, JSON_FLAG],
  notes: [
    'The policy stands in HOME/fineline.policy.yaml. A is a file, or the word “default” for what ' +
      'holds without one. A file that is there and bad is never replaced by the default: the home ' +
      'does not open, and a running service keeps the policy before.',
    'check names every problem with its line, and ends with 1 when there is one. diff says of each ' +
      'difference whether it is stricter or looser.',
    'simulate decides the newest 10,000 decisions again from their records. It prints counts, none ' +
      'of fewer than 20 people, and needs the home for itself. apply is for “fineline serve” ' +
      'without a terminal.',
  ],
  examples: [
    { line: 'fineline policy check', about: 'before a restart' },
    { line: 'fineline policy explain', about: 'what holds, and where each line comes from' },
    { line: 'fineline policy diff default new.yaml', about: 'what is stricter, what is looser' },
    { line: 'fineline policy simulate new.yaml', about: 'what it would have changed' },
    { line: 'fineline policy apply', about: 'the running service reads the file again' },
    { line: 'fineline policy proxies', about: 'which ordinary things are held back, and why' },
  ],
  run: async (args, io) => runPolicy(args, io),
};

async function runPolicy(args: Args, io: Io): Promise<ExitCode> {
  const [word = '', first, second] = args.words;
  const most = { check: 2, explain: 2, diff: 3, simulate: 2, apply: 1, proxies: 1 }[word];
  if (most === undefined) {
    const close = nearest(word, WORDS);
    const hint = close === undefined ? `Say one of ${WORDS.join(', ')}.` : `Did you mean ${close}?`;
    throw usage(`there is no policy ${JSON.stringify(word)}. ${hint}`);
  }
  if (args.words.length > most)
    throw usage(`unexpected ${JSON.stringify(args.words[most])}. Usage: fineline policy ${policy.usage}`);
  const { applyPolicy, checkPolicy, diffPolicies, explainPolicy, simulate, tellProxies } =
    await import('../policy/acts.ts');
  if (word === 'check') return checkPolicy(args, io, first);
  if (word === 'explain') return explainPolicy(args, io, first);
  if (word === 'apply') return applyPolicy(args, io);
  if (word === 'proxies') return tellProxies(args, io);
  if (first === undefined || (word === 'diff' && second === undefined))
    throw usage(`something is missing. Usage: fineline policy ${policy.usage}`);
  return word === 'diff' ? diffPolicies(args, io, [first, second ?? '']) : simulate(args, io, first);
}
