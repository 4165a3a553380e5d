// C2SP signed-note v1.0.0: text that several keys can sign, readable by eye and by a shell script. The log
// signs its checkpoints and its promises as notes. Signing and verifying come in as functions: Node,
// WebCrypto and a hardware key all do Ed25519, and none of them is part of the core.

import { assert } from '../kernel/assert.ts';
import { base64, concatBytes, fromBase64, fromHex, hex, isWellFormed, u32, utf8 } from '../kernel/bytes.ts';
import { type Result, ok } from '../kernel/result.ts';
import { sha256 } from '../kernel/sha256.ts';
import type { VerificationError } from '../facts/receipt.ts';
import { failed } from './failure.ts';

/** Signature type byte of plain Ed25519. */
const ED25519 = 0x01;
const PUBLIC_KEY_BYTES = 32;
const KEY_ID_BYTES = 4;
/**
 * Lines looked at: the specification asks for at least 16; more would let a stranger buy signature checks.
 */
const SIGNATURES_MAX = 64;
/** Characters of a note: room for 64 post-quantum signatures of about 5 kB, of which we check none. */
const NOTE_LENGTH_MAX = 524_288;
const VKEY_LENGTH_MAX = 512;

/**
 * True when `signature` is the key's Ed25519 signature (RFC 8032) over `message`. Must not throw on odd
 * lengths.
 */
export type VerifyEd25519 = (claim: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => boolean;

/** A key that can sign notes: `keyId` as `keyIdOf` gives it. */
export interface NoteSigner {
  readonly name: string;
  readonly keyId: number;
  sign(message: Uint8Array): Uint8Array;
}

export interface VerifierKey {
  readonly name: string;
  readonly keyId: number;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends in a newline; this is what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** First 4 bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key), as a number. */
export function keyIdOf(name: string, publicKey: Uint8Array): number {
  const digest = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey));
  return readU32(digest);
}

function readU32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, KEY_ID_BYTES).getUint32(0);
}

/**
 * True for what may stand as a key name: not empty, well formed, without spaces, control characters or `+`.
 */
export function isKeyName(name: string): boolean {
  return name.length > 0 && isWellFormed(name) && !/[\s\p{White_Space}\p{Cc}+]/u.test(name);
}

/** `name+hex(key id)+base64(type ‖ public key)`: the one line a checker has to trust beforehand. */
export function formatVkey(key: { readonly name: string; readonly publicKey: Uint8Array }): string {
  assert(isKeyName(key.name), 'a key name has no spaces and no plus');
  assert(key.publicKey.length === PUBLIC_KEY_BYTES, 'an Ed25519 public key has 32 bytes');
  const typed = concatBytes(Uint8Array.of(ED25519), key.publicKey);
  return `${key.name}+${hex(u32(keyIdOf(key.name, key.publicKey)))}+${base64(typed)}`;
}

/** Reads a vkey; its key id is computed again, so that a mistyped name or key is noticed here. */
export function parseVkey(text: string): Result<VerifierKey, VerificationError> {
  const parts = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const name = parts?.[1] ?? '';
  const typed = fromBase64(parts?.[3] ?? '');
  if (text.length > VKEY_LENGTH_MAX || parts === null || !isKeyName(name) || typed === undefined) {
    return failed('malformed', 'a verifier key reads name+8 hex digits+base64: copy the whole line');
  }
  if (typed[0] !== ED25519)
    return failed('unsupported-key', 'the verifier key is not of type Ed25519 (0x01)');
  const publicKey = typed.slice(1);
  const id = fromHex(parts[2]!);
  if (publicKey.length !== PUBLIC_KEY_BYTES || id === undefined || readU32(id) !== keyIdOf(name, publicKey)) {
    return failed('malformed', 'the key id does not belong to this name and key: copy the whole line again');
  }
  return ok({ name, keyId: readU32(id), publicKey });
}

/** Signs `text` (which ends in a newline) and returns the whole note. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  assert(
    isNoteText(text) && text.endsWith('\n'),
    'a note text ends in a newline and has no control characters',
  );
  assert(signers.length > 0, 'a note has a signature');
  const message = utf8(text);
  const lines = signers.map((signer) => {
    assert(isKeyName(signer.name), 'a key name has no spaces and no plus');
    return `— ${signer.name} ${base64(concatBytes(u32(signer.keyId), signer.sign(message)))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the specification forbids exactly these
  return isWellFormed(text) && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

/** Takes a note apart without believing it. */
export function parseNote(note: string): Result<Note, VerificationError> {
  if (note.length > NOTE_LENGTH_MAX)
    return failed('malformed', `a note has at most ${NOTE_LENGTH_MAX} characters`);
  const split = note.lastIndexOf('\n\n');
  if (!isNoteText(note) || split < 0 || !note.endsWith('\n')) {
    return failed(
      'malformed',
      'a signed note is text, an empty line and signature lines, without control characters',
    );
  }
  const lines = note
    .slice(split + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0 || lines.length > SIGNATURES_MAX) {
    return failed('malformed', `a signed note has 1 to ${SIGNATURES_MAX} signature lines`);
  }
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignature(line);
    if (signature === undefined) return failed('malformed', 'a signature line reads "— name base64"');
    signatures.push(signature);
  }
  return ok({ text: note.slice(0, split + 1), signatures });
}

function parseSignature(line: string): NoteSignature | undefined {
  const parts = line.split(' ');
  const [dash, name, encoded] = parts;
  if (parts.length !== 3 || dash !== '—' || name === undefined || !isKeyName(name)) return undefined;
  const bytes = fromBase64(encoded ?? '');
  if (bytes === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  return { name, keyId: readU32(bytes), signature: bytes.slice(KEY_ID_BYTES) };
}

/**
 * The text of a note that `key` signed. Signatures of other keys are ignored; a signature that claims to be
 * this key's and is not refuses the whole note, also beside a good one: somebody altered it.
 */
export function openNote(
  note: string,
  trust: { readonly key: VerifierKey; readonly verifyEd25519: VerifyEd25519 },
): Result<string, VerificationError> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { key, verifyEd25519 } = trust;
  const own = parsed.value.signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (own.length === 0)
    return failed('unsigned', `the note has no signature by ${key.name}, the key you trust`);
  const message = utf8(parsed.value.text);
  for (const { signature } of own) {
    if (!verifyEd25519({ publicKey: key.publicKey, message, signature })) {
      return failed(
        'bad-signature',
        `the signature by ${key.name} is not over this text: the note was altered`,
      );
    }
  }
  return ok(parsed.value.text);
}
