// From the key that somebody trusts to the one that signed their receipt, where the log went on under another
// key in between; and whether the log as it is now still holds each step of that way.

import {
  type LogKeys,
  type LogTrust,
  type VerificationError,
  openReceipt,
  partsOf,
  signedBy,
  verifyCheckpoint,
  verifyConsistency,
  verifySuccessions,
} from '../../prove/verify.ts';
import { type LogSource, newestHead, proofBetween } from './log-source.ts';

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: VerificationError };

/** What is believed: the key, and all that its chain leads to. */
export function trustWith(chain: string, trust: Omit<LogTrust, 'keys'>): Result<LogTrust> {
  const keys: Result<LogKeys> = verifySuccessions(chain, trust);
  return keys.ok ? { ok: true, value: { ...trust, keys: keys.value } } : keys;
}

/** The key that signed a receipt which holds, where it is another one than the trusted. */
export function otherSigner(receipt: string, trust: LogTrust): string | undefined {
  const opened = openReceipt(receipt);
  if (!opened.ok) return undefined;
  const note = opened.value.kind === 'promise' ? opened.value.note : opened.value.checkpoint;
  const vkey = signedBy(note, trust);
  return vkey === trust.vkey ? undefined : vkey;
}

/** Whether the newest head contains the tree of each succession. */
export async function successionsInLog(
  chain: string,
  log: LogSource,
  trust: LogTrust,
): Promise<Result<undefined>> {
  const now = await newestHead(log, trust);
  for (const part of partsOf(chain) ?? []) {
    const then = verifyCheckpoint(part.slice(part.indexOf('\n\n') + 2), trust);
    if (!then.ok) return then;
    const { size: from, root: fromRoot } = then.value;
    const { size: to = 0, root: toRoot = fromRoot } = now?.head ?? {};
    const path = from <= to ? [...(await proofBetween(log, from, to))] : [];
    if (from <= to && verifyConsistency({ from, fromRoot, to, toRoot, path })) continue;
    const message =
      `the key of the log was replaced in a tree of ${from} leaves that ${log.name} does not begin with: ` +
      'whoever made it had the old key, and showed you another log';
    return { ok: false, error: { code: 'forked', message } };
  }
  return { ok: true, value: undefined };
}
