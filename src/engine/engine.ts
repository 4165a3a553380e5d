// The story of Fineline, in the order the data travels. Each line of `Engine` is one thing somebody can ask
// for; the files named beside it tell how. The engine awaits, the stages compute.
//
//     world ─▶ collect ─▶ consent ─▶ profile ─▶ learn ─▶ decide ─▶ deliver ─▶ world
//                                        ▲                             │
//                                        └────────── measure ◀─────────┘      prove: commits to every step

import { seededRandom } from '../kernel/random.ts';
import type { DecisionId, ItemId, PersonId } from '../facts/ids.ts';
import type { Item } from '../facts/item.ts';
import { type ItemModel, encodeModel } from '../facts/model.ts';
import type { Notice } from '../facts/notice.ts';
import type { Policy } from '../facts/policy.ts';
import type { Asked } from '../facts/question.ts';
import { createResponseCounts } from '../measure/responses/response-counts.ts';
import { createAudiences } from './audiences.ts';
import { type AudienceTold, tellAudiences } from './audiences-told.ts';
import { createCampaigns } from './campaigns.ts';
import { type CollectRequest, type Collected, collectEvents } from './collecting.ts';
import type { EngineConfig } from './config.ts';
import { createStringReaders } from './consent-strings.ts';
import { type ConsentChange, type ConsentKept, changeConsent } from './consenting.ts';
import type { Core } from './core.ts';
import { type DecideRefusal, type DecideRequest, type Decided, decideFor } from './deciding.ts';
import { decisionNames } from './decision-name.ts';
import { createDigests } from './digests.ts';
import { type ImportedConsents, importConsents } from './importing-consents.ts';
import { type Erased, erasePerson } from './erasing.ts';
import {
  type Found,
  type Replayed,
  type Why,
  decisionProof,
  explainDecision,
  findDecision,
  replayDecision,
} from './explaining.ts';
import { describeGrants, describePerson, exportPerson } from './exporting.ts';
import { type LinkChange, changeLink } from './joining.ts';
import { createDrift } from './drift-told.ts';
import { settleStatistics } from './learning.ts';
import { recover, runMaintenance } from './maintaining.ts';
import { createTouched } from './touched.ts';
import { openPolicy, openRegister, othersFrom, tellChanges } from './opening.ts';
import { createPeople } from './people.ts';
import { type PolicyInForce, usePolicy } from './policing.ts';
import type { World } from './ports.ts';
import { promiseSigners } from './promise-signers.ts';
import { createQueue } from './queue.ts';
import type { Refusal } from '../facts/refusal.ts';
import { takeSeat } from './seating.ts';
import type { Source } from '../facts/source.ts';
import { type RestrictionChange, changeRestriction } from './restricting.ts';
import { tellNotices } from './notices-told.ts';
import { type ReviewTold, type ThingTold, tellReview, tellThing } from './review-told.ts';
import { type ShadowTold, tellShadow } from './shadow-told.ts';
import { openReleases } from './releases.ts';
import { type CopyFilled, type LedgerTold, fillFrom, tellLedger } from './releases-told.ts';
import type { Published } from './publishing.ts';
import { addNotice, addSource } from './registering.ts';
import { learnOnDuty, publishOnDuty } from './on-duty.ts';
import { nobodyOf } from './nobody.ts';
import { openShelves } from './shelves.ts';
import { simulatePolicy } from './simulating.ts';
import type { Simulated } from './simulation.ts';
import { type Status, status } from './status.ts';
import { keptStops } from './stop-tables.ts';
import { createWitness } from './witness.ts';

