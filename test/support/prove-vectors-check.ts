// Recomputes vectors/prove.json with src/prove alone, so that the same check runs in Node, a browser and at
// the edge. The platform brings Ed25519, asynchronous as WebCrypto has it.

import { fromHex, hex, u32, utf8 } from '../../src/kernel/bytes.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import { decisionDigest, CHAIN_START, recordBytes } from '../../src/prove/chain.ts';
import {
  decisionCommitment,
  decisionDayKey,
  decisionSalt,
  personalLeaf,
  recordCommitment,
  recordSalt,
} from '../../src/prove/leaf.ts';
import { readerOf } from '../../src/prove/merkle.ts';
import {
  type VerifyEd25519,
  consistencyPath,
  inclusionPath,
  leafHash,
  tilePath,
  tilesForGrowth,
  treeRoot,
  verifyReceipt,
  withAsyncEd25519,
} from '../../src/prove/verify.ts';

export interface ReceiptVector {
  readonly name: string;
  readonly text: string;
  /** Kind of the verified receipt, or the code of the error. */
  readonly verdict: string;
}

export interface ProveVectors {
  readonly v: 1;
  readonly about: string;
  readonly roots: readonly { readonly size: number; readonly root: string }[];
  readonly paths: readonly {
    readonly index: number;
    readonly size: number;
    readonly path: readonly string[];
  }[];
  readonly consistency: readonly {
    readonly from: number;
    readonly to: number;
    readonly path: readonly string[];
  }[];
  readonly growth: { readonly from: number; readonly to: number; readonly paths: readonly string[] };
  readonly evidenceKey: string;
  readonly day: string;
  readonly consents: readonly { readonly record: string; readonly salt: string; readonly leaf: string }[];
  readonly decisions: readonly {
    readonly record: string;
    readonly salt: string;
    readonly commitment: string;
  }[];
  readonly digest: { readonly record: string; readonly salt: string; readonly leaf: string };
  readonly vkey: string;
  readonly receipts: readonly ReceiptVector[];
}

type Verify = (claim: Parameters<VerifyEd25519>[0]) => Promise<boolean>;

/** Pairs of what was computed and what the file says, to be compared by the caller. */
export async function recomputed(
  vectors: ProveVectors,
  verify: Verify,
): Promise<{ readonly name: string; readonly got: string; readonly expected: string }[]> {
  return [...trees(vectors), ...commitments(vectors), ...(await verdicts(vectors, verify))];
}

type Pair = { readonly name: string; readonly got: string; readonly expected: string };

function trees(vectors: ProveVectors): Pair[] {
  const read = readerOf(Array.from({ length: 300 }, (_, i) => leafHash(u32(i))));
  const { growth } = vectors;
  const grown = tilesForGrowth(growth.from, growth.to).slice(-growth.paths.length).map(tilePath);
  return [
    ...vectors.roots.map(({ size, root }) => ({
      name: `root ${size}`,
      got: hex(treeRoot(size, read)),
      expected: root,
    })),
    ...vectors.paths.map(({ index, size, path }) => ({
      name: `path ${index} of ${size}`,
      got: inclusionPath({ index, size, read }).map(hex).join(' '),
      expected: path.join(' '),
    })),
    ...vectors.consistency.map(({ from, to, path }) => ({
      name: `consistency ${from} ${to}`,
      got: consistencyPath({ from, to, read }).map(hex).join(' '),
      expected: path.join(' '),
    })),
    { name: 'growth', got: grown.join(' '), expected: growth.paths.join(' ') },
  ];
}

function commitments(vectors: ProveVectors): Pair[] {
  const evidenceKey = fromHex(vectors.evidenceKey)!;
  const dayKey = decisionDayKey(evidenceKey, vectors.day);
  const leafAt = (record: string, salt: Uint8Array): string =>
    hex(personalLeaf(recordCommitment(salt, utf8(record))));
  const consents = vectors.consents.flatMap(({ record, salt, leaf }, seq) => {
    const own = recordSalt({ evidenceKey, chain: 'consent', seq });
    return [
      { name: `consent salt ${seq}`, got: hex(own), expected: salt },
      { name: `consent leaf ${seq}`, got: leafAt(record, own), expected: leaf },
    ];
  });
  const decisions = vectors.decisions.map(({ record, salt, commitment }, seq) => {
    const own = decisionSalt(dayKey, seq);
    const got = `${hex(own)} ${hex(decisionCommitment(own, sha256(utf8(record))))}`;
    return { name: `decision ${seq}`, got, expected: `${salt} ${commitment}` };
  });
  const { from, to }: { from: number; to: number } = JSON.parse(vectors.digest.record);
  const made = vectors.decisions.map(({ commitment }) => fromHex(commitment)!);
  const digest = decisionDigest({ seq: 0, prev: CHAIN_START, from, to, commitments: made });
  const digestSalt = recordSalt({ evidenceKey, chain: 'decisions', seq: 0 });
  return [
    ...consents,
    ...decisions,
    {
      name: 'digest record',
      got: hex(recordBytes({ ...digest.record })),
      expected: hex(utf8(vectors.digest.record)),
    },
    { name: 'digest leaf', got: leafAt(vectors.digest.record, digestSalt), expected: vectors.digest.leaf },
  ];
}

async function verdicts(vectors: ProveVectors, verify: Verify): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const { name, text, verdict } of vectors.receipts) {
    const checked = await withAsyncEd25519(verify, (verifyEd25519) =>
      verifyReceipt(text, { vkey: vectors.vkey, verifyEd25519 }),
    );
    pairs.push({ name, got: checked.ok ? checked.value.kind : checked.error.code, expected: verdict });
  }
  return pairs;
}
