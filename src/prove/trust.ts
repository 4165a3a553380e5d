// Which keys a checker believes for one log: the one that they pinned, and those that a chain of successions
// leads to from there (succession.ts). A note may carry signatures of several; whoever knows one of them
// needs no chain (C2SP tlog-checkpoint: unknown signatures are ignored, which is what lets a key be
// replaced).

import { assert } from '../kernel/assert.ts';
import { type Result, ok } from '../kernel/result.ts';
import type { VerificationError } from '../facts/receipt.ts';
import { failed } from './failure.ts';
import { type VerifierKey, type VerifyEd25519, openNote, parseNote, parseVkey } from './note.ts';

declare const chainBrand: unique symbol;

/** One key of the log, and up to where its signature counts without that of the key that followed. */
export interface KeySpan {
  readonly vkey: string;
  readonly key: VerifierKey;
  /**
   * Leaves of the largest tree that it may have signed alone: the next leaf is the one that names its
   * successor. Absent: nobody followed.
   */
  readonly sizeMax?: number;
  /** Time of the last promise that it may have signed alone, ms since 1970 UTC. */
  readonly timeMsMax?: number;
}

/**
 * All keys that the log ever had, the oldest first. Only succession.ts makes it for a checker, from a chain
 * that held.
 */
export type LogKeys = readonly KeySpan[] & { readonly [chainBrand]: true };

/** What a checker must bring: the log's key from a place it trusts, and a way to check Ed25519. */
export interface LogTrust {
  /** C2SP vkey; its name is the origin of the log. */
  readonly vkey: string;
  readonly verifyEd25519: VerifyEd25519;
  /** What `verifySuccessions` gave for this vkey. Absent: that key alone is believed. */
  readonly keys?: LogKeys;
}

/**
 * For the log itself, which knows its keys (those of its own table, the oldest first): whatever one of them
 * signed is its own, an ended key's copy of then as well.
 */
export function ownKeys(vkeys: readonly string[]): LogKeys {
  const spans = vkeys.map((vkey): KeySpan => {
    const key = parseVkey(vkey);
    assert(key.ok, 'a log keeps only keys that it made');
    return { vkey, key: key.value };
  });
  // Not a chain, and not for anybody else: see above.
  return spans as readonly KeySpan[] as LogKeys;
}

export interface Opened {
  readonly text: string;
  /** The newest of the keys that signed it. */
  readonly by: KeySpan;
}

/**
 * The text of a note that the log signed. Each signature that claims to be of a key of the log must hold, or
 * the note was altered.
 */
export function openTrusted(note: string, trust: LogTrust): Result<Opened, VerificationError> {
  const { vkey, verifyEd25519 } = trust;
  const pinned = parseVkey(vkey);
  if (!pinned.ok) return pinned;
  const spans: readonly KeySpan[] = trust.keys ?? [{ vkey, key: pinned.value }];
  if (!spans.some((span) => span.vkey === vkey))
    return failed('no-succession', `the chain of successions does not lead to the key you trust, ${vkey}`);
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { signatures } = parsed.value;
  const signed = spans.filter(({ key }) =>
    signatures.some(({ name, keyId }) => name === key.name && keyId === key.keyId),
  );
  const by = signed.at(-1);
  if (by === undefined) return failed('unsigned', unsignedText(pinned.value.name, signatures));
  for (const { key } of signed) {
    const opened = openNote(note, { key, verifyEd25519 });
    if (!opened.ok) return opened;
  }
  return ok({ text: parsed.value.text, by });
}

function unsignedText(name: string, signatures: readonly { readonly name: string }[]): string {
  const message = `the note has no signature by ${name}, the key you trust`;
  if (!signatures.some((one) => one.name === name)) return message;
  return (
    `${message}, but one by another key of that name. If the log’s key was replaced, its successions lead ` +
    'from yours to that one: give them as well; if not, somebody else signed this'
  );
}

/** The vkey that a note was checked with; `undefined` when it does not hold. */
export function signedBy(note: string, trust: LogTrust): string | undefined {
  const opened = openTrusted(note, trust);
  return opened.ok ? opened.value.by.vkey : undefined;
}
