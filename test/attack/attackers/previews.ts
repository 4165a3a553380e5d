// The marketer's previews: what would this person be shown. They make two people of their own, who bought
// what the target bought, one with the secret thing and one without, ask for all three again and again, and
// say which of the two the target is like.

import { seededRandom } from '../../../src/kernel/random.ts';
import { tally } from './attacker.ts';
import type { Plan } from './plans.ts';
import { SENSITIVE, type Stage, basketOf, did, send, yes } from './stage.ts';

/** Each asked so often, because the slot that explores draws its last place. */
const QUERIES = 3;
const SLOTS = ['exploring', 'home', 'product'];

export const PREVIEWS: Plan = {
  tried:
    'asks for previews of a person again and again, beside two invented ones with and without the secret',
  success: 'right about the secret',
  without: 'a catalogue without classes',
  chance: 0.5,
  holes: {},
  isLabelled: false,
  run: async (stage, { seed, people, isQuick = false }) => {
    const slots = isQuick ? SLOTS.slice(0, 1) : SLOTS;
    const queries = isQuick ? 2 : QUERIES;
    const random = seededRandom(seed);
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      const isSo = random.below(2) === 0;
      const secret = SENSITIVE[n % SENSITIVE.length]?.[0] ?? 'test-two';
      const told = [];
      for (const [who, has] of [
        [`target-${n}`, isSo],
        [`with-${n}`, true],
        [`without-${n}`, false],
      ] as const) {
        const extra = has ? [did(who, 'purchase', [secret]), did(who, 'view', [secret])] : [];
        await send(stage, [yes(who), did(who, 'purchase', basketOf(n)), ...extra]);
        told.push(await previewsOf(stage, { person: who, secret, slots, queries }));
      }
      const [target = new Map(), one = new Map(), other = new Map()] = told;
      const nearer = distance(target, one) - distance(target, other);
      const says = nearer === 0 ? random.below(2) === 0 : nearer < 0;
      counted.add(says === isSo, `person ${n}`);
    }
    return counted.outcome();
  },
};

/** How often each thing, with its score and reasons, stood in a list. */
async function previewsOf(
  stage: Stage,
  asked: {
    readonly person: string;
    readonly secret: string;
    readonly slots: readonly string[];
    readonly queries: number;
  },
): Promise<ReadonlyMap<string, number>> {
  const { person, secret, slots, queries } = asked;
  const seen = new Map<string, number>();
  for (const placement of slots) {
    for (const items of [[], ['coat-1'], [secret]]) {
      for (let query = 0; query < queries; query += 1) {
        const body = { person, placement, context: { items } };
        const { json } = await stage.ask({
          method: 'POST',
          path: '/v1/decide',
          key: stage.keys.decide,
          body,
        });
        const shown = [...((json?.['items'] ?? []) as readonly unknown[]), json?.['nothing'] ?? ''];
        for (const one of shown) {
          const text = `${placement} ${items.join()} ${JSON.stringify(one)}`;
          seen.set(text, (seen.get(text) ?? 0) + 1);
        }
      }
    }
  }
  return seen;
}

function distance(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const names = new Set([...a.keys(), ...b.keys()]);
  return [...names].reduce((sum, name) => sum + Math.abs((a.get(name) ?? 0) - (b.get(name) ?? 0)), 0);
}
