// Goal: a withdrawal changes the very next decision, and the log proves both. Method: a person with a token
// of their own says yes, is decided for, says no, is decided for again, over HTTP; then the server is
// stopped, and what was promised is checked offline, from receipts and a copy of the public tiles, with
// src/prove/verify.ts alone.

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decisionRecordOf } from '../../src/decide/record.ts';
import type { PromiseReceipt, VerifiedReceipt } from '../../src/facts/receipt.ts';
import { fromBase64, hex } from '../../src/kernel/bytes.ts';
import { canonicalJson } from '../../src/kernel/canonical.ts';
import { personalLeaf } from '../../src/prove/leaf.ts';
import { openReceipt, recordReceiptText } from '../../src/prove/receipt.ts';
import { keepsPromise, verifyHistory, verifyReceipt } from '../../src/prove/verify.ts';
import { consentAnswer, consentKept, decideAnswer, whyAnswer } from '../../src/surfaces/http/answers.ts';
import { type Auditor, createAuditor } from '../support/e2e-log.ts';
import { type Running, fineline, startServer } from '../support/e2e-running.ts';
import { NOTICE, type Said, all, newHome, stock } from '../support/e2e-shop.ts';

const MARIA = 'maria';
type Decided = z.infer<typeof decideAnswer>;

/** Maria with her token: what she can do, and what she is handed. */
interface Maria {
  say(grants: readonly unknown[]): Promise<PromiseReceipt>;
  decide(): Promise<Decided>;
  /** As text, when it is in the log. */
  receipt(decision: string): Promise<string>;
  get(path: string): Promise<unknown>;
}

async function mariaAt(server: Running): Promise<Maria> {
  const key = await server.token(MARIA);
  return {
    say: async (grants) => {
      const answer = await server.http('PUT', `/v1/people/${MARIA}/consent`, {
        key,
        body: { grants, notice: NOTICE },
      });
      expect(answer.status, answer.text).toBe(200);
      const opened = openReceipt(JSON.stringify(consentKept.parse(JSON.parse(answer.text)).receipt));
      if (!opened.ok || opened.value.kind !== 'promise')
        throw new Error('a choice is answered with a promise');
      return opened.value;
    },
    decide: async () => {
      const body = { person: MARIA, placement: 'steady' };
      const answer = await server.http('POST', '/v1/decide', { key: server.keys.decide, body });
      expect(answer.status, answer.text).toBe(200);
      return decideAnswer.parse(JSON.parse(answer.text));
    },
    receipt: async (decision) => {
      for (let tries = 0; tries < 300; tries += 1) {
        const { status, text } = await server.http('GET', `/v1/receipts/${decision}`, { key });
        if (status === 200) return text;
        await sleep(100);
      }
      throw new Error('the decision does not get into the log');
    },
    get: async (path) => {
      const answer: unknown = JSON.parse((await server.http('GET', path, { key })).text);
      return answer;
    },
  };
}

async function orderAndLook(server: Running): Promise<void> {
  const time = new Date().toISOString();
  const body = [
    {
      kind: 'purchase',
      id: 'order-1',
      person: MARIA,
      source: 'till',
      time,
      lines: [{ item: 'coat-1' }, { item: 'tea-2' }],
    },
    { kind: 'view', id: 'view-1', person: MARIA, source: 'web-shop', time, lines: [{ item: 'lamp-3' }] },
  ];
  const { status, text } = await server.http('POST', '/v1/events', { key: server.keys.collect, body });
  expect(status, text).toBe(202);
}

const factsIn = ({ items }: Decided): number =>
  items.flatMap(({ reasons }) => reasons).filter(({ kind }) => kind === 'fact').length;

const no = (category: string): readonly unknown[] => [{ category, purpose: 'recommend', state: 'withdrawn' }];
const yes: readonly Said[] = all('given');

function verified(text: string, auditor: Auditor): VerifiedReceipt {
  const checked = verifyReceipt(text, auditor.trust);
  if (!checked.ok) throw new Error(`${checked.error.code}: ${checked.error.message}`);
  return checked.value;
}

/** The `.tlog-proof` of a consent record, made from the tiles and what the person was handed. */
function proofOfChoice(promise: PromiseReceipt, auditor: Auditor): string {
  const leaf = hex(personalLeaf(fromBase64(promise.commitment) ?? new Uint8Array(0)));
  const { record, salt } = promise.opening!;
  return recordReceiptText(auditor.place(leaf), { record, salt: fromBase64(salt) ?? new Uint8Array(0) });
}

