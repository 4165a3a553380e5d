// Goal: lists for people follow the order in which things came where that is known, helps, and is asked for.
// Method: drawn people who go round a circle of things, or take what they like in no order; what is hidden to
// choose between the two, held against what it must not tell.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Random, seededRandom } from '../../../kernel/random.ts';
import { packHistories, peopleIn, stepItems, stepsOf } from '../../../learn/histories.ts';
import { holdOutTails } from './split.ts';
import { createFiles, figures } from './testing.ts';

const { file } = createFiles();

const THINGS = 60;
const HAD = 12;
const LATER = 3;

type Row = { readonly person: string; readonly item: string; readonly time: number };

const DAY = 86_400_000;

/** What each person had, oldest first; they begin on days of their own. */
function people(
  nextOf: (random: Random, last: number) => number,
  { beginsOn = 20, stepMs = DAY } = {},
): readonly Row[] {
  const random = seededRandom(9);
  return Array.from({ length: 400 }, (_, person) => {
    let at = random.below(THINGS);
    return Array.from({ length: HAD + LATER }, (_x, step) => {
      at = nextOf(random, at);
      const time = stepMs * step + DAY * beginsOn * (person % 40) + random.below(900);
      return { person: `p${person}`, item: `i${at}`, time };
    });
  }).flat();
}

const onTheCircle = (random: Random, last: number): number => (last + 1 + random.below(2)) % THINGS;
/** Of the third that one belongs to, anything. */
const byTaste = (random: Random, last: number): number =>
  random.below(THINGS / 3) + (THINGS / 3) * Math.floor((3 * last) / THINGS);

const HEAD = 'person,item,time';
const text = ({ person, item, time }: Row): string => `${person},${item},${time}`;

/** Asked for are the rows at these places of each person; the others are known. */
function topn(rows: readonly Row[], isAsked: (place: number) => boolean): Promise<Record<string, unknown>> {
  const at = (n: number): boolean => isAsked(n % (HAD + LATER));
  const train = [HEAD, ...rows.filter((_, n) => !at(n)).map(text)].join('\n');
  const asked = [HEAD, ...rows.filter((_, n) => at(n)).map(text)].join('\n');
  const flags = ['--train', file(train), '--test', file(asked), '--k', '5', '--min-people', '2'];
  return figures('--task', 'topn', ...flags);
}

const isNewest = (place: number): boolean => place >= HAD;
const NAME = { inOrder: 'directed counts + ways + directed ridge', inNone: /^normalised item-item/ };

describe('lists for people', () => {
  test('[Q93] go on from what somebody had last, where what is asked for came after it', async () => {
    const rows = people(onTheCircle);
    const found = await topn(rows, isNewest);
    expect(found['model']).toMatchObject({ name: NAME.inOrder });
    // The same, with nothing known of when: as far as things that go together lead.
    const timeless = rows.map((row, n) => ({ ...row, time: 5 * (n % 2) }));
    const without = await topn(timeless, isNewest);
    expect(without['model']).toMatchObject({ name: expect.stringMatching(NAME.inNone) as string });
    expect(Number(found['recall'])).toBeGreaterThan(1.3 * Number(without['recall']));
    // Of one day all the same: none of it is later than what is known.
    const ofADay = await topn(people(onTheCircle, { beginsOn: 0, stepMs: 1000 }), isNewest);
    expect(ofADay['model']).toMatchObject({ name: NAME.inOrder });
  });

  test('[Q93] weigh what people have by its age, from the history file too', async () => {
    const random = seededRandom(5);
    const row = (person: string, taste: string, day: number): string =>
      `${person},${taste}${random.below(10)},${86_400 * day}`;
    const train = Array.from({ length: 200 }, (_, n) =>
      Array.from({ length: 6 }, () => row(`known${n}`, n % 2 === 0 ? 'a' : 'b', random.below(200))),
    ).flat();
    const served = Array.from({ length: 60 }, (_, n) => `served${n}`);
    const foundAfter = async (older: string, newer: string): Promise<number> => {
      const had = served.flatMap((one) => [row(one, older, 2), row(one, newer, 198)]);
      const asked = served.flatMap((one) => [row(one, 'b', 201), row(one, 'b', 202)]);
      const [first, second, third] = [train, had, asked].map((rows) => file([HEAD, ...rows].join('\n')));
      const flags = ['--train', first!, '--history', second!, '--test', third!, '--k', '5'];
      return Number((await figures('--task', 'topn', ...flags))['recall']);
    };
    expect(await foundAfter('a', 'b')).toBeGreaterThan(1.1 * (await foundAfter('b', 'a')));
  });

  test('[Q93] follow no order where there is none, or what is asked for came between or last', async () => {
    for (const figuresOf of [
      await topn(people(byTaste), isNewest),
      await topn(people(onTheCircle), (place) => place % 5 === 2),
      await topn(people(onTheCircle, { beginsOn: 0 }), isNewest),
      // All of each person at once: how the rows stand in the file is no order in time.
      await topn(
        people(onTheCircle).map((row) => ({ ...row, time: DAY })),
        isNewest,
      ),
    ])
      expect(figuresOf['model']).toMatchObject({ name: expect.stringMatching(NAME.inNone) as string });
  });

  test('[Q93] what is hidden is in nothing that is learned from, and nobody asked was chosen on', () => {
    const one = fc.array(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(one, { maxLength: 12 }),
        fc.nat(),
        fc.array(fc.nat({ max: 6 }), { minLength: 12, maxLength: 12 }),
        (all, seed, cuts) => {
          const train = packHistories(10, all);
          const before = Uint32Array.from(all, ({ length }, n) => Math.min(length, cuts[n] ?? 0));
          const [first, second] = holdOutTails(train, before, seed);
          const asked = new Set<number>();
          for (const { asked: histories, questions } of [first, second])
            for (const { person, before: at } of questions) {
              expect(asked.has(person)).toBe(false);
              asked.add(person);
              const had = new Set(
                Array.from({ length: at }, (_, step) => [...stepItems(histories, person, step)]).flat(),
              );
              expect(at).toBe(stepsOf(histories, person) - 1);
              for (const item of stepItems(histories, person, at)) expect(had.has(item)).toBe(false);
            }
          for (let person = 0; person < peopleIn(train); person += 1)
            expect(stepsOf(first.fit, person)).toBe(before[person]);
        },
      ),
    );
  });
});
