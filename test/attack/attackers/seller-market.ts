// The seller who sells on the same market as the other, behind one server: they hold every key and token of
// their own home, and say in every way there is that they mean the other's.

import { seededRandom } from '../../../src/kernel/random.ts';
import { createKeys } from '../../../src/surfaces/http/http.ts';
import { KEY_ROLES, type PlainKeys } from '../../../src/surfaces/http/keys.ts';
import type { Log } from '../../../src/surfaces/http/log.ts';
import { createMarket } from '../../../src/surfaces/http/market.ts';
import { type Outcome, type Trial, tally } from './attacker.ts';
import { ROUTES, bodyOf, pathOf } from './rights.ts';
import { type Ask, RATES, type Stage, answeredBy, openStage, requestOf, stock } from './stage.ts';

export async function marketTrial(): Promise<Trial> {
  return {
    attacker: 'seller',
    tried: 'asks the one server of a market with all their keys and tokens, naming the other in every way',
    success: 'an answer of 2xx from the other’s home',
    without: 'a server that believes a header or an address',
    chance: 0,
    unguarded: await attack(believing),
    guarded: await attack((ask) => ask),
  };
}

type Front = (ask: Ask, theirs: PlainKeys) => Ask;

async function attack(front: Front): Promise<Outcome> {
  const random = seededRandom(1);
  const newKeys = () =>
    createKeys({ bytes: (n) => Uint8Array.from({ length: n }, () => random.u32() & 255) });
  const [rivalKeys, townKeys] = [newKeys(), newKeys()];
  const ours = await openStage({ controller: 'rival', keys: rivalKeys });
  const theirs = await openStage({ controller: 'town', keys: townKeys });
  await stock(theirs);
  // The server log says who answered.
  let answeredFrom: unknown;
  const hear = (fields: object): void => {
    answeredFrom = (fields as { readonly seller?: string }).seller;
  };
  const log: Log = { debug: hear, info: hear, error: hear };
  const served = ({ memory: { engine, tokenSecret } }: Stage, keys: typeof rivalKeys) => {
    return { engine, tokenSecret, keys: keys.hashed };
  };
  const market = createMarket({
    open: [served(ours, rivalKeys), served(theirs, townKeys)],
    log,
    rates: RATES,
  });
  const ask = front(async (asked) => answeredBy(await market.fetch(requestOf(asked))), townKeys.plain);
  const body = { person: 'crowd-1', placement: 'home' };
  const decided = await theirs.ask({ method: 'POST', path: '/v1/decide', key: theirs.keys.decide, body });
  const at = { id: 'crowd-1', decision: String(decided.json?.['decision']) };
  const keys = [...Object.values(ours.keys), await ours.token('crowd-1')];
  const counted = tally();
  for (const route of ROUTES) {
    const { method, path } = pathOf(route, at);
    const ways = [
      { path },
      { path: `/sellers/town${path}` },
      { path: `${path}?seller=town`, headers: { 'x-seller': 'town', host: 'town.market.test' } },
    ];
    const through: string[] = [];
    for (const way of ways) {
      for (const key of keys) {
        const { status } = await ask({ method, key, body: bodyOf(route), ...way });
        if (status < 300 && answeredFrom === 'town') through.push(way.path);
      }
    }
    counted.add(through.length > 0, `${route}: ${through.join(' ')}`);
  }
  await ours.close();
  await theirs.close();
  return counted.outcome();
}

/** Whoever is named gets the request, with a key of the same role there. */
const believing: Front = (ask, theirs) => (asked) => {
  const below = '/sellers/town';
  const isNamed = asked.headers?.['x-seller'] === 'town' || asked.path.startsWith(below);
  const role = KEY_ROLES.find((each) => asked.key?.startsWith(`flk_${each}_`) === true);
  if (!isNamed || role === undefined) return ask(asked);
  return ask({ ...asked, path: asked.path.replace(below, ''), key: theirs[role] });
};
