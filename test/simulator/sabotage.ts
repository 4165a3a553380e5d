// Deliberate faults, one for each checker, to see that it would notice. They are put around the ports or the
// engine from outside.

import type { Engine } from '../../src/engine/engine.ts';
import type { World } from '../../src/engine/ports.ts';
import { decodeModel, encodeModel } from '../../src/facts/model.ts';
import { utf8 } from '../../src/kernel/bytes.ts';
import type { Random } from '../../src/kernel/random.ts';
import { createLog } from './log.ts';
import { SECOND_MS } from './spans.ts';
import type { Timeline } from './timeline.ts';

interface Around {
  readonly timeline: Timeline;
  readonly random: Random;
}

export interface Sabotage {
  readonly name: string;
  /** The checker that must notice. */
  readonly caughtBy: string;
  readonly world?: (world: World, around: Around) => World;
  readonly engine?: (engine: Engine) => Engine;
  readonly peopleCached?: number;
  readonly answer?: (text: string) => string;
}

export const NO_SABOTAGE: Sabotage = { name: 'none', caughtBy: '' };

type Decide = Engine['decide'];

/** Changes what a decision came to, after the fact. */
function decidedOtherwise(
  decide: Decide,
  change: (decided: Exclude<Awaited<ReturnType<Decide>>, string>) => Awaited<ReturnType<Decide>>,
): Decide {
  return async (request) => {
    const decided = await decide(request);
    return typeof decided === 'string' ? decided : change(decided);
  };
}

const people = (world: World, changed: Partial<World['people']>): World => ({
  ...world,
  people: { ...world.people, ...changed },
});

/** The model's header claims `minPeople`: the engine serves none that says it rests on fewer. */
function fittedFor(minPeople: number, bytes: Uint8Array): Uint8Array {
  const model = decodeModel(bytes);
  if (!model.ok) throw new Error(model.error);
  return encodeModel({ ...model.value, minPeople });
}

export const SABOTAGES: readonly Sabotage[] = [
  {
    name: 'a yes to one purpose is taken for a yes to all',
    caughtBy: 'permitted',
    engine: (engine) => ({
      ...engine,
      consent: (change) => {
        const more = change.changes.map((one) => ({ ...one, purpose: 'recommend', state: 'given' }) as const);
        return engine.consent({ ...change, changes: [...change.changes, ...more] });
      },
    }),
  },
  {
    name: 'a no is answered for and kept as a yes',
    caughtBy: 'withdrawal',
    engine: (engine) => ({
      ...engine,
      consent: (change) =>
        engine.consent({
          ...change,
          changes: change.changes.map((one) => ({ ...one, state: 'given' })),
        }),
    }),
  },
  {
    name: 'a view is taken in as a basket',
    caughtBy: 'admitted',
    engine: (engine) => ({
      ...engine,
      collect: (request) =>
        engine.collect({
          ...request,
          events: request.events.map((one) => (one.kind === 'view' ? { ...one, kind: 'basket-add' } : one)),
        }),
    }),
  },
  {
    name: 'nothing is encrypted',
    caughtBy: 'sealed',
    world: (world) => ({
      ...world,
      crypto: { ...world.crypto, seal: (_, plain) => plain.slice(), open: (_, sealed) => sealed.slice() },
    }),
  },
  {
    name: 'a leaf says what it is about',
    caughtBy: 'leaves',
    world: (world) =>
      people(world, {
        append: (batch) =>
          world.people.append(
            batch.map((one) =>
              one.leaf === undefined ? one : { ...one, leaf: utf8(`\u0001\u0001${one.person}`) },
            ),
          ),
      }),
  },
  {
    name: 'a write is acknowledged a minute before it is done',
    caughtBy: 'durable',
    world: (world, { timeline }) =>
      people(world, {
        append: async (batch) => {
          timeline.after(60 * SECOND_MS, () => void world.people.append(batch).catch(() => undefined));
          return new Map();
        },
      }),
  },
  {
    name: 'the log shows another tree',
    caughtBy: 'one-log',
    world: (world) => {
      const other = createLog(world);
      let shown = 0;
      return {
        ...world,
        log: {
          ...world.log,
          submit: async (leaves) => {
            await world.log.submit(leaves);
            await other.submit(leaves.slice(1));
          },
          integrate: async () => {
            await other.integrate();
            return world.log.integrate();
          },
          checkpoint: () => ((shown += 1) % 5 === 0 ? other.checkpoint() : world.log.checkpoint()),
        },
      };
    },
  },
  {
    name: 'one leaf in ten never reaches the log',
    caughtBy: 'promises',
    world: (world, { random }) => ({
      ...world,
      log: { ...world.log, submit: (leaves) => world.log.submit(leaves.filter(() => random.below(10) > 0)) },
    }),
  },
  {
    name: 'the rows of the erased stay',
    caughtBy: 'erasure',
    world: (world) => people(world, { erase: async () => undefined }),
  },
  {
    name: 'the statistics remember the erased',
    caughtBy: 'statistics',
    world: (world) => ({
      ...world,
      learner: { ...world.learner, forget: async () => ({ pairs: [], links: [], steps: [], clicks: [] }) },
    }),
  },
  {
    name: 'one person is enough to learn from, and the model says otherwise',
    caughtBy: 'crowd',
    world: (world) => ({
      ...world,
      learner: {
        ...world.learner,
        fit: async (options) => {
          const fitted = await world.learner.fit({ ...options, minPeople: 1 });
          const claim = (bytes: Uint8Array): Uint8Array => fittedFor(options.minPeople, bytes);
          return {
            model: claim(fitted.model),
            complements: claim(fitted.complements),
            nextBasket: claim(fitted.nextBasket),
            nextClick: claim(fitted.nextClick),
          };
        },
      },
    }),
  },
  {
    name: 'a score is rounded up',
    caughtBy: 'sums',
    engine: (engine) => ({
      ...engine,
      decide: decidedOtherwise(engine.decide, (decided) => {
        const items = decided.result.items.map((one) => ({ ...one, score: one.score + 2 ** -30 }));
        return { ...decided, result: { ...decided.result, items } };
      }),
    }),
  },
  {
    name: 'the past has another catalogue',
    caughtBy: 'replay',
    world: (world) => ({
      ...world,
      catalogue: {
        ...world.catalogue,
        load: async (revision) => {
          const loaded = await world.catalogue.load(revision);
          if (revision === undefined) return loaded;
          // What was sold out then is there, and the other way round.
          return { ...loaded, items: loaded.items.map((item) => ({ ...item, available: !item.available })) };
        },
      },
    }),
  },
  {
    name: 'the answer tells what was held back',
    caughtBy: 'answer',
    answer: (text) => `${text.slice(0, -1)},"held":[]}`,
  },
  {
    name: 'every propensity is 1',
    caughtBy: 'propensity',
    engine: (engine) => ({
      ...engine,
      decide: decidedOtherwise(engine.decide, (decided) => ({
        ...decided,
        result: { ...decided.result, propensity: 1 },
        record: { ...decided.record, result: { ...decided.record.result, propensity: 1 } },
      })),
    }),
  },
  { name: 'nobody leaves memory', caughtBy: 'bounds', peopleCached: 100_000 },
];
