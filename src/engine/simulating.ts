// What another policy would have done to the decisions that were made: the newest of the home are decided
// again from their records, once as they were and once as the other policy would have it. What comes out are
// counts, roughly, and no count that fewer than twenty people stand behind. That is measuring, so it looks at
// the decisions of those alone who let what was shown to them be measured now.

import { decide } from '../decide/decide.ts';
import type { DecisionInput, DecisionRecord, DecisionResult } from '../facts/decision.ts';
import type { Policy } from '../facts/policy.ts';
import { isFault } from '../kernel/fault.ts';
import { seededRandom } from '../kernel/random.ts';
import type { Core } from './core.ts';
import { type TellOnce, createRoughCounts } from './figures.ts';
import { openEntry } from './journal.ts';
import type { PersonKey } from './ports.ts';
import { type Exposures, type Rewritten, rewrite } from './rewriting.ts';
import { type Simulated, createSimulation } from './simulation.ts';
import { askedNow, permissionsOf } from './viewing.ts';

/** Decisions that are looked at, the newest. */
export const SIMULATED_MAX = 10_000;

interface Place {
  readonly person: PersonKey;
  readonly seq: number;
  readonly timeMs: number;
}

interface Case {
  /** Whose it is; the number of the decision where it is about nobody, so that each stands alone. */
  readonly whose: string;
  readonly record: DecisionRecord;
  readonly before: Policy;
  readonly rewritten: Rewritten;
}

/**
 * Reads the journals of everybody, so a home of a million people takes a while. Nothing is kept or changed.
 */
export async function simulatePolicy(core: Core, policy: Policy, tell = roughly(core)): Promise<Simulated> {
  await core.witness.flush();
  const places = await newest(core);
  const simulation = createSimulation(core.policy, policy, tell);
  const cases: Case[] = [];
  const policies = new Map<string, Policy | undefined>();
  for (const [person, seqs] of byPerson(places)) {
    const exposures: Exposures = [];
    for await (const { seq, record } of decisionsOf(core, person)) {
      if (seqs.has(seq)) {
        const { policy: version } = record.input;
        if (!policies.has(version)) policies.set(version, await pastPolicy(core, version));
        const before = policies.get(version);
        const whose = core.nobody.keys.has(person) ? `${person} ${seq}` : person;
        if (before === undefined) simulation.notKept(whose);
        else
          cases.push({
            whose,
            record,
            before,
            rewritten: rewrite(record, { before, after: policy, exposures }),
          });
      }
      const { items } = record.result;
      if (items.length === 0) continue;
      const { placement, timeMs, channel, campaign } = record.input;
      const shown = { placement, items: items.map(({ item }) => item), timeMs, channel };
      exposures.push(campaign === undefined ? shown : { ...shown, campaign });
    }
  }
  // Records of one model stand together: a shelf of the past is built once.
  for (const each of cases.toSorted((a, b) => compare(shelfName(a), shelfName(b))))
    await simulateOne(core, { each, policy, simulation });
  return simulation.told();
}

function roughly({ world }: Core): TellOnce {
  return createRoughCounts(seededRandom(world.entropy.bytes(32)));
}

async function simulateOne(
  core: Core,
  {
    each,
    policy,
    simulation,
  }: {
    readonly each: Case;
    readonly policy: Policy;
    readonly simulation: ReturnType<typeof createSimulation>;
  },
): Promise<void> {
  const { record, before, rewritten, whose } = each;
  const was = await decideUnder(core, before, record.input);
  if (was === undefined) {
    simulation.notKept(whose);
    return;
  }
  if (rewritten.kind !== 'input') {
    simulation.add({ whose, was, would: rewritten.kind });
    return;
  }
  // The class of a thing is known with the shelf: facts about what became sensitive are left out there.
  const { shelf } = await core.shelves.past(record.input, policy);
  const would = await decideUnder(core, policy, rewritten.under(shelf));
  if (would === undefined) simulation.notKept(whose);
  else simulation.add({ whose, was, would });
}

/** `undefined` when model or catalogue of then are gone. */
async function decideUnder(
  core: Core,
  policy: Policy,
  input: DecisionInput,
): Promise<DecisionResult | undefined> {
  const placement = policy.placements.find(({ id }) => id === input.placement);
  if (placement === undefined) return undefined;
  try {
    const { shelf, scratch } = await core.shelves.past(input, policy);
    return decide({ input, placement, line: policy, shelf, scratch });
  } catch (error) {
    if (isFault(error, 'not-kept')) return undefined;
    throw error;
  }
}

async function pastPolicy(core: Core, version: string): Promise<Policy | undefined> {
  try {
    return await core.shelves.pastPolicy(version);
  } catch (error) {
    if (isFault(error, 'not-kept')) return undefined;
    throw error;
  }
}

/** The newest decisions of the home, by person. */
async function newest(core: Core): Promise<readonly Place[]> {
  let places: Place[] = [];
  const keepNewest = (): void => {
    places = places
      .toSorted((a, b) => b.timeMs - a.timeMs || compare(a.person, b.person))
      .slice(0, SIMULATED_MAX);
  };
  let after: PersonKey | undefined;
  for (;;) {
    const keys = await core.world.people.people(after, 200);
    if (keys.length === 0) break;
    for (const person of keys) {
      for await (const { seq, record } of decisionsOf(core, person))
        places.push({ person, seq, timeMs: record.input.timeMs });
      if (places.length > 2 * SIMULATED_MAX) keepNewest();
    }
    after = keys.at(-1);
  }
  keepNewest();
  return places;
}

/**
 * The decisions of one person that are still kept, in their order: none when they do not let them be
 * measured, and none that rests on a fact that they have set aside since.
 */
async function* decisionsOf(
  core: Core,
  key: PersonKey,
): AsyncGenerator<{ readonly seq: number; readonly record: DecisionRecord }> {
  const person = await core.people.byKey(key);
  if (person === undefined || person === 'erased' || person.leaving || person.unreadable) return;
  const isSomebody = !core.nobody.keys.has(key);
  const permissions = permissionsOf(core, person, askedNow(core));
  if (isSomebody && permissions.refusal('interactions', 'measure') !== undefined) return;
  for (const sealed of await core.world.people.history(key, ['decision'])) {
    const entry = openEntry(core.world.crypto, person.keys, key, sealed);
    if (entry?.kind !== 'decision') continue;
    const { facts } = entry.record.input;
    if (!facts.some((fact) => person.restricted.has(fact.key)))
      yield { seq: sealed.seq, record: entry.record };
  }
}

function byPerson(places: readonly Place[]): ReadonlyMap<PersonKey, ReadonlySet<number>> {
  const seqs = new Map<PersonKey, Set<number>>();
  for (const { person, seq } of places) seqs.set(person, (seqs.get(person) ?? new Set()).add(seq));
  return seqs;
}

function shelfName({ record: { input }, before }: Case): string {
  return `${input.model} ${input.catalogue} ${before.version}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