export interface Engine {
  /** Events in; each admitted or refused, folded, durable. (collecting.ts) */
  collect(request: CollectRequest): Promise<Collected>;
  /** A person's choice; rules the next decision, witnessed. (consenting.ts) */
  consent(change: ConsentChange): Promise<ConsentKept | 'suppressed' | Refusal>;
  /** Choices declared for many by an import. */
  importConsents(changes: readonly ConsentChange[]): Promise<ImportedConsents>;
  /** What to show, or nothing, and why; durable and promised. (deciding.ts) */
  decide(request: DecideRequest): Promise<Decided | DecideRefusal>;
  /** The record behind a decision's name. (explaining.ts) */
  find(decision: DecisionId): Promise<Found | undefined>;
  why(found: Found): Promise<Why>;
  replay(found: Found): Promise<Replayed>;
  /** Inclusion proof of a decision, once its digest is logged. */
  proof(found: Found): Promise<string | undefined>;
  /** What is known of a person. (exporting.ts) */
  describe(person: PersonId): ReturnType<typeof describePerson>;
  export(person: PersonId): ReturnType<typeof exportPerson>;
  grants(person: PersonId): ReturnType<typeof describePerson>;
  /** One side's act of joining or parting two identities. (joining.ts) */
  link(change: LinkChange): ReturnType<typeof changeLink>;
  /** A person sets one of their facts aside, or free again. (restricting.ts) */
  restrict(change: RestrictionChange): ReturnType<typeof changeRestriction>;
  /** Everything about a person goes, with proof. (erasing.ts) */
  erase(person: PersonId): Promise<Erased | 'no-such-person' | 'erased-before'>;
  /** Names an origin of data, so that what it sends can be admitted. (sources.ts) */
  registerSource(source: Source): Promise<void>;
  /** Keeps what people are shown, so that they can say yes in front of it. (notices.ts) */
  registerNotice(notice: Notice): Promise<void>;
  /** What people are and were shown, with its hash. (notices-told.ts) */
  notices(): ReturnType<typeof tellNotices>;
  /** Another policy rules from the next decision on. (policing.ts) */
  usePolicy(policy: Policy): Promise<PolicyInForce>;
  /** What another policy would have done to the newest decisions, in counts. (simulating.ts) */
  simulate(policy: Policy): Promise<Simulated>;
  /** Whom slots are for, in words, and whether they are enough. (audiences-told.ts) */
  audiences(): readonly AudienceTold[];
  /** Which ordinary things betray a sensitive leaf, as they are held back now. (shadow-told.ts) */
  proxies(): ShadowTold;
  /** Things of which nobody can tell whether they tell something. (review-told.ts) */
  review(): ReviewTold;
  /** The class of one thing, with the evidence; `undefined` when the catalogue does not know it. */
  thing(id: ItemId): ThingTold | undefined;
  /** A number about people becomes public, or is refused; the one way for it. (publishing.ts) */
  publish(asked: Asked): Promise<Published>;
  /** Everything that was made public, and what it cost. (releases.ts) */
  releases(): LedgerTold;
  /** Marketing copy with released numbers in it, and no others. */
  fillCopy(template: string, write: (about: number) => string): CopyFilled;
  /** Public things in: the catalogue. */
  putItems(items: readonly Item[]): Promise<number>;
  items(): ReadonlyMap<string, Item>;
  /** From everything counted to a model in service. (learning.ts) */
  learn(): Promise<ItemModel | undefined>;
  /** Brings the statistics up to date; cheap, called every second. */
  count(): number;
  /** People whose statistics changed since the last model. */
  changedSinceFit(): number;
  /** Who could be asked for a decision: no names, only how many. */
  status(): Promise<Status>;
  /** Periodic work: digests, log, snapshots, expiry. By the preset's clockwork, or at any time. */
  maintain(): Promise<void>;
  /** Counts everybody again after a start, finishes what a crash interrupted. Serving goes on meanwhile. */
  recover(): Promise<void>;
  /** Takes up what other engines changed, and does its duties; twice a second. (following.ts) */
  follow(): Promise<void>;
  /** Counts its part of the people, where engines share the counting; twice a second. (parts.ts) */
  countParts(): Promise<void>;
  /** Resolves when all that was handed over before is durable, or has failed; not what comes meanwhile. */
  flush(): Promise<void>;
  /** Waits until nothing is under way, nor waits. */
  close(): Promise<void>;
  readonly core: Core;
}

