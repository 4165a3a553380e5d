// Two sellers who may learn together, each a whole engine in memory, for tests: what they sell, who bought
// what with which yes, and what each has learned and would show.

import type { Engine } from '../../src/engine/engine.ts';
import { type Pool, createPool } from '../../src/engine/pool.ts';
import type { JointLearner } from '../../src/engine/ports.ts';
import type { ControllerId, ItemId, PersonId } from '../../src/facts/ids.ts';
import { parseControllerId, parseEventId, parseItemId, parsePersonId } from '../../src/facts/ids.ts';
import type { JointItems } from '../../src/facts/joint.ts';
import { makeModel } from '../../src/facts/model.ts';
import { policyOf } from '../../src/facts/parse-policy.ts';
import type { Policy } from '../../src/facts/policy.ts';
import type { Purpose } from '../../src/facts/purpose.ts';
import { NO_SIGNALS } from '../../src/facts/signals.ts';
import { type Memory, directJointLearner, openMemory } from '../../src/presets/memory.ts';
import { settingsOf } from '../cases/support/settings.ts';
import { DAY, START, must, placementId, sourceId } from './house.ts';

export const controllerId = (name: string): ControllerId => must(parseControllerId(name));
const personId = (name: string): PersonId => must(parsePersonId(name));
const itemId = (name: string): ItemId => must(parseItemId(name));

/** A notice that names these, under the words that come with Fineline. */
export function noticeNaming(partners: readonly string[]): string {
  const named = partners.map((name) => `{ controller: ${name}, name: "${title(name)}" }`).join(', ');
  return `
notices:
  - { id: together, version: "1", texts: joint, asks: [{ purposes: [pool], categories: [purchases] }],
      partners: [${named}] }
`;
}

export const title = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)} & Co`;

export interface Seller {
  readonly name: string;
  readonly memory: Memory;
  readonly engine: Engine;
}

export interface Sellers {
  readonly lamps: Seller;
  readonly tools: Seller;
  readonly pool: Pool;
  /** Everything that is under way between them is done when it resolves. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface SellersOptions {
  /** What the market's file names; default: both. */
  readonly group?: readonly string[];
  readonly learner?: JointLearner;
  readonly failed?: (error: unknown) => void;
  /** Whom the notice of each names; default: the other. */
  readonly notices?: Readonly<Record<string, readonly string[]>>;
}

const NAMES = ['lamps', 'tools'] as const;
export const otherOf = (name: string): string => (name === 'lamps' ? 'tools' : 'lamps');

export async function openSellers(options: SellersOptions = {}): Promise<Sellers> {
  const clock = { nowMs: () => START };
  const { group = NAMES, failed } = options;
  const pool = createPool({
    group: group.map(controllerId),
    learner: options.learner ?? directJointLearner(),
    clock,
    ...(failed === undefined ? {} : { failed }),
  });
  const open = async (name: string): Promise<Seller> => {
    const notice = noticeNaming(options.notices?.[name] ?? [otherOf(name)]);
    const seat = group.includes(name) ? { seat: pool.seat(controllerId(name)) } : {};
    const settings = `${settingsOf(name)}${notice}`;
    const memory = await openMemory({ settings, world: { clock, ...seat } });
    await memory.engine.recover();
    return { name, memory, engine: memory.engine };
  };
  const [lamps, tools] = [await open('lamps'), await open('tools')];
  return {
    lamps,
    tools,
    pool,
    settle: async () => {
      for (const { engine } of [lamps, tools]) {
        engine.count();
        await engine.flush();
      }
      await pool.settled();
    },
    close: async () => {
      await lamps.memory.close();
      await tools.memory.close();
      await pool.learner.close();
    },
  };
}

/** The policy of a seller with or without a word on learning together. */
export function policyWith(
  { engine }: Seller,
  joint: { readonly with: readonly string[]; readonly items?: JointItems } | undefined,
  more: Partial<Policy> = {},
): Policy {
  const { version: _version, joint: _joint, ...rest } = engine.core.policy;
  const named = joint && { with: joint.with.map(controllerId).toSorted(), items: joint.items ?? 'id' };
  return policyOf({ ...rest, ...more, ...(named === undefined ? {} : { joint: named }) });
}

export async function agree(seller: Seller, partners = [otherOf(seller.name)]): Promise<void> {
  const { settled } = await seller.engine.usePolicy(policyWith(seller, { with: partners }));
  await settled;
}

export type Yes = 'pool' | 'improve';

export async function allow(
  { engine }: Seller,
  who: string,
  yes: readonly Yes[],
  state: 'given' | 'withdrawn' = 'given',
): Promise<string | undefined> {
  const purposes: readonly Purpose[] = yes.includes('improve') ? ['improve', 'recommend'] : [];
  const say = async (list: readonly Purpose[], notice: string) => {
    const kept = await engine.consent({
      person: personId(who),
      changes: list.map((purpose) => ({ category: 'purchases', purpose, state })),
      notice: { id: notice, language: 'en' },
      method: 'centre',
      byPerson: true,
    });
    return typeof kept === 'object' && 'refused' in kept ? kept.refused : undefined;
  };
  const improved = purposes.length === 0 ? undefined : await say(purposes, 'notice-1');
  return improved ?? (yes.includes('pool') ? await say(['pool'], 'together') : undefined);
}

let orders = 0;

export async function buy({ engine, name }: Seller, who: string, items: readonly string[]): Promise<void> {
  const taken = await engine.collect({
    signals: NO_SIGNALS,
    events: [
      {
        id: must(parseEventId(`order-${(orders += 1)}`)),
        kind: 'purchase',
        person: personId(who),
        controller: controllerId(name),
        source: sourceId(`${name}-till`),
        channel: 'till',
        timeMs: START - DAY,
        lines: items.map((item) => ({ item: itemId(item), quantity: 1 })),
      },
    ],
  });
  if (taken.admitted !== 1) throw new Error(JSON.stringify(taken));
}

export async function sells({ engine }: Seller, items: readonly string[]): Promise<void> {
  await engine.putItems(
    items.map((id) => ({ id: itemId(id), title: id, path: ['Things', id], available: true })),
  );
}

/** What somebody who bought this would be shown. */
export async function shown({ engine }: Seller, who: string) {
  const decided = await engine.decide({
    person: personId(who),
    placement: placementId('home'),
    channel: 'web',
    limit: 20,
    context: [],
    signals: NO_SIGNALS,
  });
  if (typeof decided === 'string') throw new Error(decided);
  await decided.receipt();
  return decided;
}

export async function listOf(seller: Seller, who: string): Promise<readonly string[]> {
  return (await shown(seller, who)).result.items.map(({ item }) => item);
}

/** Statistics, models and answers of a seller, byte for byte but for the time of the models. */
export async function stateOf(seller: Seller, people: readonly string[]): Promise<string> {
  const { engine, memory } = seller;
  const model = await engine.learn();
  if (model === undefined) throw new Error('nothing was learned');
  const counts = Buffer.from(await memory.world.learner.canonical()).toString('latin1');
  const answers: unknown[] = [];
  for (const who of people) answers.push((await shown(seller, who)).result);
  return JSON.stringify([makeModel({ ...model, builtMs: 0 }).id, counts, answers]);
}

export async function countedBy({ learner }: Pool): Promise<string> {
  return Buffer.from(await learner.canonical()).toString('latin1');
}
