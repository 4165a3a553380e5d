// `fineline keys … master`: another master key in the place of the one that wraps the keys of people, while
// the shop serves.

import type { Masters, MastersTold } from '../../presets/masters.ts';
import { type Args, jsonLine, usage } from './command.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { count, counted, wrap } from './layout.ts';

const ID = /^[0-9a-f]{16}$/;
const SAY_EVERY_MS = 2000;

/** Words after `fineline keys`: list, rotate, use or end; `id` where one is named. */
export interface MasterAsk {
  readonly word: 'list' | 'rotate' | 'use' | 'end';
  readonly id: string | undefined;
  readonly home: string;
}

export async function runMaster(ask: MasterAsk, args: Args, io: Io): Promise<ExitCode> {
  const { openMasters } = await import('../../presets/masters.ts');
  const given = io.env['FINELINE_MASTER_KEY'];
  const masterKey = given === undefined || given === '' ? {} : { masterKey: given };
  if ((ask.word === 'use' || ask.word === 'end') && (ask.id === undefined || !ID.test(ask.id)))
    throw usage(`say which: fineline keys ${ask.word} master ID (fineline keys list master tells it)`);
  const masters = await openMasters({ home: ask.home, ...masterKey, isLooking: ask.word === 'list' });
  try {
    return await act(masters, ask, { args, io });
  } finally {
    await masters.close();
  }
}

interface Speaking {
  readonly args: Args;
  readonly io: Io;
}

async function act(
  masters: Masters,
  { word, id = '' }: MasterAsk,
  { args, io }: Speaking,
): Promise<ExitCode> {
  if (word === 'list') return list(await masters.told(), { args, io });
  if (word === 'end') {
    const { file } = await masters.end(id, progressOn(io));
    const kept = file === undefined ? '' : ` Take ${file} away: ${WHEN_GONE}`;
    return say({ ended: id, ...(file === undefined ? {} : { file }) }, `${id} has ended.${kept}`, {
      args,
      io,
    });
  }
  if (word === 'use') return use(masters, id, { args, io });
  const made = await masters.make();
  if (!masters.isShared) return use(masters, made.id, { args, io });
  const text =
    `A new master key: ${made.file} (only you can read it). Nothing is sealed with it yet. Copy it into ` +
    `HOME/keys of every node, those that are stopped as well, then: fineline keys use master ${made.id}`;
  return say({ made: made.id, file: made.file }, text, { args, io });
}

const WHEN_GONE =
  'offline while copies of the keys from before exist that you may want to put back; then destroy it, and ' +
  'those copies open for nobody.';

async function use(masters: Masters, id: string, { args, io }: Speaking): Promise<ExitCode> {
  const { isWhole, late } = await masters.use(id, progressOn(io));
  const { masters: all } = await masters.told();
  const old = all.filter(({ state }) => state === 'old').map((one) => one.id);
  const left = all.reduce((sum, one) => sum + (one.state === 'old' ? (one.wraps ?? 0) : 0), 0);
  const then = old.map((one) => `fineline keys end master ${one}`).join(', ');
  const rest = isWhole
    ? 'Nothing is wrapped by another one any more.'
    : `${count(left)} rows are being wrapped anew in the background (fineline keys list master).`;
  const next = then === '' ? '' : ` Then: ${then}`;
  const where =
    late.length === 0 || isWhole
      ? ', on every node that runs'
      : `. Not seen yet from node ${late.join(', ')}: nothing is wrapped anew before; look at its log`;
  const told = { used: id, left, old, late };
  return say(told, `Sealed with ${id} from now on${where}. ${rest}${next}`, { args, io });
}

function say(told: object, text: string, { args, io }: Speaking): ExitCode {
  if (args.json) io.out(jsonLine(told));
  else io.out(wrap(`${io.style.green('✓')} ${text}`, { width: io.width }));
  return EXIT.ok;
}

function list(told: MastersTold, { args, io }: Speaking): ExitCode {
  if (args.json) {
    io.out(jsonLine(told));
    return EXIT.ok;
  }
  for (const { id, state, madeMs, wraps, file } of told.masters) {
    const rows = wraps === undefined ? '' : `  wraps ${count(wraps)} of ${count(told.rows)} rows`;
    const made = `${new Date(madeMs).toISOString().slice(0, 16)}Z`;
    io.out(`${id}  ${state.padEnd(9)}  made ${made}${rows}${file === undefined ? '' : `  ${file}`}\n`);
  }
  if (told.unreadable > 0) {
    const rows = counted(told.unreadable, 'row opens', 'rows open');
    io.out(wrap(`${rows} with no key at hand: damaged, or of a key that is not here.`, { width: io.width }));
  }
  return EXIT.ok;
}

/** A line now and then: a million people take minutes. */
function progressOn(io: Io): (rows: number) => void {
  let saidMs = performance.now();
  return (rows) => {
    if (performance.now() - saidMs < SAY_EVERY_MS) return;
    saidMs = performance.now();
    io.err(`Looked at ${count(rows)} rows …\n`);
  };
}
