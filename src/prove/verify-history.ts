// A person's whole history, from the receipts they kept: nothing missing, nothing exchanged, nothing put in.
// The chain is enough against one's own receipts; that the service shows the same head to everybody is for
// witnesses to say.

import { equalBytes } from '../kernel/bytes.ts';
import type { JsonObject } from '../kernel/canonical.ts';
import { type Result, ok } from '../kernel/result.ts';
import type { ChainLink, VerificationError, VerifiedReceipt } from '../facts/receipt.ts';
import { CHAIN_START, chainOf, parseChainLink, recordHead } from './chain.ts';
import { failed } from './failure.ts';
import type { Chain } from './leaf.ts';

export interface ChainHead {
  /** Records in the chain. */
  readonly count: number;
  /** SHA-256 (hex) of the last one; zeros for none. */
  readonly head: string;
}

export type History = Readonly<Record<Chain, ChainHead>>;

interface Linked {
  readonly link: ChainLink;
  readonly head: string;
}

/**
 * Checks the receipts of one person with one controller, in any order; the same record may come several
 * times, as a promise and as a proof. Give `heads` as the service shows them, to notice what it has and the
 * receipts have not.
 */
export function verifyHistory(
  receipts: readonly VerifiedReceipt[],
  options: { readonly heads?: Partial<History> } = {},
): Result<History, VerificationError> {
  const oneLog = verifyOneLog(receipts);
  if (!oneLog.ok) return oneLog;
  const chains: Record<Chain, Map<number, Linked>> = { consent: new Map(), decisions: new Map() };
  const controllers = new Set<unknown>();
  for (const record of receipts.flatMap(recordsOf)) {
    const link = parseChainLink(record);
    if (link === undefined) return failed('malformed', 'a record of a history has v, seq and prev');
    const chain = chainOf(record);
    if (chain === 'consent') controllers.add(record['controller']);
    const head = recordHead(record);
    const other = chains[chain].get(link.seq);
    if (other !== undefined && other.head !== head) {
      return failed('forked', `two different records with number ${link.seq} in the ${chain} chain`);
    }
    chains[chain].set(link.seq, { link, head });
  }
  if (controllers.size > 1) {
    return failed('malformed', 'the receipts are of several controllers: check those of each one alone');
  }
  const consent = verifyChain('consent', chains.consent, options.heads?.consent);
  if (!consent.ok) return consent;
  const decisions = verifyChain('decisions', chains.decisions, options.heads?.decisions);
  if (!decisions.ok) return decisions;
  return ok({ consent: consent.value, decisions: decisions.value });
}

function recordsOf(receipt: VerifiedReceipt): readonly JsonObject[] {
  switch (receipt.kind) {
    case 'record':
      return [receipt.record];
    case 'decision':
      return [{ ...receipt.digest }];
    case 'promise':
      return receipt.opening?.scheme === 'record' ? [receipt.opening.record] : [];
    case 'document':
      return [];
  }
}

function verifyChain(
  name: Chain,
  links: ReadonlyMap<number, Linked>,
  shown: ChainHead | undefined,
): Result<ChainHead, VerificationError> {
  let head = CHAIN_START;
  for (let seq = 0; seq < links.size; seq += 1) {
    const linked = links.get(seq);
    if (linked === undefined) {
      return failed('history-gap', `record ${seq} of the ${name} chain is missing among the receipts`);
    }
    if (linked.link.prev !== head) {
      return failed('history-broken', `record ${seq} of the ${name} chain does not follow the one before it`);
    }
    head = linked.head;
  }
  if (shown !== undefined && (shown.count !== links.size || shown.head !== head)) {
    return failed(
      'history-head',
      `the service shows ${shown.count} records in the ${name} chain, not these ${links.size}`,
    );
  }
  return ok({ count: links.size, head });
}

/** All receipts name one origin, and no two of their checkpoints give different roots for one size. */
function verifyOneLog(receipts: readonly VerifiedReceipt[]): Result<undefined, VerificationError> {
  const roots = new Map<number, Uint8Array>();
  for (const receipt of receipts) {
    if (receipt.origin !== receipts[0]!.origin) {
      return failed('wrong-origin', `receipts of two logs: ${receipts[0]!.origin} and ${receipt.origin}`);
    }
    if (receipt.kind === 'promise') continue;
    const root = roots.get(receipt.size);
    if (root !== undefined && !equalBytes(root, receipt.root)) {
      return failed('forked', `two signed roots for size ${receipt.size}: the log showed different trees`);
    }
    roots.set(receipt.size, receipt.root);
  }
  return ok(undefined);
}

/** True when `proof` shows in the log what `promise` promised: the same commitment, of the same log. */
export function keepsPromise(promise: VerifiedReceipt, proof: VerifiedReceipt): boolean {
  if (promise.kind !== 'promise' || (proof.kind !== 'record' && proof.kind !== 'decision')) return false;
  return promise.origin === proof.origin && equalBytes(promise.commitment, proof.commitment);
}
