// Goal: joint statistics are exactly who is in them now, whatever came before, in whatever order. Method:
// random yeses, noes, purchases, erasures and changes of policy at two sellers, against a world that only
// ever saw what is left of them.

import { describe, expect, it } from 'vitest';
import {
  type Seller,
  agree,
  allow,
  buy,
  countedBy,
  openSellers,
  policyWith,
  sells,
} from '../../test/support/joint.ts';
import { parsePersonId } from '../facts/ids.ts';
import { type Random, seededRandom } from '../kernel/random.ts';

const THINGS = ['coat', 'glove', 'scarf', 'saw', 'nail'];
const NAMES = ['lamps', 'tools'] as const;
const PEOPLE = 7;

interface Left {
  readonly yes: Set<'pool' | 'improve'>;
  readonly items: Set<string>;
  isErased: boolean;
}

async function act(seller: Seller, who: string, left: Left, random: Random): Promise<void> {
  const lot = random.below(12);
  const yes = random.below(3) === 0 ? ('improve' as const) : ('pool' as const);
  if (left.isErased) return;
  if (lot < 4) {
    await allow(seller, who, [yes]);
    left.yes.add(yes);
  } else if (lot < 6) {
    await allow(seller, who, [yes], 'withdrawn');
    left.yes.delete(yes);
  } else if (lot < 11) {
    const items = THINGS.filter(() => random.below(2) === 0);
    if (items.length === 0) return;
    await buy(seller, who, items);
    for (const item of items) left.items.add(item);
  } else {
    const id = parsePersonId(who);
    if (id.ok) await seller.engine.erase(id.value);
    left.isErased = true;
  }
}

describe('joint statistics', () => {
  it('[E141] after any order of what people and policies say are those of who is left', async () => {
    let counted = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      const random = seededRandom(seed);
      const lived = await openSellers();
      const left = new Map<string, Left>();
      for (const name of NAMES) await sells(lived[name], THINGS);
      for (const name of NAMES) await agree(lived[name]);
      for (let n = 0; n < 60; n += 1) {
        const name = NAMES[random.below(2)]!;
        const who = `${name}-${random.below(PEOPLE)}`;
        const known = left.get(who) ?? { yes: new Set(), items: new Set(), isErased: false };
        left.set(who, known);
        await act(lived[name], who, known, random);
        if (random.below(20) === 0) {
          await lived[name].engine.usePolicy(policyWith(lived[name], undefined));
          expect(await countedBy(lived.pool)).toBe('');
          await agree(lived[name]);
        }
        if (random.below(4) === 0) await lived.settle();
        if (random.below(9) === 0) await lived[name].engine.learn();
      }
      await lived.settle();
      const afresh = await openSellers();
      for (const name of NAMES) await sells(afresh[name], THINGS);
      for (const [who, { yes, items, isErased }] of [...left].toReversed()) {
        if (isErased || items.size === 0) continue;
        const seller = afresh[who.startsWith('lamps') ? 'lamps' : 'tools'];
        await buy(seller, who, [...items]);
        await allow(seller, who, [...yes]);
      }
      for (const name of NAMES) await agree(afresh[name]);
      await afresh.settle();
      const found = await countedBy(lived.pool);
      expect(found, `seed ${seed}`).toBe(await countedBy(afresh.pool));
      counted += found.length;
      await lived.close();
      await afresh.close();
    }
    expect(counted).toBeGreaterThan(1000);
  });
});
