// Goal: what a policy says of channels and classes holds in every decision, and where it says nothing all is
// as it was. Method: small shops in which one thing differs.

import { describe, expect, it } from 'vitest';
import { CHANNELS, CHANNEL_PUBLICITY, PUBLICITIES } from '../facts/channel.ts';
import type { DecisionInput } from '../facts/decision.ts';
import { DEFAULT_CHANNELS, type LineRules, NO_RULES } from '../facts/policy.ts';
import type { Shadow } from '../facts/shadow.ts';
import { seededRandom } from '../kernel/random.ts';
import { publicityOf } from './context.ts';
import { decide } from './decide.ts';
import { createScratch } from './score.ts';
import { buildShelf } from './shelf.ts';
import {
  PLACEMENT,
  drawInput,
  drawPlacement,
  drawShelf,
  inputFor,
  looking,
  nameOf,
  shelfOf,
} from './testing.ts';

/** 0 test and 1 pram (pregnancy), 2 vitamin and 3 hat (no class); the first speaks for all. */
const WARES = [0, 1, 2, 3].map((index) => ({
  id: nameOf(index),
  title: nameOf(index),
  path: index === 3 ? ['Hats'] : ['Things'],
  available: true,
  ...(index < 2 ? { sensitive: 'pregnancy-baby' as const } : {}),
}));
const plain = shelfOf({
  count: 4,
  edges: [1, 2, 3].map((to) => [0, to, 1 - to / 100] as const),
  item: (index) => WARES[index] ?? {},
});

function shown(more: Partial<DecisionInput>, line: LineRules = {}): readonly string[] {
  const shelf = buildShelf(plain.model, plain.revision, WARES, { rules: line.sensitive });
  const input = inputFor(shelf, { context: looking(0), ...more });
  const result = decide({ input, placement: PLACEMENT, line, shelf, scratch: createScratch(shelf) });
  return result.items.map(({ item }) => item);
}

