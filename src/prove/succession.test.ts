// Goal: a log goes on under another key, and whoever pinned any key it ever had can check everything it ever
// signed; nobody who has one key alone can name another. Method: three keys, a tree that names each, and each
// way a chain can be forged.

import { describe, expect, it } from 'vitest';
import { withAsyncEd25519 } from './ask.ts';
import { logKey, type LogKey, verifyEd25519 } from '../../test/support/log-key.ts';
import { paperLog } from '../../test/support/paper-log.ts';
import { utf8 } from '../kernel/bytes.ts';
import { sha256 } from '../kernel/sha256.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import { documentLeaf, dummyLeaf, parseLeaf } from './leaf.ts';
import { type NoteSigner, signNote } from './note.ts';
import { openPromise, signPromises } from './promise.ts';
import { documentReceiptText } from './receipt.ts';
import {
  LATE_MS_MAX,
  parseSuccession,
  partsOf,
  signSuccession,
  successionLeaf,
  successionProof,
  verifySuccessions,
} from './succession.ts';
import { signedBy } from './trust.ts';
import { verifyReceipt } from './verify-receipt.ts';

const ORIGIN = 'town.example/log';
const [first, second, third] = [logKey(ORIGIN, 1), logKey(ORIGIN, 2), logKey(ORIGIN, 3)];
const thief = logKey(ORIGIN, 66);
const TIME_MS = 1_784_937_600_000;

const noteOf = (before: LogKey, next: LogKey, timeMs = TIME_MS): string =>
  signSuccession({ before, next, timeMs });
const dummy = (n: number): Uint8Array => dummyLeaf(sha256(utf8(`dummy ${n}`)));
const policy = utf8('{"policy":"town"}');

const [toSecond, toThird] = [noteOf(first, second), noteOf(second, third, TIME_MS + 1000)];
// The successions are leaves 5 and 10 of 16.
const leaves = Array.from({ length: 16 }, (_, n) => dummy(n));
leaves[2] = documentLeaf(policy);
leaves[5] = successionLeaf(toSecond);
leaves[10] = successionLeaf(toThird);
const log = paperLog(first, leaves);

const link = (note: string, signers: readonly NoteSigner[], size = 16): string =>
  successionProof(note, log.place(successionLeaf(note), size, signers));
const links = [
  link(toSecond, [second.signer, first.signer], 8),
  link(toThird, [third.signer, second.signer], 12),
];
const chain = links.join('');

const code = (result: { ok: boolean; error?: { code: string } }): string => result.error?.code ?? 'ok';
const followed = (pinned: LogKey, text = chain): string =>
  code(verifySuccessions(text, { vkey: pinned.vkey, verifyEd25519 }));
function trustOf(pinned: LogKey, text = chain) {
  const keys = verifySuccessions(text, { vkey: pinned.vkey, verifyEd25519 });
  if (!keys.ok) throw new Error(keys.error.message);
  return { vkey: pinned.vkey, verifyEd25519, keys: keys.value };
}

