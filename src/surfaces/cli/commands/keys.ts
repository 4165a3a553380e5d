// `fineline keys`: which API keys and master keys a home has, and new ones in their place while the server
// runs.

import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, jsonLine, usage, wholeNumber } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { ownerFileOf } from '../home/api-keys.ts';
import { type KeptKeys, readKeyFile } from '../home/key-file.ts';
import { assertHome } from '../home/open-desk.ts';
import type { Io } from '../io.ts';
import { endKeys, rotateKeys, takenUp } from '../keys-acts.ts';
import { runLogKeys } from '../keys-log.ts';
import { runMaster } from '../keys-master.ts';
import { wrap } from '../layout.ts';
import { nearest } from '../nearest.ts';
import { KEY_ROLES, type KeyRole } from '../../http/keys.ts';
import { pathsOf } from '../../../presets/paths.ts';

const WORDS = ['list', 'rotate', 'use', 'end'] as const;
const KEEP_HOURS_DEFAULT = '24';
const KEEP_HOURS_MAX = 24 * 366;

export const keys: Command = {
  name: 'keys',
  about: 'list the keys of a home, or put new ones in their place while it runs',
  usage:
    'list [master|log] | rotate ROLE|all|master|log [--keep-hours N] | use master|log ID | ' +
    'end ROLE|all|master|log ID',
  words: [1, 3],
  flags: [
    {
      name: 'keep-hours',
      value: 'N',
      about: `how long those of before still hold (default ${KEEP_HOURS_DEFAULT}; 0: not at all)`,
    },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'rotate makes a new key for each role, writes it into keys.json, and lets those of before hold for ' +
      'a while, so that nothing stops while the new one is handed out. end ends all but the newest at ' +
      'once: for a key that somebody has who should not. A running server takes either up within a second.',
    'Roles: collect, decide, officer, admin. Several nodes of a cluster have a home each: copy ' +
      'keys/api-keys.json to the others.',
    'master is the key that wraps the keys of people. rotate master makes another one; in a cluster its ' +
      'file is copied to every home before use master seals with it, elsewhere that is one step. What the ' +
      'old one wrapped is wrapped anew in the background, nothing else is touched; end master is refused ' +
      'while a row needs it. Each may be stopped and run again. It ends with 1 when it was refused, with 3 ' +
      'when the disk or the database failed.',
    'log is the key that signs checkpoints and promises. rotate log puts another one in its place: a note ' +
      'that both signed enters the log, both sign from then on, and whoever has the old one written down ' +
      'goes on with it; end log ends that. Receipts of before hold for ever (fineline verify follows the ' +
      'successions). In a cluster the file is copied to every home before use log.',
  ],
  examples: [
    { line: 'fineline keys rotate all', about: 'new keys; the old ones end tomorrow' },
    { line: 'fineline keys end decide', about: 'what was left of old keys of a page ends now' },
    { line: 'fineline keys rotate master', about: 'another master key; list master tells how far it is' },
    { line: 'fineline keys end master 4f0c6d2a9be17035', about: 'once nothing is wrapped by it' },
    { line: 'fineline keys rotate log', about: 'the log goes on under another key' },
    { line: 'fineline keys end log 53ac073d', about: 'the old one signs nothing more' },
  ],
  run: runKeys,
};

async function runKeys(args: Args, io: Io): Promise<ExitCode> {
  const [word = '', named, id] = args.words;
  const home = homeOf(args);
  assertHome(home);
  const paths = pathsOf(home);
  const act = WORDS.find((one) => one === word);
  if (act === undefined) throw unknown('keys', word, WORDS);
  if (named === 'master') return runMaster({ word: act, id, home }, args, io);
  if (named === 'log') return runLogKeys({ word: act, id, home }, args, io);
  if (id !== undefined)
    throw usage(`what is ${JSON.stringify(id)}? Only a master or log key is named by an ID`);
  if (act === 'use') throw usage('say what: fineline keys use master ID, or use log ID');
  if (act === 'list') return list(args, io, readKeyFile(paths));
  const roles = rolesOf(named, word);
  if (word === 'end') {
    const ended = endKeys(paths, roles);
    return tell(args, io, { done: { ended }, home, text: `Ended: ${ended} (those of before the newest).` });
  }
  const hours = args.text('keep-hours') ?? KEEP_HOURS_DEFAULT;
  const keepHours = wholeNumber(hours, { flag: 'keep-hours', min: 0, max: KEEP_HOURS_MAX });
  rotateKeys(paths, { roles, keepHours });
  const file = ownerFileOf(paths.home);
  const before = keepHours === 0 ? 'Those of before have ended' : `Those of before end in ${keepHours} h`;
  const text = `New keys of ${roles.join(', ')}: ${file} (only you can read it). ${before}.`;
  return tell(args, io, { done: { roles, file, keepHours }, home, text });
}

interface Done {
  readonly done: Readonly<Record<string, unknown>>;
  readonly home: string;
  readonly text: string;
}

async function tell(args: Args, io: Io, { done, home, text }: Done): Promise<ExitCode> {
  const server = await takenUp(pathsOf(home));
  if (args.json) io.out(jsonLine({ ...done, ...(server === undefined ? {} : { inForceAt: server }) }));
  else {
    const where =
      server === undefined ? 'No server runs: it holds from the next start.' : `In force at ${server}.`;
    io.out(wrap(`${text} ${where}`, { width: io.width }));
  }
  return EXIT.ok;
}

function list(args: Args, io: Io, kept: KeptKeys | undefined): ExitCode {
  if (args.json) io.out(jsonLine({ keys: kept ?? {} }));
  else if (kept === undefined) io.out('There are no keys yet: the first start makes them.\n');
  else for (const role of KEY_ROLES) io.out(listed(role, kept));
  return EXIT.ok;
}

/** A key is named by the beginning of its hash, which opens nothing. */
function listed(role: KeyRole, kept: KeptKeys): string {
  const lines = kept[role].map(({ hash, madeMs, untilMs }) => {
    const made = madeMs === undefined ? '' : `  made ${minute(madeMs)}`;
    const word = untilMs !== undefined && untilMs <= Date.now() ? 'ended' : 'ends';
    const ends = untilMs === undefined ? '' : `  ${word} ${minute(untilMs)}`;
    return `${role.padEnd(8)} ${hash.slice(0, 8)}${made}${ends}\n`;
  });
  return lines.join('');
}

function minute(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 16)}Z`;
}

function rolesOf(named: string | undefined, word: string): readonly KeyRole[] {
  if (named === 'all') return KEY_ROLES;
  const role = KEY_ROLES.find((one) => one === named);
  if (role !== undefined) return [role];
  if (named === undefined)
    throw usage(`say whose: fineline keys ${word} ${KEY_ROLES.join('|')}|all|master|log`);
  throw unknown('role', named, [...KEY_ROLES, 'all', 'master', 'log']);
}

function unknown(what: string, word: string, known: readonly string[]): Error {
  const close = nearest(word, known);
  const hint = close === undefined ? `Say one of ${known.join(', ')}.` : `Did you mean ${close}?`;
  return usage(`there is no ${what} ${JSON.stringify(word)}. ${hint}`);
}
