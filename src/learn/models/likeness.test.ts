// Goal: what things are like is a plain formula over the catalogue, in any language. Method: by hand, and a
// naive dense computation on random catalogues.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Described, featuresIn, likenessAmongSteps, likenessSteps } from './likeness.ts';
import { finish } from './sparse-form.ts';
import { wordsOf } from './words.ts';

describe('words of a title', () => {
  it.each([
    ['Wollene Handschuhe, Größe 42', ['wollene', 'wolle~', 'handschuhe', 'hands~', 'grosse', 'gross~']],
    ['Wool gloves 2-pack', ['wool', 'gloves', 'glove~', 'pack']],
    ['DİZÜSTÜ ılık', ['dizustu', 'dizus~', 'ilik']],
    ['قُفّازات الصُّوف', ['قفازات', 'قفازا~', 'صوف']],
    ['כפפות צֶמֶר', ['כפפות', 'צמר']],
    ['羊毛手套 XL', ['羊毛', '毛手', '手套', 'xl']],
    ['Guanti di lana è', ['guanti', 'guant~', 'di', 'lana']],
    ['  … 42 7', []],
  ])('[L70] are folded and cut alike in every language: %s', (title, words) => {
    expect(wordsOf(title)).toEqual(words);
    expect(wordsOf(title.normalize('NFD').toUpperCase())).toEqual(wordsOf(title.toUpperCase()));
  });

  it('[L70] are at most 64, whatever somebody writes', () => {
    expect(wordsOf('ab'.concat(...Array.from({ length: 500 }, (_, n) => ` word${n}x`)))).toHaveLength(64);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => wordsOf(text).length <= 64));
  });
});

const word = fc.constantFrom('wool', 'silk', 'gloves', 'scarf', 'lamp', 'red');
const described = fc.option(
  fc.record({
    title: fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
    path: fc.array(fc.constantFrom('Clothes', 'Home'), { maxLength: 2 }),
    brand: fc.option(fc.constantFrom('Acme', 'Zed'), { nil: undefined }),
  }),
  { nil: undefined },
);

/** Cosine of inverse document frequencies, every thing against every thing. */
function naive(all: readonly (Described | undefined)[], a: number, b: number): number {
  const features = all.map((one) => new Set(one === undefined ? [] : featuresIn(one)));
  const total = all.filter((one) => one !== undefined).length;
  const idf = (feature: string): number =>
    Math.log(total / features.filter((one) => one.has(feature)).length);
  const length = (of: ReadonlySet<string>): number =>
    Math.sqrt([...of].reduce((sum, feature) => sum + idf(feature) ** 2, 0));
  const shared = [...features[a]!].filter((feature) => features[b]!.has(feature));
  const dot = shared.reduce((sum, feature) => sum + idf(feature) ** 2, 0);
  return dot === 0 ? 0 : dot / (length(features[a]!) * length(features[b]!));
}

describe('likeness', () => {
  it('[L71] is the cosine of inverse document frequencies, from sources to targets alone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(described, fc.boolean()), { minLength: 2, maxLength: 12 }), (things) => {
        const all = things.map(([one]) => one);
        const isTarget = Uint8Array.from(things, ([, isNew]) => (isNew ? 1 : 0));
        const isSource = isTarget.map((one) => 1 - one);
        const { offsets, targets, weights } = finish(likenessSteps({ described: all, isSource, isTarget }));
        for (const from of all.keys()) {
          const row = new Map<number, number>();
          for (let at = offsets[from]!; at < offsets[from + 1]!; at += 1) row.set(targets[at]!, weights[at]!);
          for (const to of all.keys()) {
            const like = isSource[from] === 1 && isTarget[to] === 1 ? naive(all, from, to) : 0;
            // Below a tenth it is chance, and left out.
            if (Math.abs(like - 0.1) < 1e-6) continue;
            expect(row.get(to) ?? 0).toBeCloseTo(like < 0.1 ? 0 : like, 6);
          }
        }
      }),
    );
  });

  it('[L60] reads at most some hundred things between two steps, however many there are', () => {
    let read = 0;
    const thing = {
      get title(): string {
        read += 1;
        return 'wool gloves';
      },
      path: [],
    };
    const count = 3000;
    const isSource = Uint8Array.from({ length: count }, (_, n) => n % 2);
    const things = Array.from({ length: count }, () => thing);
    let before = 0;
    for (const _ of likenessSteps({
      described: things,
      isSource,
      isTarget: isSource.map((one) => 1 - one),
    })) {
      expect(read - before).toBeLessThanOrEqual(512);
      before = read;
    }
    expect(read).toBe(count);
  });

  it('[L71] of many that are called alike each speaks for others, not the first of them for all', () => {
    const called = (title: string): Described => ({ title, path: [] });
    const things = Array.from({ length: 200 }, (_, n) => called(n < 150 ? 'oak table' : 'green tea'));
    const form = finish(likenessAmongSteps(things));
    const rows = things.map((_, n) => form!.offsets[n + 1]! - form!.offsets[n]!);
    // Fifty speak for each, those that follow it by id, around the end.
    expect(rows.slice(0, 150)).toEqual(rows.slice(0, 150).fill(50));
    expect(rows.slice(150)).toEqual(rows.slice(150).fill(49));
  });
});
