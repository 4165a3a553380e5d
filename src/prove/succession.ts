// How a log goes on under another key: a note that names the key of before and the one that follows, signed
// by both, whose SHA-256 is a leaf of the log itself.
//
//     <origin>/succession
//     <vkey of before>
//     <vkey that follows>
//     <from when the second one signs, ms since 1970 UTC>
//
// Whoever pinned either key follows the chain of these notes to every other: forwards to what is signed
// today, backwards to what was signed once. Neither key alone can make one: the old one would be anybody who
// stole it from a backup of then, the new one anybody at all.

import { assert } from '../kernel/assert.ts';
import { utf8, utf8Text } from '../kernel/bytes.ts';
import { type Result, ok } from '../kernel/result.ts';
import { HOUR_MS } from '../kernel/time.ts';
import type { VerificationError } from '../facts/receipt.ts';
import { parseCheckpointText } from './checkpoint.ts';
import { failed, parseCount } from './failure.ts';
import { documentLeaf } from './leaf.ts';
import { leafHash } from './merkle.ts';
import { verifyInclusion } from './merkle-proof.ts';
import { type NoteSigner, type VerifierKey, openNote, parseNote, parseVkey, signNote } from './note.ts';
import type { Placed } from './receipt.ts';
import { formatTlogProof, isTlogProof, parseTlogProof, type TlogProof } from './tlog-proof.ts';
import type { KeySpan, LogKeys, LogTrust } from './trust.ts';

/** Below the prefix of a log: all its successions, the oldest first; not there before the first one. */
export const SUCCESSIONS_PATH = 'successions';
/** A chain has about 2 KB a key; at one a month these are five years in a stranger's verifier. */
export const SUCCESSIONS_MAX = 64;
const LENGTH_MAX = 524_288;
/**
 * A promise may be signed by the key of before alone for so long after the new one was put in use: a node
 * hears of it within a second, and clocks of nodes differ by more.
 */
export const LATE_MS_MAX = HOUR_MS;

interface Succession {
  readonly before: VerifierKey;
  readonly beforeVkey: string;
  readonly next: VerifierKey;
  readonly nextVkey: string;
  readonly timeMs: number;
}

interface Signing {
  readonly vkey: string;
  readonly signer: NoteSigner;
}

/** The note, signed by both. */
export function signSuccession(options: {
  readonly before: Signing;
  readonly next: Signing;
  readonly timeMs: number;
}): string {
  const { before, next, timeMs } = options;
  assert(before.signer.name === next.signer.name, 'both keys are of one log');
  assert(before.vkey !== next.vkey && Number.isSafeInteger(timeMs), 'another key follows, at some time');
  const text = `${before.signer.name}/succession\n${before.vkey}\n${next.vkey}\n${timeMs}\n`;
  return signNote(text, [before.signer, next.signer]);
}

/** What enters the log: the note as it is signed is a public document. */
export function successionLeaf(note: string): Uint8Array {
  return documentLeaf(utf8(note));
}

/** One link of the chain as a `.tlog-proof`; the checkpoint is one that both keys signed. */
export function successionProof(note: string, placed: Placed): string {
  return formatTlogProof({ extra: utf8(note), ...placed });
}

/**
 * All keys of the log, from its chain of successions: one `.tlog-proof` after the other, the oldest first.
 * Believed is what the key that the checker trusts signed, and what follows from that. Every link must hold,
 * and the trusted key must be in it; an empty chain leads from that key to itself.
 *
 *     const keys = verifySuccessions(text, { vkey, verifyEd25519 });
 *     if (keys.ok) verifyReceipt(receipt, { vkey, verifyEd25519, keys: keys.value });
 */
export function verifySuccessions(
  text: string,
  trust: Pick<LogTrust, 'vkey' | 'verifyEd25519'>,
): Result<LogKeys, VerificationError> {
  const pinned = parseVkey(trust.vkey);
  if (!pinned.ok) return pinned;
  const parts = partsOf(text);
  if (parts === undefined)
    return failed('malformed', `successions are up to ${SUCCESSIONS_MAX} proofs, one after the other`);
  const spans: KeySpan[] = [];
  let last: KeySpan = { vkey: trust.vkey, key: pinned.value };
  for (const [at, part] of parts.entries()) {
    const link = verifyLink(part, trust);
    if (!link.ok) return link;
    const { beforeVkey, before, nextVkey, next, timeMs, index } = link.value;
    if (before.name !== pinned.value.name)
      return failed('wrong-origin', `the succession is of the log ${before.name}, not ${pinned.value.name}`);
    const isAfter = at === 0 || (beforeVkey === last.vkey && index > (spans.at(-1)?.sizeMax ?? -1));
    if (!isAfter || beforeVkey === nextVkey || spans.some(({ vkey }) => vkey === nextVkey))
      return failed('no-succession', `succession ${at} does not follow the one before it`);
    spans.push({ vkey: beforeVkey, key: before, sizeMax: index, timeMsMax: timeMs + LATE_MS_MAX });
    last = { vkey: nextVkey, key: next };
  }
  spans.push(last);
  if (spans.some(({ vkey }) => vkey === trust.vkey)) return ok(minted(spans));
  const [from, to] = [spans[0]?.vkey, last.vkey];
  return failed('no-succession', `the successions lead from ${from} to ${to}; yours is not among them`);
}