describe('a chain of successions', () => {
  it('[W30] a link is a note of both keys, whose hash is a leaf like any document’s', () => {
    expect(toSecond.split('\n\n')[0]).toBe(`${ORIGIN}/succession\n${first.vkey}\n${second.vkey}\n${TIME_MS}`);
    expect(parseLeaf(successionLeaf(toSecond))).toEqual({ kind: 'document', commitment: expect.anything() });
    expect(partsOf(chain)).toEqual(links);
    expect(code(parseSuccession(toSecond))).toBe('ok');
  });

  it('[W31] whoever pinned any of the keys believes heads and receipts of all of them', () => {
    for (const pinned of [first, second, third]) {
      const trust = trustOf(pinned);
      for (const [signer, size] of [
        [first, 5],
        [second, 10],
        [third, 16],
      ] as const) {
        const place = log.place(leaves[2]!, size, [signer.signer]);
        expect(verifyCheckpoint(place.checkpoint, trust)).toMatchObject({ ok: true, value: { size } });
        expect(signedBy(place.checkpoint, trust)).toBe(signer.vkey);
        const verified = verifyReceipt(documentReceiptText(place, sha256(policy)), trust);
        expect(verified).toMatchObject({ ok: true, value: { kind: 'document', size } });
      }
    }
  });

  it('[W31] without the chain only what the pinned key signed, and it is said what is missing', () => {
    const trust = { vkey: first.vkey, verifyEd25519 };
    const refused = verifyCheckpoint(log.checkpoint(16, [third.signer]), trust);
    expect(code(refused)).toBe('unsigned');
    expect(!refused.ok && refused.error.message).toMatch(/successions/);
    const strange = verifyCheckpoint(log.checkpoint(16, [logKey('other.example', 1).signer]), trust);
    expect(!strange.ok && strange.error.message).not.toMatch(/successions/);
    // While both sign, nobody needs it.
    expect(code(verifyCheckpoint(log.checkpoint(8, [second.signer, first.signer]), trust))).toBe('ok');
    // An empty chain leads from a key to itself.
    expect(code(verifyCheckpoint(log.checkpoint(16, [first.signer]), trustOf(first, '')))).toBe('ok');
  });

  it('[W32] a key that was followed signs no larger tree alone, and no later promise', () => {
    const trust = trustOf(third);
    expect(code(verifyCheckpoint(log.checkpoint(5, [first.signer]), trust))).toBe('ok');
    for (const size of [6, 16])
      expect(code(verifyCheckpoint(log.checkpoint(size, [first.signer]), trust))).toBe('succeeded');
    expect(code(verifyCheckpoint(log.checkpoint(11, [second.signer]), trust))).toBe('succeeded');
    expect(code(verifyCheckpoint(log.checkpoint(11, [second.signer, third.signer]), trust))).toBe('ok');
    const promised = (timeMs: number, ...signers: [NoteSigner, ...NoteSigner[]]): string => {
      const commitments = [sha256(utf8('c'))];
      const [receipt] = signPromises({ signers, commitments, timeMs, dueMs: timeMs + 1 });
      return code(openPromise(receipt!.note, trust));
    };
    expect(promised(TIME_MS + LATE_MS_MAX, first.signer)).toBe('ok');
    expect(promised(TIME_MS + LATE_MS_MAX + 1, first.signer)).toBe('succeeded');
    expect(promised(TIME_MS + LATE_MS_MAX + 1, second.signer, first.signer)).toBe('ok');
    expect(promised(TIME_MS + 10 * LATE_MS_MAX, third.signer)).toBe('ok');
  });

  it('[W32] a key that somebody put before a stolen one counts no longer than that one', () => {
    // The second key was stolen and has ended; the third is the one that is trusted.
    const put = noteOf(thief, second, TIME_MS * 100);
    const tree = [dummy(1), successionLeaf(put)];
    const both = [thief.signer, second.signer];
    const forged = successionProof(put, paperLog(thief, tree).place(tree[1]!, 2, both));
    const trust = trustOf(third, `${forged}${links[1]}`);
    const promised = (timeMs: number): string => {
      const commitments = [sha256(utf8('c'))];
      const [receipt] = signPromises({ signers: [thief.signer], commitments, timeMs, dueMs: timeMs + 1 });
      return code(openPromise(receipt!.note, trust));
    };
    // As long as the stolen key would, and not until any time that they wrote.
    expect(promised(TIME_MS + 1000 + LATE_MS_MAX)).toBe('ok');
    expect(promised(TIME_MS + 1000 + LATE_MS_MAX + 1)).toBe('succeeded');
  });

  it('[W34] a tree of before that a thief of an ended key makes is told by a head of the log alone', () => {
    const tree = Array.from({ length: 5 }, (_, n) => (n === 2 ? leaves[2]! : dummy(100 + n)));
    const forged = paperLog(first, tree);
    const receipt = documentReceiptText(forged.place(leaves[2]!, 5), sha256(policy));
    const trust = trustOf(third);
    expect(code(verifyReceipt(receipt, trust))).toBe('ok');
    const seen = log.checkpoint(16, [third.signer]);
    const consistency = log.consistency(5, 16);
    expect(code(verifyReceipt(receipt, { ...trust, checkpoint: seen, consistency }))).toBe('forked');
  });

  it('[W33] neither the old key alone makes a succession, nor the new one', () => {
    const [text] = toSecond.split('\n\n');
    const forged = (signers: readonly NoteSigner[], heads: readonly NoteSigner[]): string => {
      const note = signNote(`${text}\n`, signers);
      const tree = [dummy(1), successionLeaf(note)];
      return successionProof(note, paperLog(first, tree).place(tree[1]!, 2, heads));
    };
    const both = [first.signer, second.signer];
    for (const pinned of [first, second]) {
      expect(followed(pinned, forged(both, both))).toBe('ok');
      expect(followed(pinned, forged([first.signer], both))).toBe('unsigned');
      expect(followed(pinned, forged([second.signer], both))).toBe('unsigned');
      expect(followed(pinned, forged(both, [first.signer]))).toBe('unsigned');
      expect(followed(pinned, forged(both, [second.signer]))).toBe('unsigned');
      const liar = { ...first.signer, sign: (message: Uint8Array) => thief.signer.sign(message) };
      expect(followed(pinned, forged([liar, second.signer], both))).toBe('bad-signature');
    }
  });

  it('[W33] a link that is in no tree, of another log, out of order, or twice is refused', () => {
    const [one = '', two = ''] = links;
    expect(followed(first, one + one)).toBe('no-succession');
    expect(followed(first, two + one)).toBe('no-succession');
    expect(followed(third, two)).toBe('ok');
    expect(followed(first, two)).toBe('no-succession');
    expect(followed(thief)).toBe('no-succession');
    expect(followed(logKey('city.example/log', 1))).toBe('wrong-origin');
    const elsewhere = successionProof(toSecond, log.place(dummy(3), 8, [first.signer, second.signer]));
    expect(followed(first, elsewhere)).toBe('not-in-tree');
    // Back to a key of before: which trees would it sign alone?
    const back = noteOf(second, first);
    const tree = [dummy(1), successionLeaf(toSecond), successionLeaf(back)];
    const both = [first.signer, second.signer];
    const other = paperLog(first, tree);
    const round = [toSecond, back].map((note) =>
      successionProof(note, other.place(successionLeaf(note), 3, both)),
    );
    expect(followed(first, round.join(''))).toBe('no-succession');
  });

  it('[W33] text that is no chain is refused, whatever byte of it is changed', async () => {
    for (const text of ['x', '\n', `${chain}x`, chain.slice(0, -1), `x${chain}`, `${chain}\n`])
      expect(followed(first, text)).not.toBe('ok');
    expect(followed(first, links[0]!.repeat(65))).toBe('malformed');
    expect(followed(first, 'c2sp.org/tlog-proof@v1\n'.padEnd(600_000, 'x'))).toBe('malformed');
    for (let at = 0; at < chain.length; at += 7) {
      const changed = `${chain.slice(0, at)}${chain[at] === 'A' ? 'B' : 'A'}${chain.slice(at + 1)}`;
      const keys = verifySuccessions(changed, { vkey: first.vkey, verifyEd25519 });
      if (keys.ok) expect(keys.value.map(({ vkey }) => vkey)).toEqual([first.vkey, second.vkey, third.vkey]);
    }
    const answer = await withAsyncEd25519(
      async (claim) => verifyEd25519(claim),
      (verify) => verifySuccessions(chain, { vkey: first.vkey, verifyEd25519: verify }),
    );
    expect(code(answer)).toBe('ok');
  });

  it('[W34] who stole the old key can lead whoever pinned it elsewhere, and a pinned head shows it', () => {
    const stolen = noteOf(first, thief);
    const tree = Array.from({ length: 12 }, (_, n) => (n === 2 ? leaves[2]! : dummy(n)));
    tree.push(successionLeaf(stolen));
    const forged = paperLog(first, tree);
    const both = [first.signer, thief.signer];
    const chainOfThief = successionProof(stolen, forged.place(tree[12]!, 13, both));
    // Nothing but signatures was looked at.
    const trust = trustOf(first, chainOfThief);
    const receipt = documentReceiptText(forged.place(leaves[2]!, 13, [thief.signer]), sha256(policy));
    expect(code(verifyReceipt(receipt, trust))).toBe('ok');
    // Whoever pinned the new key is not led astray.
    expect(followed(second, chainOfThief)).toBe('no-succession');
    // A head of the log that somebody else holds, a witness or whoever has an earlier receipt, is none of
    // that tree, or one that the old key must not have signed alone.
    const seen = log.checkpoint(8, [first.signer, second.signer]);
    const consistency = forged.consistency(8, 13);
    expect(code(verifyReceipt(receipt, { ...trust, checkpoint: seen, consistency }))).toBe('forked');
    const later = log.checkpoint(16, [first.signer, second.signer]);
    expect(code(verifyReceipt(receipt, { ...trust, checkpoint: later, consistency }))).toBe('succeeded');
  });
});