describe('the word of a policy', () => {
  it('[D25] takes out what the shop calls sensitive, and lets in what it excepts', () => {
    expect(shown({})).toEqual([1, 2, 3].map(nameOf));
    const hats = { class: 'own-hats' as const, items: [], paths: [['Hats']] };
    expect(shown({}, { sensitive: { ...NO_RULES, add: [hats] } })).toEqual([1, 2].map(nameOf));
    const pregnancy = 'pregnancy-baby' as const;
    const pram = { class: pregnancy, items: [nameOf(1)], paths: [], reason: 'a doll’s pram' };
    const facts = [{ key: `viewed|web|${nameOf(0)}`, item: nameOf(0), weight: 1 }];
    expect(shown({ facts, context: [] })).toEqual([2, 3].map(nameOf));
    expect(shown({ facts, context: [] }, { sensitive: { ...NO_RULES, except: [pram] } })).toEqual(
      [1, 2, 3].map(nameOf),
    );
  });

  it('[D25] a class of the shop’s own is opened by the context, and not by another class', () => {
    const hats = { class: 'own-hats' as const, items: [nameOf(2)], paths: [['Hats']] };
    const sensitive = { ...NO_RULES, add: [hats] };
    expect(shown({ context: looking(0) }, { sensitive })).toEqual([nameOf(1)]);
    expect(shown({ context: looking(0, 2) }, { sensitive })).toEqual([1, 3].map(nameOf));
  });

  it('[D26] a class that nothing opens speaks for nothing and stays out, also on one’s own screen', () => {
    const sensitive = { ...NO_RULES, neverInContext: ['pregnancy-baby'] as const };
    expect(shown({}, { sensitive })).toEqual([]);
    expect(shown({}, { sensitive: { ...NO_RULES, neverInContext: ['health'] } })).toEqual(
      [1, 2, 3].map(nameOf),
    );
  });

  it('[D32] what a person declared is open on a screen of their own, and nowhere else', () => {
    const facts = [{ key: `viewed|web|${nameOf(2)}`, item: nameOf(2), weight: 1 }];
    const wares = shelfOf({ count: 4, edges: [[2, 1, 0.5]], item: (index) => WARES[index] ?? {} });
    const shownOf = (more: Partial<DecisionInput>, line: LineRules = {}, publicity?: 'open') => {
      const input = inputFor(wares, { facts, context: [], declared: ['pregnancy-baby'], ...more });
      const placement = publicity === undefined ? PLACEMENT : { ...PLACEMENT, publicity };
      return decide({ input, placement, line, shelf: wares, scratch: createScratch(wares) }).items.map(
        ({ item }) => item,
      );
    };
    const isAlone = CHANNELS.filter((channel) => shownOf({ channel }).includes(nameOf(1)));
    expect(isAlone).toEqual(CHANNELS.filter((channel) => CHANNEL_PUBLICITY[channel] === 'own-screen'));
    expect(shownOf({ declared: ['health'] })).not.toContain(nameOf(1));
    expect(shownOf({}, {}, 'open')).not.toContain(nameOf(1));
    const rule = { publicity: 'own-screen', reason: 'an inbox in the app' } as const;
    const channels = { ...DEFAULT_CHANNELS, email: rule, web: { publicity: 'shared-screen' } as const };
    expect(shownOf({ channel: 'email' }, { channels })).not.toContain(nameOf(1));
    expect(shownOf({ channel: 'web' }, { channels })).not.toContain(nameOf(1));
    const sensitive = { ...NO_RULES, neverInContext: ['pregnancy-baby'] as const };
    expect(shownOf({}, { sensitive })).not.toContain(nameOf(1));
  });

  describe('of a shadow', () => {
    /** 2 vitamin is a proxy of the tests; the hat is unknown unless it is said to be known. */
    const shadow = (known = [2, 3]): Shadow => ({
      id: 'dusk',
      classes: new Map([[nameOf(2), 'pregnancy-baby' as const]]),
      known: new Set(known.map(nameOf)),
    });
    const under = (cast: Shadow, more: Partial<DecisionInput>): ReturnType<typeof decide> => {
      const shelf = buildShelf(plain.model, plain.revision, WARES, { shadow: cast });
      const input = inputFor(shelf, { shadow: 'dusk', ...more });
      return decide({ input, placement: PLACEMENT, shelf, scratch: createScratch(shelf) });
    };
    const facts = [{ key: `viewed|web|${nameOf(0)}`, item: nameOf(0), weight: 1 }];
    const ids = ({ items }: ReturnType<typeof decide>): readonly string[] => items.map(({ item }) => item);

    it('[D27] a proxy stays out where its class does, and is told apart from what is of the class', () => {
      const { held, ...made } = under(shadow(), { facts });
      expect(ids({ held, ...made })).toEqual([nameOf(3)]);
      expect(held.map(({ item, guard }) => [item, guard])).toEqual([
        [nameOf(1), 'sensitive-class'],
        [nameOf(2), 'proxy'],
      ]);
      expect(ids(under(shadow(), { context: looking(0) }))).toEqual([1, 2, 3].map(nameOf));
      expect(ids(under(shadow(), { context: looking(0), channel: 'till' }))).toEqual([]);
    });

    it('[D27] a proxy in the context opens nothing, and speaks on a screen of one’s own alone', () => {
      const of = shelfOf({
        count: 4,
        edges: [1, 3].map((to) => [2, to, 1 - to / 100] as const),
        item: (n) => WARES[n] ?? {},
      });
      const shelf = buildShelf(of.model, of.revision, WARES, { shadow: shadow() });
      const on = (channel: 'web' | 'till'): readonly string[] => {
        const input = inputFor(shelf, { shadow: 'dusk', context: looking(2), channel });
        return ids(decide({ input, placement: PLACEMENT, shelf, scratch: createScratch(shelf) }));
      };
      expect(on('web')).toEqual([nameOf(3)]);
      expect(on('till')).toEqual([]);
    });

    it('[D27] what the catalogue does not know speaks on a screen of one’s own alone', () => {
      const listed = WARES.filter(({ id }) => id !== nameOf(2));
      const of = shelfOf({ count: 4, edges: [[2, 3, 0.9]], item: (n) => WARES[n] ?? {} });
      const shelf = buildShelf(of.model, of.revision, listed);
      const on = (channel: 'web' | 'till'): readonly string[] => {
        const input = inputFor(shelf, { context: looking(2), channel });
        return ids(decide({ input, placement: PLACEMENT, shelf, scratch: createScratch(shelf) }));
      };
      expect([on('web'), on('till')]).toEqual([[nameOf(3)], []]);
    });

    it('[D27] what it does not know is shown to nobody, and stands in no list of popular things', () => {
      expect(ids(under(shadow([2]), { facts }))).toEqual([]);
      expect(under(shadow([2]), { facts }).held.at(-1)).toMatchObject({
        item: nameOf(3),
        guard: 'unjudged',
      });
      const { popular } = buildShelf(plain.model, plain.revision, WARES, { shadow: shadow([2]) });
      expect([...popular]).toEqual([]);
      expect(() => under(shadow(), { facts, shadow: 'dawn' })).toThrow('names the shelf');
    });
  });

  it.each(CHANNELS)('[D26] a channel is as public as the policy says: %s', (channel) => {
    for (const publicity of PUBLICITIES) {
      const channels = { ...DEFAULT_CHANNELS, [channel]: { publicity } };
      expect(publicityOf(PLACEMENT, channel, { channels })).toBe(publicity);
      const expected = publicity === 'own-screen' ? [1, 2, 3].map(nameOf) : [];
      expect(shown({ channel }, { channels })).toEqual(expected);
      // A placement makes it more public all the same.
      expect(publicityOf({ ...PLACEMENT, publicity: 'open' }, channel, { channels })).toBe('open');
    }
    expect(publicityOf(PLACEMENT, channel, {})).toBe(CHANNEL_PUBLICITY[channel]);
  });

  it('[D26] that restates the defaults changes no decision', () => {
    const line = { channels: DEFAULT_CHANNELS, sensitive: NO_RULES };
    for (let seed = 0; seed < 200; seed += 1) {
      const random = seededRandom(seed);
      const shelf = drawShelf(random);
      const placement = drawPlacement(random);
      const input = drawInput(random, shelf);
      const scratch = createScratch(shelf);
      expect(decide({ input, placement, line, shelf, scratch })).toEqual(
        decide({ input, placement, shelf, scratch }),
      );
    }
  });
});
