// Goal: what a person says rules from the next decision on, can be proved, and outlives faults on the safe
// side. Method: the whole engine over a small shop in memory.

import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../test/support/log-key.ts';
import {
  DAY,
  type House,
  allowAll,
  buy,
  changes,
  collect,
  decide,
  event,
  look,
  openHouse,
  personId,
  say,
  stock,
} from '../../test/support/house.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import { Fault } from '../kernel/fault.ts';
import { recordReceiptText } from '../prove/receipt.ts';
import { personalLeaf, recordCommitment } from '../prove/leaf.ts';
import { fromBase64, utf8 } from '../kernel/bytes.ts';
import { keepsPromise, verifyHistory, verifyReceipt } from '../prove/verify.ts';
import type { ConsentKept } from './consenting.ts';

function kept(answer: ConsentKept | 'suppressed'): ConsentKept {
  if (answer === 'suppressed') throw new Error('suppressed');
  return answer;
}

async function shopWithAnn(): Promise<House> {
  const house = await openHouse();
  await stock(house);
  await allowAll(house, 'ann');
  await buy(house, 'ann', ['coat-1']);
  await look(house, 'ann', ['glove-2', 'tea-1']);
  return house;
}

const keysOf = (decided: Awaited<ReturnType<typeof decide>>): readonly string[] =>
  decided.record.input.facts.map(({ key }) => key);
const ANN = ['bought|till|coat-1', 'viewed|web-shop|glove-2', 'viewed|web-shop|tea-1'];

describe('consent', () => {
  it('[E1] given → used → withdrawn → not used, for the category and purpose that was named', async () => {
    const house = await openHouse();
    await stock(house);
    await buy(house, 'ann', ['coat-1']);
    expect((await decide(house, 'ann')).record.input.refused).toBe('no-grant');
    await say(house, 'ann', changes('given', ['purchases', 'browsing'], ['recommend']));
    await look(house, 'ann', ['glove-2', 'tea-1']);
    expect(keysOf(await decide(house, 'ann'))).toEqual(ANN);
    await say(house, 'ann', changes('withdrawn', ['browsing'], ['recommend']));
    const after = await decide(house, 'ann');
    expect(keysOf(after)).toEqual(['bought|till|coat-1']);
    expect(after.record.reads).toEqual(['bought|till|coat-1']);
    await say(house, 'ann', changes('withdrawn', ['purchases'], ['recommend']));
    const last = await decide(house, 'ann');
    expect([last.record.input.refused, last.record.reads]).toEqual(['no-grant', []]);
  });

  it('[E1] a decision asked for in the instant of a withdrawal obeys it', async () => {
    const house = await shopWithAnn();
    expect(keysOf(await decide(house, 'ann'))).toEqual(ANN);
    let acknowledged = false;
    const withdrawn = say(house, 'ann', changes('withdrawn')).finally(() => {
      acknowledged = true;
    });
    const decided = await decide(house, 'ann');
    expect(acknowledged).toBe(false);
    expect([keysOf(decided), decided.record.reads]).toEqual([[], []]);
    expect(decided.record.input.refused).toBeDefined();
    await withdrawn;
    expect(keysOf(await decide(house, 'ann'))).toEqual([]);
  });

  it('[E1] also when the person has to be read first, and while the key store takes its time', async () => {
    const house = await shopWithAnn();
    await house.engine.flush();
    const after = await house.reopen();
    const [, decided] = await Promise.all([say(after, 'ann', changes('withdrawn')), decide(after, 'ann')]);
    expect(decided.record.reads).toEqual([]);

    const slow = await shopWithAnn();
    const { keys } = slow.world;
    const revoke = keys.revoke.bind(keys);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    keys.revoke = async (person) => {
      await held;
      return revoke(person);
    };
    const waits = say(slow, 'ann', changes('withdrawn', ['purchases'], ['recommend']));
    for (let n = 0; n < 3; n += 1) expect((await decide(slow, 'ann')).record.reads).toEqual([]);
    release();
    await waits;
    expect(keysOf(await decide(slow, 'ann'))).toEqual(ANN.slice(1));
  });

  it('[E1] a withdrawal that cannot be counted is not taken, and the caller is told', async () => {
    const house = await shopWithAnn();
    house.failing = (operation) =>
      operation === 'keys.revoke' ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
    await expect(say(house, 'ann', changes('withdrawn'))).rejects.toThrow('planted');
    house.failing = undefined;
    expect(keysOf(await decide(house, 'ann'))).toEqual(ANN);
    await say(house, 'ann', changes('withdrawn'));
    expect(keysOf(await decide(house, 'ann'))).toEqual([]);
  });

  it('[E2] withdrawal and decision are promised at once and proved by the log afterwards', async () => {
    const house = await shopWithAnn();
    const trust = { vkey: house.world.log.vkey, verifyEd25519 };
    const given = kept(await say(house, 'ann', changes('given')));
    const withdrawn = kept(await say(house, 'ann', changes('withdrawn')));
    const decided = await decide(house, 'ann');
    const promise = verifyReceipt(await decided.receipt(), trust);
    expect(promise.ok).toBe(true);
    expect(await house.engine.proof((await house.engine.find(decided.decision))!)).toBeUndefined();
    house.advance(2000);
    await house.engine.maintain();
    const found = await house.engine.find(decided.decision);
    const proof = verifyReceipt((await house.engine.proof(found!)) ?? '', trust);
    if (!proof.ok || !promise.ok) throw new Error('no proof');
    expect(keepsPromise(promise.value, proof.value)).toBe(true);
    expect(proof.value).toMatchObject({
      kind: 'decision',
      decision: { decision: decided.decision, consentSeq: withdrawn.record.seq },
    });
    const receipts = [proof.value];
    for (const { record, receipt } of [given, withdrawn]) {
      const promised = verifyReceipt(receipt, trust);
      const { opening } = receipt;
      const salt = fromBase64(opening?.salt ?? '')!;
      const leaf = personalLeaf(recordCommitment(salt, utf8(canonicalJson(opening?.record ?? {}))));
      const placed = await house.world.log.inclusion(leaf);
      const included = verifyReceipt(recordReceiptText(placed!, { record: opening!.record, salt }), trust);
      if (!promised.ok || !included.ok) throw new Error('not proved');
      expect(keepsPromise(promised.value, included.value)).toBe(true);
      expect(included.value).toMatchObject({ kind: 'record', record: { seq: record.seq } });
      receipts.push(included.value);
    }
    // The first record of the chain is missing among the receipts: noticed.
    expect(verifyHistory(receipts)).toMatchObject({ ok: false, error: { code: 'history-gap' } });
  });

  it('[E2] the record names the law that ruled: the strictest of place and residence', async () => {
    const house = await shopWithAnn();
    const traits = { country: 'US', region: 'CA' };
    await collect(house, [event(house, 'declare', 'ann', [], { traits })]);
    const inBelgium = kept(await say(house, 'ann', changes('given'), { place: { country: 'BE' } }));
    expect(inBelgium.record.pack).toContain('EU+US-CA@');
    expect((await decide(house, 'ann', { place: { country: 'BE' } })).record.input.pack).toContain(
      'EU+US-CA@',
    );
  });
});

