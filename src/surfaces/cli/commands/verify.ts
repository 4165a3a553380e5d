// `fineline verify`: checks a receipt, offline, against a key the checker trusts. It needs no home and no
// server: whoever holds a receipt can do this, and should.

import { readFileSync } from 'node:fs';
import { homeOf } from '../args.ts';
import { type Args, type Command, HOME_FLAG, JSON_FLAG, usage, jsonLine } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { fileFault } from '../file-fault.ts';
import { readVkey } from '../home/vkey-file.ts';
import type { Io } from '../io.ts';
import { count, wrap } from '../layout.ts';
import { type LogSource, newestHead, openLogSource, proofBetween } from '../log-source.ts';
import { otherSigner, successionsInLog, trustWith } from '../successions.ts';
import { stepsOf, verificationText } from '../show/verified.ts';
import { verifyEd25519 } from '../verify-ed25519.ts';
import { parseObject } from '../../../facts/parse.ts';
import {
  type LogTrust,
  type Receipt,
  type VerifiedReceipt,
  openReceipt,
  parseVkey,
  verifyReceipt,
} from '../../../prove/verify.ts';

export const verify: Command = {
  name: 'verify',
  about: 'check a receipt offline, step by step',
  usage: 'FILE|- [--vkey KEY] [--log DIR|URL | --successions FILE]',
  words: [1, 1],
  flags: [
    { name: 'vkey', value: 'KEY', about: 'the log’s key, name+id+key on one line, from a place you trust' },
    {
      name: 'log',
      value: 'DIR|URL',
      about:
        'the log: its public folder, a copy of it, or its address; also checks that it still ' +
        'holds what the receipt saw',
    },
    {
      name: 'successions',
      value: 'FILE',
      about: 'how the log’s keys followed each other (its file “successions”), where it had several',
    },
    HOME_FLAG,
    JSON_FLAG,
  ],
  notes: [
    'A receipt is a .tlog-proof file, a promise as JSON, or any answer of Fineline that ' +
      'carries one (decide, consent, erase with --json). Without --vkey and --log the log of ' +
      '--home is used.',
    'A key fetched from the log itself proves that the log agrees with itself; get the key ' +
      'elsewhere to prove more. A key that you wrote down long ago is good for what is signed today, and ' +
      'that of today for what was signed then: the way between them is in --log, or --successions. ' +
      'Exit code 0: every step holds. 1: one does not.',
  ],
  examples: [
    {
      line: 'fineline verify receipt.tlog-proof --vkey shop.example/log+53ac073d+AQ…',
      about: 'offline, with a key you wrote down',
    },
    {
      line: 'fineline verify old.tlog-proof --vkey shop.example/log+53ac073d+AQ… --successions successions',
      about: 'offline, across a change of the log’s key',
    },
    {
      line: 'fineline consent ada --withdraw "*:advertise" --json | fineline verify -',
      about: 'a withdrawal and its promise',
    },
  ],
  run: runVerify,
};

async function runVerify(args: Args, io: Io): Promise<ExitCode> {
  const receipt = receiptIn(await readReceipt(args.words[0] ?? '', io));
  const { vkey, log, chain, from } = await trustOf(args);
  const outcome = await checked(receipt, { vkey, log, chain });
  const { verified, linked, signer } = outcome;
  const isGood = verified.ok && linked?.ok !== false;
  if (args.json) {
    const steps = verified.ok ? [...stepsWith(verified.value, outcome, vkey)] : [];
    const error = verified.ok ? (linked?.ok === false ? linked.error : undefined) : verified.error;
    const kind = verified.ok ? verified.value.kind : null;
    const signed = signer === undefined ? {} : { signedBy: signer };
    const answer = { verified: isGood, kind, key: vkey, keyFrom: from, ...signed, steps };
    io.out(jsonLine(error === undefined ? answer : { ...answer, error }));
  } else {
    io.out(outcomeText({ ...outcome, vkey, from }, io));
  }
  return isGood ? EXIT.ok : EXIT.refused;
}

interface Checked {
  readonly verified: ReturnType<typeof verifyReceipt>;
  readonly linked: Linked | undefined;
  /** The key that signed, where it is not the one that is trusted but follows from it. */
  readonly signer: string | undefined;
}

async function checked(
  receipt: string,
  { vkey, log, chain }: Pick<Trusted, 'vkey' | 'log' | 'chain'>,
): Promise<Checked> {
  const trusted = trustWith(chain, { vkey, verifyEd25519 });
  if (!trusted.ok) return { verified: trusted, linked: undefined, signer: undefined };
  const trust = trusted.value;
  const verified = verifyReceipt(receipt, trust);
  if (!verified.ok) return { verified, linked: undefined, signer: undefined };
  const signer = otherSigner(receipt, trust);
  if (log === undefined) return { verified, linked: undefined, signer };
  const isOne = await successionsInLog(chain, log, trust);
  const linked = isOne.ok ? await linkToLog(receipt, verified.value, { log, trust }) : isOne;
  return { verified, linked, signer };
}

