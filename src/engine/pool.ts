// Sellers of a market who learn together: one group, its seats, and the joint statistics between them. There
// is a joint model only while every member is there, the policies of all name each other, and everybody’s
// people are counted; whatever ends one of these ends the model at once and forgets what was counted.

import type { ControllerId } from '../facts/ids.ts';
import { handedTo } from '../facts/joint-model.ts';
import { type ItemModel, decodeModel } from '../facts/model.ts';
import type { Clock, JointChange, JointLearner } from './ports.ts';
import { type Queue, createQueue } from './queue.ts';
import type { JointTerms, Member, Seat } from './seat.ts';

export interface PoolOptions {
  /** As `market.yaml` names them; two at least. */
  readonly group: readonly ControllerId[];
  readonly learner: JointLearner;
  readonly clock: Clock;
  /** Hears of what failed; there is no joint model then until it is made again. */
  readonly failed?: (error: unknown) => void;
}

export interface Pool {
  seat(controller: ControllerId): Seat;
  /** Resolves when everything that was asked for is done; for checks. */
  settled(): Promise<void>;
  readonly learner: JointLearner;
}

/** Why there is nothing to learn together now, for the members of a group; empty: they agree. */
export function missing(
  group: readonly ControllerId[],
  termsOf: (controller: ControllerId) => Pick<JointTerms, 'with' | 'items'> | undefined,
): readonly string[] {
  const said: string[] = [];
  const [first] = group;
  const items = first === undefined ? undefined : termsOf(first)?.items;
  for (const one of group) {
    const terms = termsOf(one);
    for (const other of group) {
      if (other !== one && terms?.with.includes(other) !== true) said.push(`${one} does not name ${other}`);
    }
    for (const other of terms?.with ?? []) {
      if (!group.includes(other)) said.push(`${one} names ${other}, who is not in the group`);
    }
    if (terms !== undefined && terms.items !== items)
      said.push(`${one} has things in common by ${terms.items}, ${first} does not`);
  }
  return said;
}

/** A member of the group, and how far it is. */
interface Place {
  member?: Member;
  terms?: JointTerms | undefined;
  isCounted: boolean;
  counting?: Promise<void> | undefined;
}

/** Everything between the members; changed by the functions below alone. */
interface Group {
  readonly places: ReadonlyMap<ControllerId, Place>;
  readonly learner: JointLearner;
  readonly clock: Clock;
  readonly failed: (error: unknown) => void;
  readonly queue: Queue;
  /** Another one with every reset: what was begun before it counts for nothing. */
  epoch: number;
  isAgreed: boolean;
  changes: JointChange[];
}

export function createPool({ group: names, learner, clock, failed = () => undefined }: PoolOptions): Pool {
  const group: Group = {
    places: new Map(names.map((name): [ControllerId, Place] => [name, { isCounted: false }])),
    learner,
    clock,
    failed,
    queue: createQueue(),
    epoch: 0,
    isAgreed: false,
    changes: [],
  };
  return {
    learner,
    seat: (controller) => seatOf(group, controller),
    settled: async () => {
      for (const { counting } of group.places.values()) await counting;
      await group.queue(() => Promise.resolve());
    },
  };
}

function seatOf(group: Group, controller: ControllerId): Seat {
  const place = group.places.get(controller);
  if (place === undefined) throw new Error(`${controller} is not in the group`);
  return {
    sit: (member) => {
      place.member = member;
      reset(group);
    },
    say: (terms) => {
      if (JSON.stringify(terms) === JSON.stringify(place.terms)) return;
      place.terms = terms;
      reset(group);
    },
    change: (person, items) => {
      if (group.isAgreed) group.changes.push({ seller: controller, person, items });
    },
    settle: () => settle(group),
    fit: () => fit(group),
    leave: () => {
      delete place.member;
      place.terms = undefined;
      reset(group);
    },
  };
}

/** Whatever was counted and learned ends here; if all agree now, they begin anew. */
function reset(group: Group): void {
  group.epoch += 1;
  group.changes = [];
  group.learner.clear();
  for (const place of group.places.values()) {
    place.isCounted = false;
    place.counting = undefined;
    place.member?.drop();
  }
  group.isAgreed = agreed(group);
  if (group.isAgreed) for (const place of group.places.values()) count(group, place);
}

/** Absent, silent or at odds with the others: then there is nothing between them. */
function agreed({ places }: Group): boolean {
  const isThere = [...places.values()].every(
    ({ member, terms }) => member !== undefined && terms !== undefined,
  );
  return isThere && missing([...places.keys()], (name) => places.get(name)?.terms).length === 0;
}

function count(group: Group, place: Place): void {
  const { member } = place;
  if (member === undefined || place.isCounted || place.counting !== undefined) return;
  const { epoch } = group;
  place.counting = member.recount().then(
    async () => {
      if (epoch !== group.epoch) return;
      place.isCounted = true;
      place.counting = undefined;
      await fit(group);
    },
    (error: unknown) => {
      if (epoch === group.epoch) place.counting = undefined;
      group.failed(error);
    },
  );
}

/** One after the other; nothing is said of a state that has ended since. */
function inTurn(group: Group, work: (isStill: () => boolean) => Promise<void>): Promise<void> {
  const { epoch } = group;
  const isStill = (): boolean => epoch === group.epoch;
  const done = group.queue(async () => {
    if (isStill()) await work(isStill);
  });
  return done.catch((error: unknown) => {
    group.failed(error);
    // What cannot be brought up to date does not go on serving.
    if (isStill()) for (const member of membersOf(group)) member.drop();
  });
}

function membersOf({ places }: Group): readonly Member[] {
  return [...places.values()].flatMap(({ member }) => member ?? []);
}

/** The strictest of all. */
function peopleMin({ places }: Group): number {
  return Math.max(...[...places.values()].map(({ terms }) => terms?.minPeople ?? Infinity));
}

function settle(group: Group): Promise<void> {
  if (group.changes.length === 0) return Promise.resolve();
  const batch = group.changes;
  group.changes = [];
  return inTurn(group, async (isStill) => {
    const pairs = await group.learner.change(batch, peopleMin(group));
    if (pairs.length === 0 || !isStill()) return;
    await Promise.all(membersOf(group).map((member) => member.mask(pairs, isStill)));
  });
}

async function fit(group: Group): Promise<void> {
  await settle(group);
  if (!group.isAgreed) return;
  const waiting = [...group.places.values()].filter(({ isCounted }) => !isCounted);
  // One whose count has failed is asked again.
  for (const place of waiting) count(group, place);
  if (waiting.length > 0) return;
  await inTurn(group, async (isStill) => {
    const { learner, clock } = group;
    const joint = readable(await learner.fit({ k: peopleMin(group), nowMs: clock.nowMs() }));
    if (!isStill()) return;
    const members = membersOf(group);
    await Promise.all(members.map((member) => member.serve(handedTo(joint, member.names()), isStill)));
  });
}

function readable(bytes: Uint8Array): ItemModel {
  const decoded = decodeModel(bytes);
  if (!decoded.ok) throw new Error(`the joint learner made a model that cannot be read: ${decoded.error}`);
  return decoded.value;
}
