// The keys of a log that this process has at hand, and what the key store says of them. Which one signs is
// said by the store alone, never by a file: so all nodes of one log agree on it.

import { assert } from '../kernel/assert.ts';
import { Fault } from '../kernel/fault.ts';
import { hex, u32 } from '../kernel/bytes.ts';
import { formatVkey, keyIdOf, type NoteSigner, parseVkey } from '../prove/note.ts';
import type { LogKeeping, LogSigning, Signers } from '../prove/signing.ts';
import { LATE_MS_MAX, signSuccession, successionProof, verifySuccessions } from '../prove/succession.ts';
import { type LogTrust, ownKeys } from '../prove/trust.ts';

import type { LogKeyRow, LogKeyTable, LogPair } from './log-keys-port.ts';
import type { Crypto } from './ports.ts';

export { SUCCESSIONS_MAX } from '../prove/succession.ts';

export interface LogRing extends LogSigning {
  readonly keeping: LogKeeping;
  /** vkeys at hand, of those that have not ended. */
  readonly holds: readonly string[];
  /** Those that sign, the one in use first. */
  readonly uses: readonly string[];
  /** What the store says now. Answers vkeys whose private half is missing, of those that have not ended. */
  follow(rows: readonly LogKeyRow[]): readonly string[];
  /** The note by which `vkey`, which is at hand, follows the one in use. Fault `no-log-key`. */
  succession(vkey: string, timeMs: number): string;
}

export interface LogRingOptions {
  readonly origin: string;
  readonly table: Pick<LogKeyTable, 'rows' | 'prove'>;
  /** Reads the files at hand. */
  readonly pairs: () => readonly LogPair[];
  readonly verify: Crypto['verify'];
  readonly nowMs: () => number;
}

/**
 * Who has not heard for so long which key is in use signs nothing: a process that was frozen, or cut off from
 * the key store, would sign with one that was followed meanwhile, and after `LATE_MS_MAX` that counts for
 * nobody who knows of it. Half, because clocks differ.
 */
const HEARD_MS_MAX = LATE_MS_MAX / 2;

/** The vkey of a public key (32 bytes) of this log. */
export function logVkey(origin: string, publicKey: Uint8Array): string {
  return formatVkey({ name: origin, publicKey });
}

/** The 8 hex digits that name a key in a vkey. */
export function logKeyId(vkey: string): string {
  const key = parseVkey(vkey);
  assert(key.ok, 'a log keeps only keys that it made');
  return hex(u32(key.value.keyId));
}

/** One log has one ring in a process; `rows` has one in use. */
export function createLogRing(options: LogRingOptions, rows: readonly LogKeyRow[]): LogRing {
  const { origin, table, pairs, verify, nowMs } = options;
  const verifyEd25519: LogTrust['verifyEd25519'] = (claim) =>
    verify(claim.publicKey, claim.message, claim.signature);
  const held = new Map<string, NoteSigner>();
  let now = rows;
  let heardMs = nowMs();
  let trust: LogTrust;

  const read = (): void => {
    for (const { publicKey, sign } of pairs()) {
      const vkey = logVkey(origin, publicKey);
      held.set(vkey, { name: origin, keyId: keyIdOf(origin, publicKey), sign });
    }
  };
  const follow = (said: readonly LogKeyRow[]): readonly string[] => {
    const alive = aliveIn(said);
    now = said;
    heardMs = nowMs();
    trust = { vkey: usedIn(said).vkey, verifyEd25519, keys: ownKeys(said.map(({ vkey }) => vkey)) };
    // Last: a file that cannot be read keeps nobody from hearing that a key has ended.
    if (!alive.every((vkey) => held.has(vkey))) read();
    return alive.filter((vkey) => !held.has(vkey));
  };
  const signers = (): Signers => {
    if (nowMs() - heardMs > HEARD_MS_MAX) throw notHeard();
    const [used, ...old] = signingIn(now);
    const signer = used === undefined ? undefined : held.get(used);
    if (signer === undefined) throw noLogKey(usedIn(now).vkey);
    return [signer, ...old.flatMap((vkey) => held.get(vkey) ?? [])];
  };
  follow(rows);
  return {
    origin,
    get vkey() {
      return usedIn(now).vkey;
    },
    get holds() {
      return aliveIn(now).filter((vkey) => held.has(vkey));
    },
    get uses() {
      return signingIn(now).filter((vkey) => held.has(vkey));
    },
    signers,
    trust: () => trust,
    successions: () => now.map(({ proof }) => proof).join(''),
    follow,
    succession: (vkey, timeMs) => {
      read();
      const signer = held.get(vkey);
      if (signer === undefined) throw noLogKey(vkey);
      const before = { vkey: usedIn(now).vkey, signer: signers()[0] };
      return signSuccession({ before, next: { vkey, signer }, timeMs });
    },
    keeping: {
      refresh: async () => {
        follow(await table.rows());
        return held.has(usedIn(now).vkey);
      },
      pending: () => now.filter(isPending).map(({ note }) => note),
      prove: async (note, placed) => {
        const row = now.find((one) => one.note === note && isPending(one));
        const proof = successionProof(note, placed);
        if (row === undefined || !isWhole(proof, { vkey: row.vkey, verifyEd25519 })) return;
        await table.prove(row.vkey, proof);
        follow(await table.rows());
      },
    },
  };
}

function aliveIn(rows: readonly LogKeyRow[]): readonly string[] {
  return rows.filter(({ state }) => state !== 'ended').map(({ vkey }) => vkey);
}

/** The newest first. */
function signingIn(rows: readonly LogKeyRow[]): readonly string[] {
  const signing = rows.filter(({ state }) => state === 'used' || state === 'old');
  return signing.map(({ vkey }) => vkey).toReversed();
}

function isPending({ note, proof }: LogKeyRow): boolean {
  return note !== '' && proof === '';
}

/** Under a head that one of the keys did not sign yet it proves nothing to who pinned that one. */
function isWhole(proof: string, trust: Pick<LogTrust, 'vkey' | 'verifyEd25519'>): boolean {
  return verifySuccessions(proof, trust).ok;
}

/** Fault `not-found` where a log has no key yet. */
export function usedIn(rows: readonly LogKeyRow[]): LogKeyRow {
  const used = rows.find(({ state }) => state === 'used');
  if (used !== undefined) return used;
  const message = 'no key of the log is in use: a Fineline has to open this home first';
  throw new Fault('not-found', message, { retry: 'never' });
}

/** Names the file to put back. */
export function noLogKey(vkey: string): Fault<'no-log-key'> {
  const file = `log-${logKeyId(vkey)}.key (log.key, if it was the first)`;
  const message = `the log is signed by ${vkey}, whose private half is not here`;
  return new Fault('no-log-key', `${message}: put ${file} of a home that has it into HOME/keys`, {
    retry: 'later',
  });
}

function notHeard(): Fault<'no-log-key'> {
  const message = `it was not heard for ${HEARD_MS_MAX / 60_000} minutes which key signs the log`;
  return new Fault('no-log-key', `${message}: the database of the keys does not answer here`, {
    retry: 'later',
  });
}
