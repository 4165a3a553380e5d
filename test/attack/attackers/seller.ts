// The seller who wants another's customers. Both run Fineline in homes of their own, with the same people and
// the same customer numbers. The seller holds every key and token of their own home, and both homes' files.

import type { PersonKey } from '../../../src/engine/ports.ts';
import { seededRandom } from '../../../src/kernel/random.ts';
import { memoryStore } from '../../../src/adapters/memory/store.ts';
import { createKeys } from '../../../src/surfaces/http/http.ts';
import { type Attacker, type Options, type Outcome, type Trial, tally } from './attacker.ts';
import { ROUTES, bodyOf, pathOf } from './rights.ts';
import { marketTrial } from './seller-market.ts';
import { type Ask, type Holes, type Stage, did, openStage, send, stock, yes } from './stage.ts';
import { withPlainNames } from './stolen-home.ts';

export const SELLER: Attacker = {
  name: 'seller',
  attack: async (options) => [
    await compare(KEYS_TRIAL, options),
    await compare(NAME_TRIAL, options),
    await compare(FILES_TRIAL, options),
    await marketTrial(),
  ],
};

interface Homes {
  readonly ours: Stage;
  readonly theirs: Stage;
}

interface Plan extends Pick<Trial, 'tried' | 'success' | 'without' | 'chance'> {
  /** What both homes have in common that they should not. */
  readonly holes: () => Holes;
  readonly run: (homes: Homes, options: Options) => Promise<Outcome>;
}

async function compare({ holes, run, ...words }: Plan, options: Options): Promise<Trial> {
  const outcomes: Outcome[] = [];
  for (const holed of [holes(), {} as Holes]) {
    const { front: _ownDoor, ...shared } = holed;
    const ours = await openStage({ ...holed, controller: 'rival' });
    const theirs = await openStage({ ...shared, controller: 'town' });
    await stock(theirs);
    outcomes.push(await run({ ours, theirs }, options));
    await ours.close();
    await theirs.close();
  }
  const [unguarded = NOTHING, guarded = NOTHING] = outcomes;
  return { attacker: 'seller', ...words, unguarded, guarded };
}

const NOTHING: Outcome = { tries: 0, won: 0 };

const KEYS_TRIAL: Plan = {
  tried: 'asks every route of the other’s home with every key and token of their own',
  success: 'an answer of 2xx',
  without: 'one set of keys for all sellers',
  chance: 0,
  holes: () => {
    const random = seededRandom(1);
    return { keys: createKeys({ bytes: (n) => Uint8Array.from({ length: n }, () => random.u32() & 255) }) };
  },
  run: async ({ ours, theirs }) => {
    const counted = tally();
    const decided = await theirs.ask({
      method: 'POST',
      path: '/v1/decide',
      key: theirs.keys.decide,
      body: { person: 'crowd-1', placement: 'home' },
    });
    const at = { id: 'crowd-1', decision: String(decided.json?.['decision']) };
    for (const route of ROUTES) {
      const keys = [...Object.values(ours.keys), await ours.token('crowd-1')];
      const statuses = [];
      for (const key of keys) {
        const { status } = await theirs.ask({ ...pathOf(route, at), key, body: bodyOf(route) });
        statuses.push(status);
      }
      // One key of five is the right one for most routes.
      counted.add(
        statuses.some((status) => status < 300),
        `${route}: ${statuses.join(' ')}`,
      );
    }
    return counted.outcome();
  },
};

const NAME_TRIAL: Plan = {
  tried: 'sends choices and events to their own home in the other’s name, by its sources and its controller',
  success: 'a fact or a grant kept as the other’s',
  without: 'an intake that believes whatever source is named',
  chance: 0,
  holes: () => ({ front: believing }),
  run: async ({ ours }, { people }) => {
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      for (const [at, claim] of CLAIMS.entries()) {
        // Somebody new for each, so that none rests on what another left.
        const person = `lured-${n}-${at}`;
        const { path, body } = claim(person);
        await ours.ask({ method: 'POST', path: `/v1/events${path}`, key: ours.keys.collect, body: [body] });
        const known = await ours.ask({
          method: 'GET',
          path: `/v1/people/${person}/export`,
          key: ours.keys.officer,
        });
        const kept = known.status === 200 && /"state":"given"|"kind":"bought"/.test(known.text);
        counted.add(kept, `${JSON.stringify(claim(person))}: ${known.text.slice(0, 200)}`);
      }
    }
    return counted.outcome();
  },
};

/** Names of the other's home put in the place of its own. */
const believing = (ask: Ask): Ask => {
  return (asked) => {
    const body = JSON.parse(JSON.stringify(asked.body ?? null).replaceAll('town-', 'rival-')) as unknown;
    return ask({ ...asked, path: asked.path.replace('town-', 'rival-'), ...(body === null ? {} : { body }) });
  };
};

type Claim = (person: string) => { readonly path: string; readonly body: unknown };

const bought = (person: string): object => did(person, 'purchase', ['coat-1'], 'town-till') as object;

const CLAIMS: readonly Claim[] = [
  (person) => ({ path: '', body: bought(person) }),
  (person) => ({ path: '?source=town-till', body: { ...bought(person), source: undefined } }),
  (person) => ({ path: '', body: { ...bought(person), controller: 'town' } }),
  (person) => ({ path: '', body: { ...(yes(person) as object), source: 'town-web' } }),
  (person) => ({ path: '?source=town-web', body: yes(person) }),
  (person) => ({
    path: '',
    body: {
      specversion: '1.0',
      id: `c-${person}`,
      source: 'town-till',
      type: 'shop.purchase',
      data: bought(person),
    },
  }),
];

const FILES_TRIAL: Plan = {
  tried: 'lays the pseudonyms in both homes’ stores side by side',
  success: 'a customer of both recognised',
  without: 'pseudonyms that are plain hashes of names',
  chance: 0,
  holes: () => {
    const { keys } = memoryStore();
    return { world: { keys: withPlainNames(keys) } };
  },
  run: async ({ ours, theirs }, { people }) => {
    const counted = tally();
    for (let n = 0; n < people; n += 1) {
      const person = `both-${n}`;
      await send(theirs, [yes(person), did(person, 'purchase', ['coat-1'])]);
      await send(ours, [yes(person), did(person, 'purchase', ['coat-1'], 'rival-web')], 'source=rival-web');
    }
    const listed = new Set(await everybody(theirs));
    for (const key of await everybody(ours)) {
      if (key === keyOf(ours, 'nobody')) continue;
      counted.add(listed.has(key), `pseudonym ${key}`);
    }
    return counted.outcome();
  },
};

function everybody({ memory }: Stage): Promise<readonly PersonKey[]> {
  return memory.world.people.people(undefined, 10_000);
}

function keyOf({ memory }: Stage, person: string): PersonKey {
  return memory.world.keys.personKey('rival', person);
}