describe('after a withdrawal', () => {
  const factsOf = async (house: House, who: string): Promise<readonly string[]> => {
    const person = await house.engine.core.people.get(personId(who));
    return typeof person === 'object' ? [...person.profile.facts.keys()].sort() : [];
  };

  /** What lies in the store: an event that is there could be folded again. */
  const kindsOf = async (house: House, who: string): Promise<readonly string[]> =>
    (await house.world.people.history(house.engine.core.people.keyOf(personId(who)))).map(({ kind }) => kind);

  it('[E3] facts that rested on consent alone are gone, also when consent comes back', async () => {
    const house = await shopWithAnn();
    await say(house, 'ann', changes('withdrawn'));
    expect(await factsOf(house, 'ann')).toEqual(['bought|till|coat-1']);
    const after = await house.reopen();
    expect(await factsOf(after, 'ann')).toEqual(['bought|till|coat-1']);
    await allowAll(after, 'ann');
    expect(keysOf(await decide(after, 'ann'))).toEqual(['bought|till|coat-1']);
    expect(await kindsOf(after, 'ann')).not.toContain('event');
  });

  it('[E3] also when a crash comes between the withdrawal and the snapshot', async () => {
    const house = await shopWithAnn();
    house.failing = (operation) =>
      operation === 'people.compact' ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
    await say(house, 'ann', changes('withdrawn')).catch(() => undefined);
    house.failing = undefined;
    const after = await house.reopen();
    await after.engine.recover();
    expect(await factsOf(after, 'ann')).toEqual(['bought|till|coat-1']);
    await after.engine.maintain();
    expect(await kindsOf(after, 'ann')).not.toContain('event');
  });

  it('[E3] what another purpose may still use stays', async () => {
    const house = await shopWithAnn();
    await say(house, 'ann', changes('withdrawn', undefined, ['recommend']));
    expect(await factsOf(house, 'ann')).toEqual(ANN);
    expect(keysOf(await decide(house, 'ann'))).toEqual([]);
  });

  it('[E3] the law of the place where it was said decides what is still needed', async () => {
    const house = await openHouse();
    const california = { country: 'US', region: 'CA' };
    await collect(house, [event(house, 'view', 'cal', ['tea-1'])], { place: california });
    expect(await factsOf(house, 'cal')).toEqual(['viewed|web-shop|tea-1']);
    await say(house, 'cal', changes('refused', undefined, ['advertise']), { place: california });
    expect(await factsOf(house, 'cal')).toEqual(['viewed|web-shop|tea-1']);
  });
});