/** Everything again with one letter changed does not verify. */
function expectTamperProof(text: string, auditor: Auditor): void {
  const extra = /^extra (.+)$/m.exec(text)?.[1] ?? '';
  const record = Buffer.from(extra, 'base64').toString();
  expect(record).toMatch(/withdrawn|recommend/);
  const other = record.includes('withdrawn')
    ? record.replace('withdrawn', 'given')
    : record.replace('recommend', 'improve');
  const forged = text.replace(extra, Buffer.from(other).toString('base64'));
  expect(verifyReceipt(forged, auditor.trust).ok).toBe(false);
}

describe('a withdrawal', () => {
  it('changes the very next decision; the log proves both; both replay to the same bytes', async () => {
    const home = newHome();
    const server = await startServer(home);
    await stock(server);
    const auditor = createAuditor((await server.http('GET', '/log/vkey')).text.trim());
    const maria = await mariaAt(server);
    const said = await maria.say(yes);
    await orderAndLook(server);
    const before = await maria.decide();
    expect(factsIn(before)).toBeGreaterThan(0);
    const withdrawn = await maria.say(no('*'));
    const after = await maria.decide();
    expect(factsIn(after)).toBe(0);
    expect(whyAnswer.parse(await maria.get(`/v1/why/${before.decision}`)).reads).toHaveLength(3);
    expect(whyAnswer.parse(await maria.get(`/v1/why/${after.decision}`))).toMatchObject({
      refused: 'no-grant',
      reads: [],
    });

    const proofs = [await maria.receipt(before.decision), await maria.receipt(after.decision)] as const;
    await auditor.follow((path) => server.bytes(`/log/${path}`));
    const heads = consentAnswer.parse(await maria.get(`/v1/people/${MARIA}/consent`));
    expect(await server.stop()).toBe(0);

    // From here on nobody is asked any more.
    const choices = [said, withdrawn].map((promise) => proofOfChoice(promise, auditor));
    const kept = [...choices, ...proofs].map((text) => verified(text, auditor));
    const promises = [said, withdrawn, before.receipt, after.receipt].map((promise) =>
      verified(JSON.stringify(promise), auditor),
    );
    for (const [at, promise] of promises.entries()) expect(keepsPromise(promise, kept[at]!)).toBe(true);
    expect(keepsPromise(promises[0]!, kept[1]!)).toBe(false);
    const consent = { count: heads.records, head: heads.head };
    expect(verifyHistory(kept, { heads: { consent } })).toMatchObject({ ok: true });
    for (const text of [choices[1]!, ...proofs]) expectTamperProof(text, auditor);
    expectRuled(kept);

    for (const [at, { decision }] of [before, after].entries()) {
      const { code, out, err } = await fineline('replay', decision, '--home', home, '--json');
      expect(code, err).toBe(0);
      const replayed = z
        .object({ same: z.boolean(), recorded: z.json(), replayed: z.json() })
        .parse(JSON.parse(out));
      expect(replayed.same).toBe(true);
      expect(canonicalJson(replayed.replayed)).toBe(canonicalJson(replayed.recorded));
      const proven = kept[2 + at];
      expect(proven?.kind === 'decision' && canonicalJson(proven.decision)).toBe(
        canonicalJson(replayed.recorded),
      );
    }
  });

  it('of one category leaves the others; given again and taken back, each next decision obeys', async () => {
    const server = await startServer(newHome());
    await stock(server);
    const maria = await mariaAt(server);
    await maria.say(yes);
    await orderAndLook(server);
    const kindsRead = async (): Promise<readonly string[]> => {
      const { decision } = await maria.decide();
      const { reads } = whyAnswer.parse(await maria.get(`/v1/why/${decision}`));
      return [...new Set(reads.map((key) => key.replace(/\|.*/, '')))];
    };
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await kindsRead()).toEqual(['bought', 'viewed']);
      await maria.say(no('purchases'));
      expect(await kindsRead()).toEqual(['viewed']);
      await maria.say(no('browsing'));
      expect(await kindsRead()).toEqual([]);
      await maria.say(yes);
    }
    expect(await server.stop()).toBe(0);
  });
});

/** What the proven records say: the second decision knew of the withdrawal and read nothing. */
function expectRuled([, choice, first, second]: readonly VerifiedReceipt[]): void {
  if (choice?.kind !== 'record' || first?.kind !== 'decision' || second?.kind !== 'decision')
    throw new Error('unreachable');
  const before = decisionRecordOf(canonicalJson(first.decision));
  const after = decisionRecordOf(canonicalJson(second.decision));
  expect(choice.record['seq']).toBe(1);
  expect(before.consentSeq).toBe(0);
  expect(before.input.facts.length).toBeGreaterThan(0);
  expect(after).toMatchObject({
    consentSeq: 1,
    reads: [],
    input: { refused: 'no-grant', facts: [], barred: [] },
  });
}
