// `fineline keys … log`: another key in the place of the one that signs the log, while the shop serves.

import type { LogKeysActs, LogKeysTold } from '../../presets/log-keys.ts';
import { type Args, jsonLine, usage } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { wrap } from './layout.ts';

const ID = /^[0-9a-f]{8}$/;

/** Words after `fineline keys`: list, rotate, use or end; `id` where one is named. */
export interface LogKeyAsk {
  readonly word: 'list' | 'rotate' | 'use' | 'end';
  readonly id: string | undefined;
  readonly home: string;
}

interface Speaking {
  readonly args: Args;
  readonly io: Io;
}

export async function runLogKeys(ask: LogKeyAsk, args: Args, io: Io): Promise<ExitCode> {
  if ((ask.word === 'use' || ask.word === 'end') && (ask.id === undefined || !ID.test(ask.id)))
    throw usage(`say which: fineline keys ${ask.word} log ID (fineline keys list log tells it)`);
  const { openLogKeysActs } = await import('../../presets/log-keys.ts');
  const acts = await openLogKeysActs({ home: ask.home, isLooking: ask.word === 'list' });
  try {
    return await act(acts, ask, { args, io });
  } finally {
    await acts.close();
  }
}

async function act(acts: LogKeysActs, { word, id = '' }: LogKeyAsk, speaking: Speaking): Promise<ExitCode> {
  if (word === 'list') return list(await acts.told(), speaking);
  if (word === 'use') return use(acts, id, speaking);
  if (word === 'end') return end(acts, id, speaking);
  const made = await acts.make();
  if (!acts.isShared) return use(acts, made.id, speaking);
  const text =
    `A new log key: ${made.file} (only you can read it). Nothing is signed with it yet. Copy it into ` +
    `HOME/keys of every node, those that are stopped as well, then: fineline keys use log ${made.id}`;
  return say({ made: made.id, file: made.file }, text, speaking);
}

async function use(acts: LogKeysActs, id: string, speaking: Speaking): Promise<ExitCode> {
  const { isInLog, late, old } = await acts.use(id);
  const where = late.length === 0 ? '' : ` Not seen yet from node ${late.join(', ')}: look at its log.`;
  const beside = old.length === 0 ? '' : ` Beside it signs ${old.join(', ')}, until it ends.`;
  const next = old.map((one) => `fineline keys end log ${one}`).join(', ');
  const entered = isInLog
    ? 'What puts it in its place is in the log.'
    : 'What puts it in its place enters with the next checkpoint (fineline keys list log).';
  const then = next === '' ? '' : ` Publish the new key (list log tells it), then: ${next}`;
  const told = { used: id, inLog: isInLog, old, late };
  return say(told, `The log goes on under ${id}.${beside}${where} ${entered}${then}`, speaking);
}

async function end(acts: LogKeysActs, id: string, speaking: Speaking): Promise<ExitCode> {
  const { file, late } = await acts.end(id);
  const where = late.length === 0 ? '' : ` Not heard yet by node ${late.join(', ')}.`;
  const kept =
    file === undefined ? '' : ` Destroy ${file}, here and in every copy: nothing needs it any more.`;
  const told = { ended: id, late, ...(file === undefined ? {} : { file }) };
  return say(told, `${id} signs nothing more.${where}${kept}`, speaking);
}

function list({ keys, running }: LogKeysTold, { args, io }: Speaking): ExitCode {
  if (args.json) {
    io.out(jsonLine({ keys, running }));
    return EXIT.ok;
  }
  for (const { id, vkey, state, madeMs, file, isInLog } of keys) {
    const made = `${new Date(madeMs).toISOString().slice(0, 16)}Z`;
    const waits = isInLog === false ? '  not in the log yet' : '';
    const where = file === undefined ? '' : `  ${file}`;
    io.out(`${id}  ${state.padEnd(9)}  made ${made}${waits}${where}\n  ${vkey}\n`);
  }
  return EXIT.ok;
}

function say(told: object, text: string, { args, io }: Speaking): ExitCode {
  if (args.json) io.out(jsonLine(told));
  else io.out(wrap(`${io.style.green('✓')} ${text}`, { width: io.width }));
  return EXIT.ok;
}
