// What a log that signs has to know of its keys. Most logs have had one; one that goes on under another has
// several, of which the newest signs, and beside it those that were not ended yet, so that whoever pinned one
// of them goes on without hearing of it.

import { utf8 } from '../kernel/bytes.ts';
import type { NoteSigner, VerifyEd25519 } from './note.ts';
import { formatVkey, keyIdOf } from './note.ts';
import type { Placed } from './receipt.ts';
import { successionLeaf } from './succession.ts';
import { type LogTrust, ownKeys } from './trust.ts';

/** Of the key in use first. */
export type Signers = readonly [NoteSigner, ...NoteSigner[]];

export interface LogSigning {
  /** Name of the log, and of all its keys. */
  readonly origin: string;
  /** Of the key in use. */
  readonly vkey: string;
  /** Those that sign now. Fault `no-log-key` where the one in use is not at hand. */
  signers(): Signers;
  /** What any of its own keys signed. For the log itself: checkers have bounds (succession.ts). */
  trust(): LogTrust;
  /** The file `successions`; '' before the first. */
  successions(): string;
  /** Absent: it has one key and knows of no other. */
  readonly keeping?: LogKeeping;
}

/** What the log does for a succession, each turn of its writer. */
export interface LogKeeping {
  /** Looks at what is said of the keys now, before anything is signed. Whether the one in use is at hand. */
  refresh(): Promise<boolean>;
  /** Successions that are not proved yet: their leaves have to enter. */
  pending(): readonly string[];
  /** Keeps the proof of one, under a head that both its keys signed; where they did not, nothing. */
  prove(note: string, placed: Placed): Promise<void>;
}

interface Turn {
  /** Makes leaves wait for the tree. */
  wait(leaves: readonly Uint8Array[]): Promise<void>;
  /** Enters what waits, and publishes a head. */
  write(): Promise<void>;
  /** Place and proof under the published head. */
  place(leaf: Uint8Array): Promise<Placed | undefined>;
}

/**
 * One turn of a log's writer. A succession enters after its new key was seen to be in use, so every head that
 * holds it is signed by that key; and its proof is kept as soon as there is one.
 */
export async function writeTurn({ keeping }: LogSigning, turn: Turn): Promise<void> {
  await keeping?.refresh();
  const pending = keeping?.pending() ?? [];
  if (pending.length > 0) await turn.wait(pending.map(successionLeaf));
  await turn.write();
  for (const note of pending) {
    const placed = await turn.place(successionLeaf(note));
    if (placed !== undefined) await keeping?.prove(note, placed);
  }
}

/** The file `successions`, as a log shows it. */
export function successionsFile(signing: Pick<LogSigning, 'successions'>): Uint8Array | undefined {
  const chain = signing.successions();
  return chain === '' ? undefined : utf8(chain);
}

interface OneKey {
  readonly origin: string;
  readonly crypto: {
    readonly publicKey: Uint8Array;
    sign(message: Uint8Array): Uint8Array;
    verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  };
}

/** Of a log that has one key. */
export function signingOfOne({ origin, crypto }: OneKey): LogSigning {
  const { publicKey } = crypto;
  const vkey = formatVkey({ name: origin, publicKey });
  const sign = (message: Uint8Array): Uint8Array => crypto.sign(message);
  const signer = { name: origin, keyId: keyIdOf(origin, publicKey), sign };
  const verifyEd25519: VerifyEd25519 = (claim) =>
    crypto.verify(claim.publicKey, claim.message, claim.signature);
  const trust = { vkey, verifyEd25519, keys: ownKeys([vkey]) };
  return { origin, vkey, signers: () => [signer], trust: () => trust, successions: () => '' };
}
