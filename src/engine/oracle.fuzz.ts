// Goal: no decision ever reads what its person does not allow, and reads all that they do (the promise L1).
// Method: hundreds of people who act, speak, join, part, leave and come back, in a shop that is restarted,
// compacted and fitted meanwhile; every decision is compared with a naive oracle (test/support/life.ts). 300
// people; 5,000 with FINELINE_FULL=1. ORACLE_SEED replays.

import { describe, expect, it } from 'vitest';
import {
  DAY,
  HOUR,
  type House,
  THINGS,
  collect,
  decide,
  event,
  item,
  openHouse,
  personId,
  placementId,
  say,
} from '../../test/support/house.ts';
import { type Asking, type Deed, FLAWS, type Flaw, Town } from '../../test/support/life.ts';
import { DATA_CATEGORIES } from '../facts/category.ts';
import type { ConsentState } from '../facts/grant.ts';
import { STANDARD_PURPOSES } from '../facts/standard-notice.ts';
import { type Random, seededRandom } from '../kernel/random.ts';

const PEOPLE = process.env['FINELINE_FULL'] === '1' ? 5000 : 300;
/** Replays a failure: the seed that it names. */
const FIRST_SEED = Number(process.env['ORACLE_SEED'] ?? 1);
const PEOPLE_PER_SHOP = 25;
const STEPS_PER_PERSON = 24;
const SENSITIVE = ['tea-6', 'coat-6'];

interface Compared {
  readonly decisions: number;
  readonly open: number;
  readonly joined: number;
  /** Where engine and oracle differ, if anywhere. */
  readonly wrong: string | undefined;
}

const pick = <T>(random: Random, list: readonly T[]): T => list[random.below(list.length)]!;

async function live(seed: number, flaw: Flaw): Promise<Compared> {
  const random = seededRandom(seed);
  const town = new Town(SENSITIVE, flaw);
  let house = await openHouse({ seed });
  await house.engine.putItems(
    THINGS.map((id) => item(id, undefined, SENSITIVE.includes(id) ? { sensitive: 'health' } : {})),
  );
  const people = Array.from({ length: PEOPLE_PER_SHOP }, (_, n) => `p${n}`);
  let decisions = 0;
  let open = 0;
  let joined = 0;
  for (let step = 0; step < PEOPLE_PER_SHOP * STEPS_PER_PERSON; step += 1) {
    const who = pick(random, people);
    const asking: Asking = {
      california: random.below(3) === 0,
      gpc: random.below(4) === 0,
      nowMs: house.nowMs(),
    };
    house = await act({ house, town, random, who, people, asking });
    const isEmail = random.below(4) === 0;
    const decided = await decide(house, who, {
      placement: placementId(isEmail ? 'email' : 'home'),
      channel: isEmail ? 'email' : 'web',
      signals: { gpc: asking.gpc },
      ...(asking.california ? { place: CALIFORNIA } : {}),
    });
    const { record } = decided;
    const expected = town.reads(who, isEmail ? 'contact' : 'recommend', { ...asking, nowMs: house.nowMs() });
    const got = record.input.refused === undefined ? record.reads : 'shut';
    decisions += 1;
    if (got !== 'shut') open += 1;
    if (record.reads.some((key) => key.startsWith('joined'))) joined += 1;
    const used = record.input.facts.every(({ key }) => record.reads.includes(key));
    if (JSON.stringify(got) !== JSON.stringify(expected) || !used) {
      const both = `read ${JSON.stringify(got)}, allowed ${JSON.stringify(expected)}`;
      const wrong = `seed ${seed}, step ${step}, ${who}: ${both}`;
      return { decisions, open, joined, wrong };
    }
  }
  return { decisions, open, joined, wrong: undefined };
}

const CALIFORNIA = { country: 'US', region: 'CA' };

interface Act {
  readonly house: House;
  readonly town: Town;
  readonly random: Random;
  readonly who: string;
  readonly people: readonly string[];
  readonly asking: Asking;
}