function stepsWith(verified: VerifiedReceipt, { linked, signer }: Checked, vkey: string): readonly string[] {
  const follows =
    signer === undefined
      ? []
      : [
          `${keyName(signer)} and ${keyName(vkey)}, the key you trust, are of one log: each key in between ` +
            'follows the one before by a note that both signed and that is in the log',
        ];
  const link = linked?.ok === true && linked.step !== undefined ? [linked.step] : [];
  return [...stepsOf(verified, keyName(signer ?? vkey)), ...follows, ...link];
}

async function readReceipt(file: string, io?: Io): Promise<string> {
  if (file === '-' && io !== undefined) return io.stdin();
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw fileFault(file, error);
  }
}

/** The receipt itself, or the one inside an answer. */
function receiptIn(given: string): string {
  if (!given.trimStart().startsWith('{')) return given;
  try {
    const fields = parseObject(JSON.parse(given), 'answer');
    const inside = fields.ok ? fields.value['receipt'] : undefined;
    if (typeof inside === 'string') return inside;
    return typeof inside === 'object' && inside !== null ? JSON.stringify(inside) : given;
  } catch {
    // Not JSON: the checker says so in its own words.
    return given;
  }
}

interface Trusted {
  readonly vkey: string;
  readonly log: LogSource | undefined;
  /** How the keys of the log followed each other; '' where nothing is said of it. */
  readonly chain: string;
  /** Where the key is from, in words. */
  readonly from: string;
}

async function trustOf(args: Args): Promise<Trusted> {
  const given = args.text('vkey');
  const place = args.text('log');
  const file = args.text('successions');
  const own = file === undefined ? undefined : await readReceipt(file);
  if (given !== undefined) {
    const key = parseVkey(given);
    if (!key.ok) throw usage(`--vkey: ${key.error.message}`);
  }
  if (place !== undefined) {
    const log = await openLogSource(place);
    return {
      vkey: given ?? log.vkey,
      log,
      chain: own ?? log.successions,
      from: given === undefined ? `${log.name} itself` : 'the command line',
    };
  }
  if (given !== undefined) return { vkey: given, log: undefined, chain: own ?? '', from: 'the command line' };
  const home = readVkey(homeOf(args));
  if (home === undefined)
    throw usage('which key do you trust? Give --vkey KEY, --log DIR|URL, or --home DIR of a Fineline home');
  const log = await openLogSource(home.dir);
  return { vkey: home.vkey, log, chain: own ?? log.successions, from: home.dir };
}

type Linked =
  | { readonly ok: true; readonly step?: string; readonly value?: undefined }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** The head that the receipt was proved against must be the beginning of the head the log shows now. */
async function linkToLog(
  receipt: string,
  verified: VerifiedReceipt,
  to: { readonly log: LogSource; readonly trust: LogTrust },
): Promise<Linked | undefined> {
  const { log, trust } = to;
  if (verified.kind === 'promise') return undefined;
  const now = await newestHead(log, trust);
  if (now === undefined) {
    return {
      ok: false,
      error: { code: 'no-checkpoint', message: `${log.name} shows no checkpoint signed by this key` },
    };
  }
  const [small, large] = [Math.min(verified.size, now.head.size), Math.max(verified.size, now.head.size)];
  if (now.head.size < verified.size) {
    return {
      ok: false,
      error: {
        code: 'shrunk',
        message:
          `the log shows ${count(now.head.size)} leaves and had ${count(verified.size)}: it is an ` +
          'old copy, or it was cut',
      },
    };
  }
  const consistency = await proofBetween(log, small, large);
  const again = verifyReceipt(opened(receipt), { ...trust, checkpoint: now.note, consistency });
  if (!again.ok) return { ok: false, error: again.error };
  return {
    ok: true,
    step:
      `the log now has ${count(large)} leaves and still begins with the ${count(small)} of the ` +
      'receipt (consistency proof)',
  };
}

function opened(receipt: string): string | Receipt {
  const read = openReceipt(receipt);
  return read.ok ? read.value : receipt;
}

function keyName(vkey: string): string {
  return vkey.split('+').slice(0, 2).join('+');
}

interface Outcome extends Checked {
  readonly vkey: string;
  readonly from: string;
}

function outcomeText(outcome: Outcome, { width, style }: Io): string {
  const { verified, linked, vkey, from } = outcome;
  const bad = (message: string): string =>
    wrap(message, { width, indent: '  ', first: `${style.red('✗')} ` });
  const good = (message: string): string =>
    wrap(message, { width, indent: '  ', first: `${style.green('✓')} ` });
  const key = style.dim(wrap(`key ${vkey}, from ${from}`, { width }));
  if (!verified.ok) return bad(verificationText(verified.error)) + key;
  const steps = stepsWith(verified.value, outcome, vkey).map(good).join('');
  if (linked?.ok === false) return `${steps}${bad(`${linked.error.code}: ${linked.error.message}`)}${key}`;
  return `${steps}${key}${style.bold(`${verified.value.kind} verified\n`)}`;
}
