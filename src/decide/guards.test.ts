// Goal: each guard speaks when it should, with its number, and only then. Method: small shops in which one
// thing differs.

import { describe, expect, it } from 'vitest';
import { CHANNELS, type Publicity } from '../facts/channel.ts';
import { type DecisionInput, GUARD_NAMES, type Held } from '../facts/decision.ts';
import type { Placement } from '../facts/placement.ts';
import { publicityOf } from './context.ts';
import { decide } from './decide.ts';
import { type GuardContext, ITEM_GUARDS, LIST_GUARDS, RELATED_MIN, SAID_MIN, belongs } from './guards.ts';
import { createScratch } from './score.ts';
import { settle } from './settle.ts';
import type { Shelf } from './shelf.ts';
import { PLACEMENT, fact, inputFor, itemId, looking, nameOf, shelfOf } from './testing.ts';

const COMPLEMENTS: Placement = { ...PLACEMENT, strategy: 'complements' };

/** `item-000` speaks for all the others, the first of them most. */
const fan = (count: number): (readonly [number, number, number])[] =>
  Array.from({ length: count - 1 }, (_, n) => [0, n + 1, 1 - n / 100] as const);

function run(
  shelf: Shelf,
  more: Partial<DecisionInput>,
  placement = PLACEMENT,
): { shown: readonly string[]; held: readonly Held[] } {
  const result = decide({ input: inputFor(shelf, more), placement, shelf, scratch: createScratch(shelf) });
  return { shown: result.items.map(({ item }) => item), held: result.held };
}

describe('guards of single things', () => {
  it('[D4] keep out what cannot be sold, and what the catalogue does not know', () => {
    const shelf = shelfOf({ count: 3, edges: fan(3), item: (index) => ({ available: index !== 1 }) });
    expect(run(shelf, { facts: [fact(0)] })).toEqual({
      shown: [nameOf(2)],
      held: [{ item: nameOf(1), guard: 'unavailable', number: 0 }],
    });
    const gone = shelfOf({
      count: 3,
      edges: fan(3),
      item: (index) => (index === 1 ? { id: itemId('other') } : {}),
    });
    expect(run(gone, { facts: [fact(0)] }).shown).toEqual([nameOf(2)]);
  });

  it('[D4] keep out what lies in the context itself', () => {
    const shelf = shelfOf({ count: 3, edges: fan(3) });
    expect(run(shelf, { context: looking(0, 1) })).toEqual({
      shown: [nameOf(2)],
      held: [{ item: nameOf(1), guard: 'in-context', number: 1 }],
    });
  });

  it.each(['bought', 'returned', 'disliked', 'item-cap'] as const)(
    '[D4] keep out what is barred, by its own name: %s',
    (guard) => {
      const shelf = shelfOf({ count: 3, edges: fan(3) });
      const barred = [{ item: nameOf(1), guard, number: 4 }];
      expect(run(shelf, { facts: [fact(0)], barred })).toEqual({ shown: [nameOf(2)], held: barred });
    },
  );

  it('[D18, D20] keep out a leaf of which two things are disliked, by the later rules alone', () => {
    const shelf = shelfOf({
      count: 7,
      edges: fan(7),
      item: (index) => ({ path: index < 5 ? ['Thrillers'] : ['Tea'] }),
      others: [{ id: itemId('new-thriller'), title: 'new', path: ['Thrillers'], available: true }],
    });
    const no = (...names: readonly ReturnType<typeof nameOf>[]): DecisionInput['barred'] =>
      names.map((item) => ({ item, guard: 'disliked', number: 1 }));
    const placement = { ...PLACEMENT, perLeafMax: 9 };
    const at = (barred: DecisionInput['barred'], rules?: 2): readonly string[] =>
      run(shelf, { facts: [fact(6)], barred, ...(rules === undefined ? {} : { rules }) }, placement).shown;
    const all = { facts: [fact(0)], rules: 2 as const };
    expect(run(shelf, { ...all, barred: no(nameOf(1)) }, placement).shown).toEqual(
      [2, 3, 4, 5, 6].map(nameOf),
    );
    const { shown, held } = run(shelf, { ...all, barred: no(nameOf(1), nameOf(2)) }, placement);
    expect(shown).toEqual([5, 6].map(nameOf));
    expect(held).toContainEqual({ item: nameOf(3), guard: 'disliked-kind', number: 2 });
    // A thing that no model knows yet is of a kind all the same.
    const newOne = no(nameOf(1), itemId('new-thriller'));
    expect(run(shelf, { ...all, barred: newOne }, placement).shown).toEqual([5, 6].map(nameOf));
    expect(at(no(nameOf(1), nameOf(2)))).toEqual(at([]));
    const bought = no(nameOf(1), nameOf(2)).map((one) => ({ ...one, guard: 'bought' as const }));
    expect(run(shelf, { ...all, barred: bought }, placement).shown).toEqual([3, 4, 5, 6].map(nameOf));
  });

  it('[D4] let at most so many of one leaf into a list', () => {
    const leafOf = (index: number): readonly string[] => (index < 4 ? ['Coats'] : ['Tea']);
    const shelf = shelfOf({ count: 6, edges: fan(6), item: (index) => ({ path: leafOf(index) }) });
    const { shown, held } = run(shelf, { facts: [fact(0)] }, { ...PLACEMENT, perLeafMax: 2 });
    expect(shown).toEqual([1, 2, 4, 5].map(nameOf));
    expect(held).toEqual([{ item: nameOf(3), guard: 'leaf-share', number: 2 }]);
  });

  it('[D4] every guard name is spoken by a guard, a bar or the cap', () => {
    const spoken = new Set<string>([...ITEM_GUARDS, ...LIST_GUARDS].map(({ name }) => name));
    const barred = ['bought', 'returned', 'disliked', 'item-cap', 'person-cap'];
    expect(GUARD_NAMES.filter((name) => !spoken.has(name) && !barred.includes(name))).toEqual([]);
  });
});