export async function openEngine(world: World, config: EngineConfig): Promise<Engine> {
  const core = await openCore(world, config);
  let maintaining: Promise<void> | undefined;
  const maintain = (): Promise<void> => {
    maintaining ??= runMaintenance(core).finally(() => {
      maintaining = undefined;
    });
    return maintaining;
  };
  return {
    core,
    collect: (request) => collectEvents(core, request),
    consent: (change) => changeConsent(core, change),
    importConsents: (changes) => importConsents(core, changes),
    decide: (request) => decideFor(core, request),
    find: (decision) => findDecision(core, decision),
    why: (found) => explainDecision(core, found),
    replay: (found) => replayDecision(core, found),
    proof: (found) => decisionProof(core, found),
    describe: (person) => describePerson(core, person),
    export: (person) => exportPerson(core, person),
    grants: (person) => describeGrants(core, person),
    link: (change) => changeLink(core, change),
    restrict: (change) => changeRestriction(core, change),
    erase: (person) => erasePerson(core, person),
    registerSource: (source) => addSource(core, source),
    notices: () => tellNotices(core),
    registerNotice: (notice) => addNotice(core, notice),
    usePolicy: (policy) => usePolicy(core, policy),
    simulate: (policy) => simulatePolicy(core, policy),
    audiences: () => tellAudiences(core),
    proxies: () => tellShadow(core),
    review: () => tellReview(core),
    thing: (id) => tellThing(core, id),
    publish: (asked) => publishOnDuty(core, asked),
    releases: () => tellLedger(core),
    fillCopy: (template, write) => fillFrom(core, template, write),
    putItems: (items) => core.shelves.putItems(items),
    items: () => core.shelves.items(),
    learn: () => learnOnDuty(core),
    count: () => settleStatistics(core),
    changedSinceFit: () => core.touched.changedSinceFit(),
    status: async () => ({ ...(await status(core)), recovered: core.recovery.done }),
    maintain,
    recover: () => recover(core),
    follow: async () => {
      await core.others?.takeUp();
      await core.others?.follow();
    },
    countParts: async () => core.others?.countParts(),
    flush: () => core.witness.flush(),
    close: async () => {
      core.world.seat?.leave();
      await core.recovery.running?.catch(() => undefined);
      await core.witness.idle();
      await maintaining;
      await core.audiences.running;
      await core.witness.idle();
    },
  };
}

async function openCore(world: World, config: EngineConfig): Promise<Core> {
  const look = await world.commons?.look();
  const registered = await openRegister(world, config);
  const policy = await openPolicy(world, config);
  const shelves = await openShelves(world, policy);
  const { complements, nextBasket, nextClick } = shelves.models();
  world.learner.adopt({
    complements: encodeModel(complements),
    nextBasket: encodeModel(nextBasket),
    nextClick: encodeModel(nextClick),
  });
  const { controller, peopleCachedMax: cachedMax, node } = config;
  const people = createPeople(world, { controller, cachedMax, isShared: node !== undefined });
  const others = look === undefined ? undefined : othersFrom(look, () => core);
  const core: Core = {
    world,
    config,
    policy,
    people,
    nobody: nobodyOf(people, node ?? 0),
    ...registered,
    strings: createStringReaders(config.tcfVendorId),
    shelves,
    touched: createTouched(),
    names: decisionNames(world.keys.derive('decision-names')),
    tallies: new Map(),
    drift: createDrift(),
    feeding: { fedMs: world.clock.nowMs(), handed: 0 },
    responses: createResponseCounts(),
    stops: await keptStops(world),
    campaigns: createCampaigns(),
    audiences: createAudiences(seededRandom(world.entropy.bytes(32))),
    digests: createDigests(config.digestMs),
    compaction: new Set(),
    lost: new Set(),
    leaving: new Map(),
    unmasked: new Set(),
    returning: createQueue(),
    recovery: { running: undefined, done: look !== undefined, refit: shelves.isOutdated },
    duties: { learn: look === undefined, log: look === undefined },
    serving: createQueue(),
    releases: await openReleases(world),
    ...(others === undefined ? {} : { others }),
    witness: createWitness(world, {
      signers: promiseSigners(world),
      microBatchMs: config.microBatchMs,
      dueMs: config.digestMs + 2 * config.checkpointMs,
      batchEntriesMax: 4096,
      lose: (person) => {
        people.lose(person);
        core.lost.add(person.key);
      },
      ...(others === undefined ? {} : { epoch: () => others.look.epoch }),
      grown: (person) => core.compaction.add(person.key),
    }),
  };
  await people.getOrCreate([core.nobody.id]);
  takeSeat(core);
  if (look !== undefined) await tellChanges(core, look);
  return core;
}
