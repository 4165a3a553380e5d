// One small town of evidence for tests of receipts: a person with three consent records, a day of five
// decisions and its digest, a policy, all in a signed log. Deterministic: the same bytes in every run.

import { utf8 } from '../../src/kernel/bytes.ts';
import type { JsonObject } from '../../src/kernel/canonical.ts';
import { sha256 } from '../../src/kernel/sha256.ts';
import type { DecisionDigest } from '../../src/prove/chain.ts';
import { CHAIN_START, decisionDigest, recordBytes, recordHead } from '../../src/prove/chain.ts';
import {
  decisionCommitment,
  decisionDayKey,
  decisionSalt,
  documentLeaf,
  dummyLeaf,
  personalLeaf,
  recordCommitment,
  recordSalt,
} from '../../src/prove/leaf.ts';
import { decisionReceiptText, documentReceiptText, recordReceiptText } from '../../src/prove/receipt.ts';
import type { LogKey } from './log-key.ts';
import { logKey, verifyEd25519 } from './log-key.ts';
import type { PaperLog } from './paper-log.ts';
import { paperLog } from './paper-log.ts';

export const TIME_MS = 1_784_937_600_000;
export const DAY_MS = 86_400_000;

export interface Committed {
  readonly record: JsonObject;
  readonly salt: Uint8Array;
  readonly commitment: Uint8Array;
  readonly leaf: Uint8Array;
}

export interface Evidence {
  readonly key: LogKey;
  readonly trust: { readonly vkey: string; readonly verifyEd25519: typeof verifyEd25519 };
  readonly consents: readonly Committed[];
  readonly decisions: readonly Committed[];
  readonly digest: DecisionDigest;
  readonly digested: Committed;
  readonly policy: Uint8Array;
  readonly log: PaperLog;
  readonly receipts: {
    readonly consents: readonly string[];
    readonly decisions: readonly string[];
    readonly policy: string;
  };
}

/** `person` changes every key and salt, `alter` the second consent record. */
export function evidence(person = 1, alter: JsonObject = {}): Evidence {
  const key = logKey('town.example/log', 7);
  const evidenceKey = sha256(utf8(`evidence key of person ${person}`));
  const consents = consentChain(evidenceKey, alter);
  const dayKey = decisionDayKey(evidenceKey, '2026-07-25');
  const decisions = Array.from({ length: 5 }, (_, seq): Committed => {
    const record = {
      decision: `d${seq}`,
      items: ['gloves', 'scarf'].slice(0, 1 + (seq % 2)),
      score: seq / 1024,
    };
    const salt = decisionSalt(dayKey, seq);
    const commitment = decisionCommitment(salt, sha256(recordBytes(record)));
    return { record, salt, commitment, leaf: personalLeaf(commitment) };
  });
  const digest = decisionDigest({
    seq: 0,
    prev: CHAIN_START,
    from: TIME_MS,
    to: TIME_MS + DAY_MS,
    commitments: decisions.map(({ commitment }) => commitment),
  });
  const digested = committed({ ...digest.record }, recordSalt({ evidenceKey, chain: 'decisions', seq: 0 }));
  const policy = utf8('{"policy":"town","k":3}');
  const leaves = [...consents, digested].map(({ leaf }) => leaf);
  leaves.splice(2, 0, documentLeaf(policy));
  while (leaves.length < 16) leaves.push(dummyLeaf(sha256(utf8(`dummy ${leaves.length}`))));
  const log = paperLog(key, leaves);
  const place = log.place(digested.leaf);
  return {
    key,
    trust: { vkey: key.vkey, verifyEd25519 },
    consents,
    decisions,
    digest,
    digested,
    policy,
    log,
    receipts: {
      consents: consents.map((one) => recordReceiptText(log.place(one.leaf), one)),
      decisions: decisions.map(({ record, salt }, index) =>
        decisionReceiptText(place, digested, { record, salt, index, path: digest.path(index) }),
      ),
      policy: documentReceiptText(log.place(documentLeaf(policy)), sha256(policy)),
    },
  };
}

function consentChain(evidenceKey: Uint8Array, alter: JsonObject): Committed[] {
  const chain: Committed[] = [];
  for (const [seq, state] of ['given', 'withdrawn', 'given'].entries()) {
    const before = chain.at(-1);
    const record = {
      v: 1,
      seq,
      prev: before === undefined ? CHAIN_START : recordHead(before.record),
      controller: 'town',
      changes: [{ category: 'purchases', purpose: 'recommend', state }],
      timeMs: TIME_MS + seq,
      ...(seq === 1 ? alter : {}),
    };
    chain.push(committed(record, recordSalt({ evidenceKey, chain: 'consent', seq })));
  }
  return chain;
}

function committed(record: JsonObject, salt: Uint8Array): Committed {
  const commitment = recordCommitment(salt, recordBytes(record));
  return { record, salt, commitment, leaf: personalLeaf(commitment) };
}
