// Goal: every decision is committed to the log, once, whatever happens, and its proof holds. Method: random
// days with restarts.

import { describe, expect, it } from 'vitest';
import { verifyEd25519 } from '../../test/support/log-key.ts';
import { type House, allowAll, decide, openHouse, personId, stock } from '../../test/support/house.ts';
import { seededRandom } from '../kernel/random.ts';
import { verifyHistory, verifyReceipt } from '../prove/verify.ts';
import type { DecisionId } from '../facts/ids.ts';
import { createDigests } from './digests.ts';
import { newPerson } from './person.ts';
import { readyKeys } from './replaying.ts';
import type { PersonKey } from './ports.ts';

describe('digests', () => {
  it('[E15] cover every decision exactly once, also over restarts; every proof verifies', async () => {
    for (let seed = 0; seed < 6; seed += 1) {
      const random = seededRandom(seed);
      let house: House = await openHouse({ seed });
      await stock(house, 6);
      const people = ['ann', 'bob'];
      for (const who of people) await allowAll(house, who);
      const made: DecisionId[] = [];
      for (let n = 0; n < 60; n += 1) {
        const draw = random.below(10);
        if (draw < 6) {
          const decided = await decide(house, random.below(4) === 0 ? undefined : people[random.below(2)]);
          made.push(decided.decision);
          await decided.receipt();
        } else if (draw < 8) house.advance(random.below(1500));
        else if (draw === 8) {
          for (const who of people)
            house.engine.core.compaction.add(house.engine.core.people.keyOf(personId(who)));
          await house.engine.maintain();
        } else {
          house = await house.reopen();
          await house.engine.recover();
        }
      }
      house.advance(2000);
      await house.engine.maintain();
      const trust = { vkey: house.world.log.vkey, verifyEd25519 };
      const seen = new Set<string>();
      const receipts = new Map<string, Parameters<typeof verifyHistory>[0][number][]>();
      for (const name of made) {
        const found = await house.engine.find(name);
        const verified = verifyReceipt((await house.engine.proof(found!)) ?? '', trust);
        if (!verified.ok || verified.value.kind !== 'decision')
          throw new Error(`seed ${seed}: ${name} is not proved`);
        expect(verified.value.decision).toMatchObject({ decision: name });
        const owner = found!.person.key;
        seen.add(`${owner} ${verified.value.digest.seq} ${JSON.stringify(verified.value.decision)}`);
        receipts.set(owner, [...(receipts.get(owner) ?? []), verified.value]);
      }
      expect(seen.size).toBe(made.length);
      for (const [owner, list] of receipts) {
        const digests = new Map(
          list.flatMap((one) =>
            one.kind === 'decision' ? [[one.digest.seq, one.digest.count] as const] : [],
          ),
        );
        // As many as the digests say: none twice, none that is not a decision of ours.
        expect([...digests.values()].reduce((sum, count) => sum + count, 0)).toBe(list.length);
        expect([owner, verifyHistory(list).ok]).toEqual([owner, true]);
      }
    }
  });

  it('[E15] wait for the end of the period, and for nobody who has made none', async () => {
    const house = await openHouse();
    await stock(house, 6);
    await decide(house, undefined);
    await house.engine.maintain();
    expect((await digestsOf(house)).length).toBe(0);
    house.advance(1000);
    await house.engine.maintain();
    expect((await digestsOf(house)).length).toBe(1);
    house.advance(5000);
    await house.engine.maintain();
    expect((await digestsOf(house)).length).toBe(1);
  });

  it('[E15] do not wait for those with very many', async () => {
    const house = await openHouse();
    const raw = { profile: new Uint8Array(32), evidence: new Uint8Array(32), revocations: 0 };
    const person = newPerson('k' as PersonKey, personId('busy'), readyKeys(house.world.crypto, raw), 0);
    const digests = createDigests(86_400_000);
    digests.add(person);
    expect(digests.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
    person.open = { fromMs: 90_000_000, seqs: [], commitments: [] };
    digests.add(person);
    expect(digests.due(172_799_999)).toEqual([]);
    expect(digests.due(172_800_000)).toEqual([person.key]);
    person.open.commitments.push(...Array.from({ length: 4096 }, () => 'x'));
    digests.add(person);
    expect(digests.due(0)).toEqual([person.key]);
    digests.delete(person.key);
    expect(digests.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });
});

async function digestsOf(house: House): Promise<readonly unknown[]> {
  return house.world.people.history(house.engine.core.people.keyOf('\u0000nobody' as never), ['digest']);
}
