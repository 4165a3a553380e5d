// The marketer's audiences: so narrow that one person alone could be in them, alike but for that person, or
// named after the secret. They know everybody else, and may invent people.

import { audienceOn, groundsIn, isMember } from '../../../src/decide/audience.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { askedNow, openView } from '../../../src/engine/viewing.ts';
import { readPolicyFile } from '../../../src/facts/parse-policy.ts';
import { isRefusal } from '../../../src/facts/refusal.ts';
import { game } from './attacker.ts';
import type { Plan } from './plans.ts';
import { type Stage, basketOf, did, send, yes } from './stage.ts';

/** A slot for whoever meets all of these, and what a file needs besides. */
async function useAudience(stage: Stage, all: readonly unknown[]): Promise<void> {
  const slot = {
    id: 'news',
    purpose: 'recommend',
    channels: ['email'],
    strategy: 'for-you',
    audience: 'them',
  };
  const read = readPolicyFile({ policy: 1, audiences: [{ name: 'them', all }], placements: [slot] });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  await stage.memory.engine.usePolicy(read.value);
  await stage.memory.engine.recover();
  await nextDay(stage);
}

/** Everybody is counted again, as after a day. */
async function nextDay({ memory }: Stage): Promise<void> {
  const { engine } = memory;
  engine.core.audiences.countedMs = Number.NEGATIVE_INFINITY;
  await engine.maintain();
  await engine.core.audiences.running;
}

async function toldOf({ ask, keys }: Stage): Promise<string> {
  return (await ask({ method: 'GET', path: '/v1/audiences', key: keys.admin })).text;
}

/** Exact sizes, as a segment builder shows them while one types. */
function exactly(engine: Engine): Engine {
  const { core } = engine;
  const asked = new Set<string>();
  return {
    ...engine,
    collect: (request) => {
      for (const { person } of request.events) asked.add(person);
      return engine.collect(request);
    },
    audiences: () =>
      engine.audiences().map((told) => {
        const audience = core.policy.audiences?.find(({ name }) => name === told.name);
        const { shelf } = core.shelves.current();
        const isIn = (id: string): boolean => {
          const person = core.people.cached(id as never);
          if (audience === undefined || person === undefined) return false;
          if (audienceOn(shelf, audience).unfit !== undefined) return false;
          const view = openView(
            core,
            { person, joined: [] },
            { purpose: told.purpose, asked: askedNow(core) },
          );
          if (isRefusal(view)) return false;
          return isMember(audience, groundsIn(view, { audience, shelf, mayReadPurchases: true }));
        };
        return { ...told, state: 'enough', about: [...asked].filter(isIn).length };
      }),
  };
}

const NARROW = ['coat-1', 'tea-2', 'pan-3', 'film-4'];

const OF_ONE: Plan = {
  tried: 'writes an audience with conditions that one person alone could meet, and asks how large it is',
  success: 'right about whether they meet them',
  without: 'exact sizes of audiences',
  chance: 0.5,
  holes: { engine: exactly },
  run: async (stage, { seed, people }) => {
    await useAudience(
      stage,
      NARROW.map((item) => ({ bought: { items: [item] }, days: 30 })),
    );
    return game(Math.min(60, people), seed, async (isSo, n) => {
      const before = await toldOf(stage);
      const who = `narrow-${seed}-${n}`;
      await send(stage, [yes(who), did(who, 'purchase', isSo ? NARROW : NARROW.slice(1))]);
      await nextDay(stage);
      return (await toldOf(stage)) !== before;
    });
  },
};

/** Who is invented at most until an audience is enough: twice as many as it needs at least. */
const INVENTED_MAX = 45;

const APART: Plan = {
  tried:
    'invents people until an audience is just enough, and compares it before and after somebody may be in it',
  success: 'right about whether they are',
  without: 'exact sizes of audiences',
  chance: 0.5,
  holes: { engine: exactly },
  run: async (stage, { seed, people }) => {
    const first = await toldOfPair(stage);
    for (let n = 0; n < INVENTED_MAX && (await toldOf(stage)) === first; n += 1) {
      const who = `made-up-${seed}-${n}`;
      await send(stage, [yes(who), did(who, 'purchase', ['lamp-1', 'film-2'])]);
      await nextDay(stage);
    }
    return game(Math.min(60, people), seed, async (isSo, n) => {
      const before = await toldOf(stage);
      const who = `apart-${seed}-${n}`;
      await send(stage, [yes(who), did(who, 'purchase', isSo ? ['lamp-1', 'film-2'] : ['lamp-2'])]);
      await nextDay(stage);
      return (await toldOf(stage)) !== before;
    });
  },
};

/** Two that differ by one condition; the second is in force. */
async function toldOfPair(stage: Stage): Promise<string> {
  const lamps = { bought: { paths: ['Things > lamp'] }, days: 30 };
  await useAudience(stage, [lamps]);
  await useAudience(stage, [lamps, { bought: { items: ['film-2'] }, days: 30 }]);
  return toldOf(stage);
}

const SECRET = 'test-two';

const NAMED: Plan = {
  tried: 'writes an audience that names the secret thing, invents a crowd that has it, and asks for previews',
  success: 'right about the secret',
  without: 'a catalogue without classes',
  chance: 0.5,
  holes: {},
  isLabelled: false,
  run: async (stage, { seed, people }) => {
    for (let n = 0; n < INVENTED_MAX; n += 1) {
      const who = `secret-${seed}-${n}`;
      await send(stage, [yes(who), did(who, 'purchase', [...basketOf(n), SECRET])]);
    }
    await useAudience(stage, [{ bought: { items: [SECRET] }, days: 30 }]);
    return game(people, seed, async (isSo, n) => {
      const person = `named-${seed}-${n}`;
      await send(stage, [
        yes(person),
        did(person, 'purchase', isSo ? [...basketOf(n), SECRET] : basketOf(n)),
      ]);
      const body = { person, placement: 'news' };
      const { json } = await stage.ask({ method: 'POST', path: '/v1/decide', key: stage.keys.decide, body });
      return json?.['nothing'] === undefined;
    });
  },
};

export const AUDIENCES: readonly Plan[] = [OF_ONE, APART, NAMED];