/** One thing happens; the house may be another one afterwards. */
async function act({ house, town, random, who, people, asking }: Act): Promise<House> {
  const place = asking.california ? { place: CALIFORNIA } : {};
  const draw = random.below(40);
  if (draw < 17) await doThings(house, town, { random, who, asking });
  else if (draw < 28) await speak(house, town, { random, who, asking });
  else if (draw < 31) {
    // Mostly the neighbour, so that both sides mean each other.
    const at = people.indexOf(who);
    const other =
      random.below(4) === 0 ? pick(random, people) : (people[at % 2 === 0 ? at + 1 : at - 1] ?? who);
    const kind = random.below(4) === 0 ? 'part' : 'join';
    if ((await house.engine.link({ person: personId(who), other: personId(other), act: kind })) === 'kept')
      town.links(who, other, kind);
  } else if (draw === 31) {
    await house.engine.erase(personId(who));
    town.leaves(who);
  } else if (draw === 32) {
    const birthYear = 2026 - pick(random, [10, 16, 17, 18, 40]);
    if (!town.of(who).erased) {
      const declared = event(house, 'declare', who, [], { traits: { birthYear } });
      await collect(house, [declared], { signals: { gpc: asking.gpc }, ...place });
      // Of several statements at one instant the younger counts; later ones replace earlier ones.
      town.of(who).birthYear = birthYear;
      town.of(who).known = true;
    }
    house.advance(1);
  } else if (draw < 35) house.advance(pick(random, [30_000, HOUR, 60 * DAY]));
  else if (draw === 35) {
    for (const one of people) house.engine.core.compaction.add(house.engine.core.people.keyOf(personId(one)));
    await house.engine.maintain();
  } else if (draw === 36) {
    await house.engine.flush();
    const next = await house.reopen();
    if (random.below(2) === 0) await next.engine.recover();
    return next;
  } else if (draw === 37) await house.engine.learn();
  return house;
}

type Doing = Pick<Act, 'random' | 'who' | 'asking'>;

async function doThings(house: House, town: Town, { random, who, asking }: Doing): Promise<void> {
  const deed: Deed = pick(random, ['view', 'view', 'click', 'purchase', 'likes']);
  const thing = pick(random, THINGS);
  const told =
    deed === 'likes'
      ? event(house, 'declare', who, [], { traits: { likes: thing } })
      : event(house, deed, who, [thing]);
  const answer = await collect(house, [told], {
    signals: { gpc: asking.gpc },
    ...(asking.california ? { place: CALIFORNIA } : {}),
  });
  const expected = town.happens(who, deed, thing, asking);
  expect(answer.admitted).toBe(expected ? 1 : 0);
}

async function speak(house: House, town: Town, { random, who, asking }: Doing): Promise<void> {
  const life = town.of(who);
  const state: ConsentState = pick(random, ['given', 'given', 'given', 'refused', 'withdrawn']);
  const all = random.below(3) === 0;
  const categories = all
    ? DATA_CATEGORIES
    : [pick(random, ['browsing', 'purchases', 'interactions', 'declared'] as const)];
  const purposes =
    all && random.below(2) === 0
      ? STANDARD_PURPOSES
      : [pick(random, ['recommend', 'contact', 'improve'] as const)];
  const said = categories.flatMap((category) => purposes.map((purpose) => ({ category, purpose, state })));
  const byPerson = random.below(2) === 0;
  const place = asking.california ? { place: CALIFORNIA } : {};
  const answer = await say(house, who, said, { byPerson, ...place });
  expect(answer === 'suppressed').toBe(life.erased && !byPerson);
  if (answer === 'suppressed') return;
  if (life.erased) town.returns(who);
  // What is still needed is judged without the signal of a single request.
  town.says(who, new Map(said.map((one) => [`${one.category} ${one.purpose}`, one.state])), {
    ...asking,
    gpc: false,
  });
}

describe('every decision of many people', () => {
  it(`[E18] reads exactly what an oracle allows: ${PEOPLE} people, seeds from ${FIRST_SEED}`, async () => {
    let decisions = 0;
    let open = 0;
    let joined = 0;
    for (let shop = 0; shop < PEOPLE / PEOPLE_PER_SHOP; shop += 1) {
      const compared = await live(FIRST_SEED + shop, 'none');
      expect(compared.wrong).toBeUndefined();
      decisions += compared.decisions;
      open += compared.open;
      joined += compared.joined;
    }
    expect(open).toBeGreaterThan(decisions / 4);
    expect(joined).toBeGreaterThan(PEOPLE / 5);
  });

  it.each(FLAWS.filter((flaw) => flaw !== 'none'))(
    '[E18] the comparison would notice an engine that differs: the oracle %s',
    async (flaw) => {
      let wrong: string | undefined;
      for (let seed = 1; seed < 12 && wrong === undefined; seed += 1) {
        // Where the flaw shows first at the intake, the expectation on the way fails.
        const compared = await live(seed, flaw).catch((error: unknown) => ({ wrong: String(error) }));
        wrong = compared.wrong;
      }
      expect(wrong).toBeDefined();
    },
  );
});
