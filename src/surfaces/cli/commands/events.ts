// `fineline events`: how many events wait, and those that no worker could use, to look at, send again or
// forget. What is told of one are words and numbers of ours; the event itself is sealed for its person and
// stays so.

import type { DeadLetter, DeadLetters } from '../../../engine/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { namedStream, NATS_FLAG } from '../cluster-urls.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { deadText, lagText } from '../show/dead-text.ts';

/** Letters in one list; `--after` goes on. */
const LIST_MAX = 100;

export const events: Command = {
  name: 'events',
  about: 'how many events wait; look at those no worker could use, send them again, forget them',
  usage: 'lag | dead [list | show N | replay [N] | drop [N]] [--all] [--nats URL] [--home DIR] [--json]',
  words: [1, 3],
  flags: [
    NATS_FLAG,
    HOME_FLAG,
    { name: 'after', value: 'N', about: 'list what comes after this number' },
    { name: 'all', about: 'replay or drop every one' },
    { name: 'yes', about: 'do not ask' },
    JSON_FLAG,
  ],
  notes: [
    'A dead letter holds up nobody. Mend what its reason names, then send it again: an event that had its ' +
      'effect already has no second one. What is in a letter is sealed for one person and never shown.',
    'A password in the address is seen by other users of this machine when it stands in the command line: ' +
      'use FINELINE_NATS.',
  ],
  examples: [
    { line: 'fineline events lag', about: 'what waits, since when, and what was put aside' },
    { line: 'fineline events dead list --nats nats://10.0.0.1:4222', about: 'what was put aside, and why' },
    { line: 'fineline events dead replay --all', about: 'after a mended fault' },
    { line: 'fineline events dead drop 17', about: 'asks once more' },
  ],
  run: async (args, io) => {
    const [topic, action = 'list', seq] = args.words;
    if (topic !== 'dead' && (topic !== 'lag' || args.words.length > 1))
      throw usage(`Usage: fineline events ${events.usage}`);
    const named = namedStream(args);
    if (named === undefined)
      throw usage('the settings name no stream under cluster/nats: give --nats nats://HOST:4222, or --home');
    const ask: Ask = topic === 'lag' ? { kind: 'lag' } : readAsk(args, action, seq);
    // Every command would wait 0.1 s for the client of the broker otherwise.
    const { openLetters } = await import('../../../presets/event-stream.ts');
    const { letters, lag, close } = await openLetters(named);
    try {
      if (ask.kind === 'lag') {
        const told = await lag();
        io.out(args.json ? jsonLine(told) : lagText(told));
        return EXIT.ok;
      }
      return await answer(letters, ask, { args, io });
    } finally {
      await close();
    }
  },
};

type Ask = AskDead | { readonly kind: 'lag' };
type AskDead =
  | { readonly kind: 'list'; readonly after: number }
  | { readonly kind: 'show'; readonly seq: number }
  | { readonly kind: 'replay' | 'drop'; readonly seq: number | 'all' };

function readAsk(args: Args, action: string, word: string | undefined): AskDead {
  const bounds = { min: 1, max: Number.MAX_SAFE_INTEGER };
  const seq = word === undefined ? undefined : wholeNumber(word, { flag: 'N', ...bounds });
  const isAll = args.has('all');
  if (action === 'list' && seq === undefined && !isAll) {
    const after = args.text('after');
    return {
      kind: 'list',
      after: after === undefined ? 0 : wholeNumber(after, { flag: 'after', ...bounds }),
    };
  }
  if (action === 'show' && seq !== undefined && !isAll) return { kind: 'show', seq };
  if (action === 'replay' || action === 'drop') {
    if (isAll && seq === undefined) return { kind: action, seq: 'all' };
    if (!isAll && seq !== undefined) return { kind: action, seq };
    throw usage(`${action} needs the number of one letter, or --all`);
  }
  throw usage(`Usage: fineline events ${events.usage}`);
}

interface Hands {
  readonly args: Args;
  readonly io: Io;
}

async function answer(letters: DeadLetters, ask: AskDead, { args, io }: Hands): Promise<ExitCode> {
  if (ask.kind === 'list') {
    const found = await letters.list({ after: ask.after, limit: LIST_MAX });
    io.out(args.json ? jsonLine({ letters: found }) : deadText(found, io, LIST_MAX));
    return EXIT.ok;
  }
  if (ask.kind === 'show') {
    const found = await letters.get(ask.seq);
    if (found === undefined) throw noSuch(ask.seq);
    io.out(args.json ? jsonLine(found) : deadText([found], io, LIST_MAX));
    return EXIT.ok;
  }
  if (ask.kind === 'drop' && !(await isSure(ask.seq, { args, io }))) return EXIT.refused;
  const done = await doWith(letters, ask.kind, ask.seq);
  if (args.json) io.out(jsonLine({ [ask.kind === 'drop' ? 'dropped' : 'replayed']: done }));
  else io.out(`${ask.kind === 'drop' ? 'Forgotten' : 'Sent again'}: ${done}\n`);
  return EXIT.ok;
}

async function isSure(seq: number | 'all', { args, io }: Hands): Promise<boolean> {
  if (args.has('yes')) return true;
  const said = await io.ask(`Forget ${seq === 'all' ? 'all of them' : `letter ${seq}`} for good? Type yes: `);
  if (said === undefined) throw usage('there is no terminal to ask at: add --yes when you are sure');
  if (said.trim() === 'yes') return true;
  io.err('Nothing was forgotten.\n');
  return false;
}

/** How many were there. Those that are put aside meanwhile are not of it, so that it ends. */
async function doWith(letters: DeadLetters, kind: 'replay' | 'drop', seq: number | 'all'): Promise<number> {
  if (seq !== 'all') {
    if (await letters[kind](seq)) return 1;
    throw noSuch(seq);
  }
  const found: DeadLetter[] = [];
  for (let after = 0; ;) {
    const page = await letters.list({ after, limit: LIST_MAX });
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.seq;
  }
  let done = 0;
  for (const one of found) if (await letters[kind](one.seq)) done += 1;
  return done;
}

function noSuch(seq: number): Fault<'not-found'> {
  return new Fault('not-found', `There is no dead letter ${seq}; “fineline events dead list” tells all.`, {
    retry: 'never',
  });
}
