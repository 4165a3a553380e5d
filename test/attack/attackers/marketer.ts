// The marketer with the console. They see figures, simulate policies and ask for previews, and want to know
// of one person: are they there, what were they shown, of which class are they. They know everything else, so
// whatever changes between two looks is that person's.

import type { Engine } from '../../../src/engine/engine.ts';
import { readPolicyFile } from '../../../src/facts/parse-policy.ts';
import type { Policy } from '../../../src/facts/policy.ts';
import { type Attacker, game } from './attacker.ts';
import { AUDIENCES } from './audiences.ts';
import { type Plan, carryOut } from './plans.ts';
import { PREVIEWS } from './previews.ts';
import { type Ask, type Holes, type Stage, did, send, yes } from './stage.ts';

export const MARKETER: Attacker = {
  name: 'marketer',
  attack: (options) => {
    const plans =
      options.isQuick === true
        ? [PREVIEWS, FIGURES, ...AUDIENCES]
        : [SIMULATED, PREVIEWS, FIGURES, PADDED, ...AUDIENCES];
    return carryOut('marketer with the console', plans, { ...options, settings: SETTINGS });
  },
};

/** A slot without chance, and one that explores. */
const SETTINGS = `
controller: town
place: { country: DE }
minPeople: 3
sources:
  - { id: town-web, origin: first-party, channel: web, basis: consent, notice: notice-1, description: web }
  - { id: town-app, origin: first-party, channel: app, basis: consent, notice: notice-1, description: app }
placements:
  - { id: home, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 4, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: exploring, purpose: recommend, channels: [web], strategy: for-you, itemsMax: 4, exploreRate: 0.2,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
  - { id: product, purpose: recommend, channels: [web], strategy: complements, itemsMax: 4, exploreRate: 0,
      perLeafMax: 3, capPerItem: { impressionsMax: 500, windowHours: 24 } }
`;

/** `GET /metrics` without what counts requests and machines. */
async function figures({ ask, keys }: Stage): Promise<string> {
  const { text } = await ask({ method: 'GET', path: '/metrics', key: keys.officer });
  return text
    .split('\n')
    .filter((line) => /^fineline_(people|erased|placement)/.test(line))
    .join('\n');
}

/** Exact counts, as a dashboard over the database would show. */
const exactFigures: NonNullable<Holes['front']> = (ask, { memory }): Ask => {
  return async (asked) => {
    const answer = await ask(asked);
    if (asked.path !== '/metrics') return answer;
    const { people, erased } = await memory.engine.status();
    return { ...answer, text: `fineline_people ${people}\nfineline_erased ${erased}` };
  };
};

const comes = (stage: Stage, person: string): Promise<void> =>
  send(stage, [yes(person), did(person, 'purchase', ['coat-1'])]);

/** What is so of the person: they came, or they left. */
async function happens(stage: Stage, person: string, n: number): Promise<void> {
  if (n % 2 === 0) return comes(stage, person);
  const path = `/v1/people/crowd-${n % 60}`;
  await stage.ask({ method: 'DELETE', path, key: stage.keys.officer });
}

const FIGURES: Plan = {
  tried: 'reads the figures before and after somebody may have come or left',
  success: 'right about it',
  without: 'exact counts',
  chance: 0.5,
  holes: { front: exactFigures },
  run: async (stage, { seed, people }) =>
    game(Math.min(60, people), seed, async (isSo, n) => {
      const before = await figures(stage);
      if (isSo) await happens(stage, `target-${n}`, n);
      return (await figures(stage)) !== before;
    }),
};

/** Twenty steps: somebody would notice. */
const INVENTED_MAX = 400;

const PADDED: Plan = {
  tried: 'the same, after inventing people until the figure is about to take its next step',
  success: 'right about it',
  without: 'exact counts',
  chance: 0.5,
  holes: { front: exactFigures },
  run: async (stage, { seed, people }) => {
    let invented = 0;
    const invent = async (count: number): Promise<void> => {
      for (let n = 0; n < count; n += 1) await comes(stage, `invented-${(invented += 1)}`);
    };
    // One at a time until the figure moves: from there on they know, were it exact, where in the step they
    // are.
    const first = await figures(stage);
    for (let n = 0; n < INVENTED_MAX && (await figures(stage)) === first; n += 1) await invent(1);
    await invent(19);
    return game(Math.min(60, people), seed, async (isSo, n) => {
      const before = await figures(stage);
      if (isSo) await comes(stage, `target-${n}`);
      const moved = (await figures(stage)) !== before;
      await invent(isSo ? 19 : 0);
      return moved;
    });
  },
};

function policyWith(items: readonly string[]): Policy {
  const home = { id: 'home', purpose: 'recommend', channels: ['web'], strategy: 'for-you', itemsMax: 4 };
  const sensitive = { add: [{ class: 'own-look', items: [...items] }] };
  const read = readPolicyFile({ policy: 1, placements: [{ ...home, exploreRate: 0 }], sensitive });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

/** A simulation that tells exactly, by deciding again what everybody was shown. */
function exactly(engine: Engine): Engine {
  let decisions = 0;
  return {
    ...engine,
    decide: (request) => {
      decisions += 1;
      return engine.decide(request);
    },
    simulate: async (policy) => ({ ...(await engine.simulate(policy)), decisions, compared: decisions }),
  };
}

/** One decision of somebody whose list holds gloves or lamps, as the purchase says. */
async function isServed(stage: Stage, person: string, kind: 'coat' | 'tea'): Promise<void> {
  await send(stage, [yes(person), did(person, 'purchase', [`${kind}-1`, `${kind}-2`])]);
  const body = { person, placement: 'home' };
  await stage.ask({ method: 'POST', path: '/v1/decide', key: stage.keys.decide, body });
}

const SIMULATED: Plan = {
  tried:
    'simulates two policies that differ in one thing, again and again, before and after somebody may have ' +
    'been served, and takes the means',
  success: 'right about it',
  without: 'exact counts',
  chance: 0.5,
  holes: { engine: exactly },
  run: async (stage, { seed, people }) => {
    for (let n = 0; n < 45; n += 1) await isServed(stage, `others-${n}`, n % 2 === 0 ? 'coat' : 'tea');
    return game(Math.min(30, people), seed, async (isSo, n) => {
      const before = await meanCount(stage);
      if (isSo) await isServed(stage, `target-${n}`, n % 2 === 0 ? 'coat' : 'tea');
      // Who was served adds one decision; half of that is the best line between the two.
      return (await meanCount(stage)) - before > 0.5;
    });
  },
};

/** Simulations of one look. */
const LOOKS = 2;

/** Of all counts that one more decision would raise by one, through the surface's own engine. */
async function meanCount({ engine }: Stage): Promise<number> {
  const counts: number[] = [];
  for (let n = 0; n < LOOKS; n += 1) {
    for (const items of [['glove-1'], ['glove-1', 'glove-2']]) {
      const { decisions, compared } = await engine.simulate(policyWith(items));
      for (const count of [decisions, compared]) if (count !== 'few') counts.push(count);
    }
  }
  return counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);
}