describe('a lost withdrawal', () => {
  it('[E4] counted and not written allows nothing; what is said afterwards counts alone', async () => {
    const house = await shopWithAnn();
    house.failing = (operation) =>
      operation === 'people.append' ? new Fault('disk-full', 'planted', { retry: 'later' }) : undefined;
    await expect(say(house, 'ann', changes('withdrawn', ['browsing'], ['recommend']))).rejects.toThrow(
      'planted',
    );
    house.failing = undefined;
    for (const of of [house, await house.reopen()]) {
      const decided = await decide(of, 'ann');
      expect([decided.record.reads, decided.record.input.refused]).toEqual([[], 'consent-state-stale']);
    }
    await say(house, 'ann', changes('given', ['purchases'], ['recommend']));
    // The lost word may have been about the coat: what was known before it stays aside.
    expect(keysOf(await decide(house, 'ann'))).toEqual([]);
    await buy(house, 'ann', ['tea-2']);
    expect(keysOf(await decide(house, 'ann'))).toEqual(['bought|till|tea-2']);
    expect(keysOf(await decide(await house.reopen(), 'ann'))).toEqual(['bought|till|tea-2']);
  });

  it('[E4] words said at once leave one whole chain and the right count', async () => {
    const house = await shopWithAnn();
    await Promise.all([
      say(house, 'ann', changes('withdrawn', ['browsing'], ['recommend'])),
      say(house, 'ann', changes('given', ['reviews'], ['recommend'])),
      say(house, 'ann', changes('refused', undefined, ['advertise'])),
      say(house, 'ann', changes('given', ['devices'], ['benefit'])),
      decide(house, 'ann'),
    ]);
    const person = await house.engine.core.people.get(personId('ann'));
    if (typeof person !== 'object') throw new Error('no ann');
    expect([person.chain.broken, person.chain.withdrawals, person.revocations, person.withdrawing]).toEqual([
      false,
      2,
      2,
      0,
    ]);
    expect(keysOf(await decide(house, 'ann'))).toEqual(['bought|till|coat-1']);
    expect(keysOf(await decide(await house.reopen(), 'ann'))).toEqual(['bought|till|coat-1']);
  });
});

describe('an import', () => {
  it('[E1] declares for many at once, obeys a no, and brings back nobody who was erased', async () => {
    const house = await shopWithAnn();
    await allowAll(house, 'bob');
    await house.engine.erase(personId('bob'));
    const said = await house.engine.importConsents([
      {
        person: personId('ann'),
        changes: changes('withdrawn'),
        notice: { id: 'notice-1', language: 'en' },
        method: 'import',
        byPerson: false,
      },
      {
        person: personId('bob'),
        changes: changes('given'),
        notice: { id: 'notice-1', language: 'en' },
        method: 'import',
        byPerson: false,
      },
      ...Array.from({ length: 120 }, (_, n) => ({
        person: personId(`new-${n}`),
        changes: changes('given'),
        notice: { id: 'notice-1', language: 'en' },
        method: 'import' as const,
        byPerson: false,
      })),
    ]);
    expect(said).toEqual({ kept: 121, suppressed: 1, refused: {} });
    expect(keysOf(await decide(house, 'ann'))).toEqual([]);
    const after = await house.reopen();
    expect((await decide(after, 'new-7')).record.input.refused).toBeUndefined();
    expect((await decide(after, 'bob')).record.input.refused).toBe('erased');
    house.advance(DAY);
  });
});