describe('complements', () => {
  const path = (index: number): readonly string[] => (index < 2 ? ['Coats'] : ['Gloves']);

  it('[D6] never come from the leaf that is looked at, also when the model does not know the thing', () => {
    const shelf = shelfOf({
      count: 3,
      edges: fan(3),
      item: (index) => ({ path: path(index) }),
      others: [{ id: itemId('new-glove'), title: 'new', path: ['Gloves'], available: true }],
    });
    expect(run(shelf, { context: looking(0) }, COMPLEMENTS)).toEqual({
      shown: [nameOf(2)],
      held: [{ item: nameOf(1), guard: 'same-leaf', number: 1 }],
    });
    const both = [...looking(0), { item: itemId('new-glove'), weight: 1 }];
    expect(run(shelf, { context: both }, COMPLEMENTS).shown).toEqual([]);
  });

  it('[D6] are pulled by the context: a fact may rank them and never alone bring them in', () => {
    const shelf = shelfOf({
      count: 4,
      edges: [
        [0, 1, 0.05],
        [0, 2, 0.04],
        [3, 2, 1],
      ],
    });
    const { shown, held } = run(shelf, { context: looking(0), facts: [fact(3)] }, COMPLEMENTS);
    expect(shown).toEqual([nameOf(1)]);
    const [first] = held;
    expect(first).toMatchObject({ item: nameOf(2), guard: 'not-related' });
    expect(first?.number).toBeCloseTo(0.04, 5);
  });

  it('[D19] stand near to a thing of the context, measured by what stands nearest to it', () => {
    const shelf = shelfOf({
      count: 6,
      // 1 is of the same leaf as 0; 2 and 3 go with it, 4 does not; 5 is a small thing with its own company.
      edges: [
        [0, 1, 1],
        [0, 2, 0.5],
        [0, 3, 0.25],
        [0, 4, 0.19],
        [5, 4, 0.1],
      ],
      item: (index) => ({ path: index < 2 ? ['Coats'] : [`leaf ${index}`] }),
    });
    const at = (more: Partial<DecisionInput>): readonly string[] =>
      run(shelf, { context: looking(0), facts: [fact(4)], ...more }, COMPLEMENTS).shown;
    expect(at({ rules: 2 })).toEqual([2, 3].map(nameOf));
    // Near to one of two things is enough, however strongly the other pulls.
    expect(at({ rules: 2, context: looking(0, 5) })).toEqual([2, 4, 3].map(nameOf));
    expect(at({}), '[D20] not before there was such a rule').toEqual([2, 3, 4].map(nameOf));
  });

  it('[D83] are measured by nothing on a leaf in front, also when no model knows what is there', () => {
    const shelf = shelfOf({
      count: 3,
      edges: [
        [0, 1, 1],
        [0, 2, 0.25],
      ],
      item: (index) => ({ path: [['Bags'], ['Coats'], ['Gloves']][index]! }),
      others: [{ id: itemId('new-coat'), title: 'new', path: ['Coats'], available: true }],
    });
    const context = [...looking(0), { item: itemId('new-coat'), weight: 1 }];
    const at = (rules: 5 | 6): readonly string[] => run(shelf, { context, rules }, COMPLEMENTS).shown;
    expect(at(6)).toEqual([nameOf(2)]);
    expect(at(5), '[D20] not before there was such a rule').toEqual([]);
    // Alone in front, the bag is followed by coats.
    expect(run(shelf, { context: looking(0), rules: 6 }, COMPLEMENTS).shown).toEqual([nameOf(1)]);
  });

  it('[D6, D19, D28] belong from the least pull and share on; not asked for, all things do', () => {
    const at = (related: number, relatedMin: number, nearness: number, placement = COMPLEMENTS): boolean =>
      belongs(0, {
        placement,
        related: () => related,
        relatedMin,
        nearness: () => nearness,
      } as unknown as GuardContext);
    expect([at(0.05, RELATED_MIN, 0.4), at(0.049, RELATED_MIN, 1), at(1, RELATED_MIN, 0.399)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([at(2 ** -20, SAID_MIN, 1), at(0, SAID_MIN, 1)]).toEqual([true, false]);
    expect(at(0, RELATED_MIN, 0, PLACEMENT)).toBe(true);
  });

  it('[D6] without a context there is nothing, however popular', () => {
    const shelf = shelfOf({ count: 3, edges: fan(3), prior: [0.01, 0.01, 0.01] });
    expect(run(shelf, { facts: [fact(0)] }, COMPLEMENTS).shown).toEqual([]);
  });
});

describe('sensitive classes', () => {
  /** 0 test (pregnancy) speaks for 1 pram (pregnancy), 2 vitamin (no class) and 3 rosary (religion). */
  const shelf = shelfOf({
    count: 4,
    edges: fan(4),
    item: (index) => {
      if (index < 2) return { sensitive: 'pregnancy-baby' };
      return index === 3 ? { sensitive: 'religion' } : {};
    },
  });

  it('[D5] are never shown from what is known of a person', () => {
    const { shown, held } = run(shelf, { facts: [fact(0)] });
    expect(shown).toEqual([nameOf(2)]);
    expect(held.map(({ item, guard }) => [item, guard])).toEqual([
      [nameOf(1), 'sensitive-class'],
      [nameOf(3), 'sensitive-class'],
    ]);
  });

  it('[D5] what is looked at on one’s own screen opens its class then, and no other', () => {
    expect(run(shelf, { context: looking(0) }).shown).toEqual([nameOf(1), nameOf(2)]);
    expect(run(shelf, { facts: [fact(0)] }).shown).toEqual([nameOf(2)]);
  });

  it('[D5] also when the model does not know the thing that is looked at', () => {
    const wares = {
      count: 3,
      edges: fan(3),
      item: (index: number) => (index === 1 ? { sensitive: 'health' as const } : {}),
    };
    const test = {
      id: itemId('new-test'),
      title: 'new',
      path: [],
      available: true,
      sensitive: 'health' as const,
    };
    const known = shelfOf({ ...wares, others: [test] });
    const context = [{ item: test.id, weight: 1 }];
    expect(run(known, { facts: [fact(0)], context }).shown).toEqual([nameOf(1), nameOf(2)]);
    expect(run(known, { facts: [fact(0)], context, channel: 'letter' }).shown).toEqual([nameOf(2)]);
  });

  it.each(CHANNELS)('[D5] where others look on it opens nothing, and speaks for nothing: %s', (channel) => {
    const isOwn = ['web', 'app', 'push', 'assistant', 'ar'].includes(channel);
    const expected = isOwn ? [nameOf(1), nameOf(2)] : [];
    expect(run(shelf, { context: looking(0), channel }).shown).toEqual(expected);
    // A placement can make a channel more public, never more private.
    const said = (publicity: Publicity): readonly string[] =>
      run(shelf, { context: looking(0), channel }, { ...PLACEMENT, publicity }).shown;
    expect(said('own-screen')).toEqual(expected);
    expect(said('shared-screen')).toEqual([]);
    expect(said('open')).toEqual([]);
  });

  it('[D5] a setting that names a more private place than the channel is not believed', () => {
    expect(publicityOf({ ...PLACEMENT, publicity: 'own-screen' }, 'letter')).toBe('open');
    expect(publicityOf({ ...PLACEMENT, publicity: 'shared-screen' }, 'letter')).toBe('open');
    expect(publicityOf({ ...PLACEMENT, publicity: 'own-screen' }, 'email')).toBe('shared-screen');
    expect(publicityOf({ ...PLACEMENT, publicity: 'open' }, 'app')).toBe('open');
    expect(publicityOf(PLACEMENT, 'till')).toBe('open');
  });
});

describe('guards of the whole list', () => {
  it('[D9] take away and never put in, keep the order, and agree with the guard of single things', () => {
    const shelf = shelfOf({ count: 9, edges: [], item: (index) => ({ path: [`leaf ${index % 3}`] }) });
    for (let perLeafMax = 1; perLeafMax <= 4; perLeafMax += 1) {
      const context = { shelf, placement: { ...PLACEMENT, perLeafMax } };
      const list = [8, 5, 2, 1, 0, 3, 6, 4, 7];
      const settled = settle(list, context);
      expect(settled).toEqual(list.filter((index) => settled.includes(index)));
      for (const leaf of [0, 1, 2]) {
        const before = list.filter((index) => index % 3 === leaf);
        expect(settled.filter((index) => index % 3 === leaf)).toEqual(before.slice(0, perLeafMax));
      }
      expect(settle(settled, context)).toEqual(settled);
    }
    expect(settle([], { shelf, placement: PLACEMENT })).toEqual([]);
  });
});