/**
 * The only mint: every link above was checked. A key counts no longer than any that came after it: whoever
 * stole an old key could let it follow one of their own, in a note of any time, and put that before the true
 * chain.
 */
function minted(spans: readonly KeySpan[]): LogKeys {
  let earliest = Number.POSITIVE_INFINITY;
  const bounded = spans.toReversed().map((span): KeySpan => {
    if (span.timeMsMax === undefined) return span;
    earliest = Math.min(earliest, span.timeMsMax);
    return { ...span, timeMsMax: earliest };
  });
  return bounded.toReversed() as readonly KeySpan[] as LogKeys;
}

/** The single proofs; `undefined` for what is not a list of them. */
export function partsOf(text: string): readonly string[] | undefined {
  if (text === '') return [];
  if (text.length > LENGTH_MAX || !isTlogProof(text)) return undefined;
  const header = text.slice(0, text.indexOf('\n') + 1);
  const parts = text.split(`\n${header}`).map((part, at, all) => {
    const head = at === 0 ? '' : header;
    return `${head}${part}${at === all.length - 1 ? '' : '\n'}`;
  });
  return parts.length <= SUCCESSIONS_MAX ? parts : undefined;
}

/** vkeys that followed another one, as a chain says and nobody has checked; '' for what cannot be read. */
export function successorsIn(text: string): readonly string[] {
  return (partsOf(text) ?? []).map((part) => {
    const proof = parseTlogProof(part);
    const said = parseSuccession(proof.ok && proof.value.extra ? utf8Text(proof.value.extra) : '');
    return said.ok ? said.value.nextVkey : '';
  });
}

type Link = Succession & { readonly index: number };

/** One proof: both keys signed the note, and both a tree that holds it. */
function verifyLink(part: string, trust: Pick<LogTrust, 'verifyEd25519'>): Result<Link, VerificationError> {
  const proof = parseTlogProof(part);
  if (!proof.ok) return proof;
  const { extra, index, path, checkpoint } = proof.value;
  const note = extra === undefined ? '' : utf8Text(extra);
  const said = parseSuccession(note);
  if (!said.ok) return said;
  const { before, next } = said.value;
  for (const key of [before, next]) {
    for (const signed of [note, checkpoint]) {
      const opened = openNote(signed, { key, ...trust });
      if (!opened.ok) return opened;
    }
  }
  return isInTree({ index, path, checkpoint }, note, before.name)
    ? ok({ ...said.value, index })
    : failed('not-in-tree', 'the succession is not in the tree that both of its keys signed');
}

function isInTree({ index, path, checkpoint }: TlogProof, note: string, origin: string): boolean {
  const opened = parseNote(checkpoint);
  const head = opened.ok ? parseCheckpointText(opened.value.text) : opened;
  if (!head.ok || head.value.origin !== origin) return false;
  const { size, root } = head.value;
  return verifyInclusion({ leaf: leafHash(successionLeaf(note)), index, size, path, root });
}

/** Reads a succession note without believing it. */
export function parseSuccession(note: string): Result<Succession, VerificationError> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const lines = parsed.value.text.split('\n');
  const [title, beforeVkey = '', nextVkey = '', time = '', end] = lines;
  const before = parseVkey(beforeVkey);
  if (!before.ok) return before;
  const next = parseVkey(nextVkey);
  if (!next.ok) return next;
  const timeMs = parseCount(time);
  const { name } = before.value;
  if (lines.length !== 5 || end !== '' || timeMs === undefined || title !== `${name}/succession`)
    return failed('malformed', 'a succession has four lines: origin, key of before, key that follows, time');
  if (next.value.name !== name) return failed('wrong-origin', 'a succession names two keys of one log');
  return ok({ before: before.value, beforeVkey, next: next.value, nextVkey, timeMs });
}
