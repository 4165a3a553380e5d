// Writes vectors/prove.json: `npx node test/support/prove-vectors.ts > vectors/prove.json`. The file is
// golden: a change in it breaks receipts that people hold, so it needs a new version of the format, not a new
// file.

import { base64, hex, u32, utf8 } from '../../src/kernel/bytes.ts';
import { canonicalJson } from '../../src/kernel/canonical.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { leafHash, readerOf, treeRoot } from '../../src/prove/merkle.ts';
import { consistencyPath, inclusionPath } from '../../src/prove/merkle-proof.ts';
import { signPromises } from '../../src/prove/promise.ts';
import { promiseReceiptText, withOpening } from '../../src/prove/receipt.ts';
import { tilePath, tilesForGrowth } from '../../src/prove/tiles.ts';
import { TIME_MS, evidence } from './evidence.ts';
import type { ProveVectors, ReceiptVector } from './prove-vectors-check.ts';

const SIZES = [0, 1, 2, 3, 7, 8, 255, 256, 257, 300];

export function proveVectors(): ProveVectors {
  const town = evidence();
  const read = readerOf(Array.from({ length: 300 }, (_, i) => leafHash(u32(i))));
  const pairs = [
    [1, 300],
    [7, 8],
    [8, 300],
    [255, 257],
    [256, 300],
  ] as const;
  return {
    v: 1,
    about: 'Golden cases of src/prove. Bytes are hex. Entry i of the trees is i as 4 bytes.',
    roots: SIZES.map((size) => ({ size, root: hex(treeRoot(size, read)) })),
    paths: [0, 255, 256, 299].map((index) => ({
      index,
      size: 300,
      path: inclusionPath({ index, size: 300, read }).map(hex),
    })),
    consistency: pairs.map(([from, to]) => ({
      from,
      to,
      path: consistencyPath({ from, to, read }).map(hex),
    })),
    growth: { from: 70, to: 70_000, paths: tilesForGrowth(70, 70_000).slice(-6).map(tilePath) },
    evidenceKey: hex(sha256(utf8('evidence key of person 1'))),
    day: '2026-07-25',
    consents: town.consents.map(({ record, salt, leaf }) => ({
      record: canonicalJson(record),
      salt: hex(salt),
      leaf: hex(leaf),
    })),
    decisions: town.decisions.map(({ record, salt, commitment }) => ({
      record: canonicalJson(record),
      salt: hex(salt),
      commitment: hex(commitment),
    })),
    digest: {
      record: canonicalJson(town.digested.record),
      salt: hex(town.digested.salt),
      leaf: hex(town.digested.leaf),
    },
    vkey: town.key.vkey,
    receipts: receiptVectors(town),
  };
}

function receiptVectors(town: ReturnType<typeof evidence>): ReceiptVector[] {
  const commitments = town.decisions.map(({ commitment }) => commitment);
  const promises = signPromises({
    signers: [town.key.signer],
    commitments,
    timeMs: TIME_MS,
    dueMs: TIME_MS + 60_000,
  });
  const { record, salt } = town.decisions[3]!;
  const opened = withOpening(promises[3]!, { scheme: 'decision', record, salt: base64(salt) });
  const [, second = ''] = town.receipts.consents;
  return [
    ...town.receipts.consents.map((text, i) => ({ name: `consent ${i}`, text, verdict: 'record' })),
    ...town.receipts.decisions.map((text, i) => ({ name: `decision ${i}`, text, verdict: 'decision' })),
    { name: 'policy', text: town.receipts.policy, verdict: 'document' },
    { name: 'promise', text: promiseReceiptText(promises[3]!), verdict: 'promise' },
    { name: 'promise, opened', text: promiseReceiptText(opened), verdict: 'promise' },
    {
      name: 'promise, opened with another salt',
      text: promiseReceiptText({
        ...opened,
        opening: { scheme: 'decision', record, salt: base64(sha256(salt)) },
      }),
      verdict: 'not-opened',
    },
    { name: 'size altered', text: second.replace('\n16\n', '\n17\n'), verdict: 'bad-signature' },
    { name: 'index altered', text: second.replace('\nindex 1\n', '\nindex 3\n'), verdict: 'not-in-tree' },
    { name: 'cut', text: second.slice(0, -2), verdict: 'malformed' },
    { name: 'empty', text: '', verdict: 'malformed' },
  ];
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(proveVectors(), undefined, 2)}\n`);
