// Receipts as text. A promise is canonical JSON, because it travels inside an answer; an inclusion receipt is
// a `.tlog-proof` file, because any C2SP tool can read that. Writing starts from our own values; reading
// starts from whatever somebody sends, is bounded, never throws and believes nothing.

import { base64, fromBase64, fromHex, hex, utf8, utf8Text } from '../kernel/bytes.ts';
import { type Json, type JsonObject, canonicalJson, parseJson } from '../kernel/canonical.ts';
import { LIMITS } from '../kernel/limits.ts';
import { type Result, ok } from '../kernel/result.ts';
import type {
  DigestedDecision,
  InclusionReceipt,
  Opening,
  ProofExtra,
  PromiseReceipt,
  Receipt,
  VerificationError,
} from '../facts/receipt.ts';
import { failed } from './failure.ts';
import type { Hash } from './merkle.ts';
import { PATH_HASHES_MAX } from './merkle-proof.ts';
import { formatTlogProof, isTlogProof, parseTlogProof } from './tlog-proof.ts';

/** Characters of a receipt: the record of a decision from 2,000 facts is below 1 MB, base64 adds a third. */
const RECEIPT_LENGTH_MAX = 4_194_304;

/** The promise as canonical JSON. */
export function promiseReceiptText(receipt: PromiseReceipt): string {
  const { opening, ...rest } = receipt;
  return canonicalJson(opening === undefined ? rest : { ...rest, opening: { ...opening } });
}

/**
 * Adds what opens the commitment: for the person alone, never for an answer that a page or a till may show.
 */
export function withOpening(receipt: PromiseReceipt, opening: Opening): PromiseReceipt {
  return { ...receipt, opening };
}

export interface Placed {
  readonly index: number;
  readonly path: readonly Hash[];
  readonly checkpoint: string;
}

/** Inclusion receipt of a consent or digest record. */
export function recordReceiptText(
  place: Placed,
  opened: { readonly record: JsonObject; readonly salt: Uint8Array },
): string {
  return proofText(place, { record: opened.record, salt: base64(opened.salt) });
}

/** Inclusion receipt of a single decision: opens the day's digest, and the decision inside it. */
export function decisionReceiptText(
  place: Placed,
  digest: { readonly record: JsonObject; readonly salt: Uint8Array },
  decision: {
    readonly record: JsonObject;
    readonly salt: Uint8Array;
    readonly index: number;
    readonly path: readonly Hash[];
  },
): string {
  const { record, salt, index, path } = decision;
  const inner = { record, salt: base64(salt), index, path: path.map(base64) };
  return proofText(place, { record: digest.record, salt: base64(digest.salt), decision: inner });
}

/** Inclusion receipt of a public document, by its SHA-256. */
export function documentReceiptText(place: Placed, digest: Uint8Array): string {
  return proofText(place, { document: hex(digest) });
}

function proofText({ index, path, checkpoint }: Placed, extra: JsonObject): string {
  return formatTlogProof({ extra: utf8(canonicalJson(extra)), index, path, checkpoint });
}

/** Reads a receipt of either form. Nothing in it has been checked yet. */
export function openReceipt(text: string): Result<Receipt, VerificationError> {
  if (text.length > RECEIPT_LENGTH_MAX) {
    return failed('malformed', `a receipt has at most ${RECEIPT_LENGTH_MAX} characters`);
  }
  return isTlogProof(text) ? openInclusion(text) : openPromiseJson(text);
}

function openInclusion(text: string): Result<InclusionReceipt, VerificationError> {
  const proof = parseTlogProof(text);
  if (!proof.ok) return proof;
  const { index, path, checkpoint, extra } = proof.value;
  const receipt: InclusionReceipt = { kind: 'inclusion', index, path, checkpoint };
  if (extra === undefined) return ok(receipt);
  const parsed = parseExtra(utf8Text(extra));
  if (parsed === undefined) {
    return failed(
      'malformed',
      'the extra line is not {"record", "salt"}, with "decision" if there is one, or {"document"}',
    );
  }
  return ok({ ...receipt, extra: parsed });
}

function readJson(text: string): JsonObject | undefined {
  const json = parseJson(text, { bytesMax: RECEIPT_LENGTH_MAX, depthMax: LIMITS.canonicalDepthMax - 1 });
  return json.ok ? asObject(json.value) : undefined;
}

function asObject(json: Json | undefined): JsonObject | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  // Neither null nor a list: `Array.isArray` does not narrow a readonly array, so the compiler has to be
  // told.
  return json as JsonObject;
}

function parseExtra(text: string): ProofExtra | undefined {
  const json = readJson(text);
  if (json === undefined) return undefined;
  const names = Object.keys(json).toSorted().join(' ');
  if (names === 'document') {
    const sha256 = typeof json['document'] === 'string' ? fromHex(json['document']) : undefined;
    return sha256?.length === 32 ? { kind: 'document', sha256 } : undefined;
  }
  const record = asObject(json['record']);
  const salt = json['salt'];
  if (record === undefined || !isHash(salt)) return undefined;
  if (names === 'record salt') return { kind: 'record', record, salt };
  const decision = parseDecision(asObject(json['decision']));
  if (names !== 'decision record salt' || decision === undefined) return undefined;
  return { kind: 'record', record, salt, decision };
}

function parseDecision(json: JsonObject | undefined): DigestedDecision | undefined {
  const record = asObject(json?.['record']);
  if (json === undefined || record === undefined) return undefined;
  const { salt, index, path } = json;
  if (!isHash(salt) || typeof index !== 'number' || !isPath(path) || Object.keys(json).length !== 4)
    return undefined;
  return { record, salt, index, path };
}

function openPromiseJson(text: string): Result<PromiseReceipt, VerificationError> {
  const json = readJson(text);
  const receipt = json === undefined ? undefined : parsePromise(json);
  if (receipt === undefined) {
    return failed(
      'malformed',
      'a receipt is a .tlog-proof file, or the JSON of a promise with its six fields',
    );
  }
  return ok(receipt);
}

function parsePromise(json: JsonObject): PromiseReceipt | undefined {
  const { v, kind, commitment, index, path, note } = json;
  if (v !== 1 || kind !== 'promise' || !isHash(commitment) || typeof note !== 'string') return undefined;
  if (typeof index !== 'number' || !isPath(path)) return undefined;
  const receipt: PromiseReceipt = { v, kind, commitment, index, path, note };
  const fieldCount = Object.keys(json).length;
  if (!Object.hasOwn(json, 'opening')) return fieldCount === 6 ? receipt : undefined;
  const opening = parseOpening(asObject(json['opening']));
  return fieldCount === 7 && opening !== undefined ? { ...receipt, opening } : undefined;
}

function parseOpening(json: JsonObject | undefined): Opening | undefined {
  const record = asObject(json?.['record']);
  if (json === undefined || record === undefined || Object.keys(json).length !== 3) return undefined;
  const { scheme, salt } = json;
  if ((scheme !== 'record' && scheme !== 'decision') || !isHash(salt)) return undefined;
  return { scheme, record, salt };
}

/** Base64 of 32 bytes: a hash, a salt, a commitment. */
function isHash(value: Json | undefined): value is string {
  return typeof value === 'string' && fromBase64(value)?.length === 32;
}

function isPath(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length <= PATH_HASHES_MAX && value.every(isHash);
}
