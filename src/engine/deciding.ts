// One decision, from a request to a durable, promised answer: open the door, weigh, bar, decide, commit.

import { hex } from '../kernel/bytes.ts';
import { barShown, shownBefore } from '../decide/caps.ts';
import { decide } from '../decide/decide.ts';
import { contextFor } from '../decide/next-click.ts';
import { decisionRecordText } from '../decide/record.ts';
import type { Channel } from '../facts/channel.ts';
import {
  type DecisionInput,
  type DecisionRecord,
  type DecisionResult,
  RULES_NEWEST,
  keptOf,
} from '../facts/decision.ts';
import type { CampaignId, DecisionId, ItemId, PersonId, PlacementId } from '../facts/ids.ts';
import type { Place } from '../facts/place.ts';
import type { Signals } from '../facts/signals.ts';
import type { Placement } from '../facts/placement.ts';
import type { PromiseReceipt } from '../facts/receipt.ts';
import type { RefusalReason } from '../facts/refusal.ts';
import { tallyOf } from '../measure/tally.ts';
import { decisionCommitment, decisionSalt } from '../prove/leaf.ts';
import { type Told, contactOn } from './contacting.ts';
import type { Core } from './core.ts';
import { joinedOf } from './joining.ts';
import { addToDigest } from './replaying.ts';
import { type Person, dayKeyOf, foldDecision } from './person.ts';
import { raced } from './racing.ts';
import { figuresOn } from './subject-figures.ts';
import { countWeeks } from './responding.ts';
import type { Loaded } from './past-shelves.ts';
import { seeThroughDoor, seenOfNobody } from './seen.ts';
import type { Looks, Seen } from './seen-key.ts';
import { type Asked, askedNow, permissionsOfStranger } from './viewing.ts';

export interface DecideRequest {
  /** Absent: nobody is known, the answer rests on the context alone. */
  readonly person?: PersonId;
  readonly placement: PlacementId;
  readonly channel: Channel;
  /** What this contact belongs to; its caps stand in the policy. */
  readonly campaign?: CampaignId;
  readonly limit: number;
  /**
   * What is on the screen or in the hand right now. Used for this answer, kept only as part of its record.
   */
  readonly context: readonly ItemId[];
  /** Only things whose path begins like this; absent: of the whole catalogue. */
  readonly within?: readonly string[];
  readonly place?: Place;
  readonly signals: Signals;
}

export interface Decided {
  readonly decision: DecisionId;
  readonly result: DecisionResult;
  readonly record: DecisionRecord;
  /** Resolves when the record is on disk and promised. */
  readonly receipt: () => Promise<PromiseReceipt>;
}

export type DecideRefusal = 'unknown-placement' | 'channel-not-allowed';

/**
 * Where other engines write too, resolves when the record is kept: until then another may have been faster.
 */
export function decideFor(core: Core, request: DecideRequest): Promise<Decided | DecideRefusal> {
  if (core.config.node === undefined) return decideOnce(core, request);
  return raced(core, async () => {
    const decided = await decideOnce(core, request);
    if (typeof decided === 'object') await decided.receipt();
    return decided;
  });
}

async function decideOnce(core: Core, request: DecideRequest): Promise<Decided | DecideRefusal> {
  const { policy } = core;
  const placement = policy.placements.find(({ id }) => id === request.placement);
  if (placement === undefined) return 'unknown-placement';
  if (!placement.channels.includes(request.channel)) return 'channel-not-allowed';
  const subject = subjectInMemory(core, request.person) ?? (await subjectOf(core, request.person));
  // Another policy came into force meanwhile: it rules.
  if (core.policy !== policy) return decideOnce(core, request);
  const loaded = core.shelves.current();
  const asked = askedNow(core, request);
  const sight = see(core, subject, { request, placement, asked });
  const input = decisionInput(core, { request, placement, asked, sight, loaded });
  const result = decide({ input, placement, line: policy, ...loaded });
  return commit(core, { owner: subject.owner, input, result, seen: sight.seen });
}

interface Subject {
  /** Whose journal keeps the record. */
  readonly owner: Person;
  /** The person whose data may be asked for; `undefined` for nobody. */
  readonly person: Person | undefined;
  readonly joined: readonly Person[];
  readonly absent?: RefusalReason;
}

/** Somebody whom nothing has to be read for, which is nearly everybody who asks: no wait, no turn lost. */
function subjectInMemory({ people }: Core, id: PersonId | undefined): Subject | undefined {
  const cached = id === undefined ? undefined : people.cached(id);
  if (cached === undefined || cached.leaving || cached.links.length > 0 || people.roams(cached))
    return undefined;
  return { owner: cached, person: cached, joined: [] };
}

async function subjectOf(core: Core, id: PersonId | undefined): Promise<Subject> {
  const found = id === undefined ? undefined : await personOf(core, id);
  if (found !== undefined && found !== 'erased' && !found.leaving) {
    const joined = found.links.length === 0 ? [] : await joinedOf(core, found);
    if (!hasLeft(found)) return { owner: found, person: found, joined };
  }
  const nobody = core.nobody.id;
  const owner = core.people.cached(nobody) ?? (await core.people.getOrCreate([nobody])).get(nobody);
  if (owner === undefined || owner === 'erased') throw new Error('unreachable: nobody cannot be erased');
  return { owner, person: undefined, joined: [], absent: found === undefined ? 'no-such-person' : 'erased' };
}

async function personOf({ people }: Core, id: PersonId): Promise<Person | 'erased' | undefined> {
  const cached = people.cached(id);
  // Who is leaving by another engine's hand may be gone by now, or back.
  if (cached?.leaving !== false) return people.fresh(id);
  return people.roams(cached) ? (await people.caughtUp([id])).get(id) : cached;
}

/** Asked again after a wait, in which an erasure may have begun. */
function hasLeft({ leaving }: Person): boolean {
  return leaving;
}

/** The door, and what was shown before. Without a View not even that is looked at. */
function see(
  core: Core,
  { person, joined, absent }: Subject,
  { request, placement, asked }: Pick<InputParts, 'request' | 'placement' | 'asked'>,
): Sight {
  if (person === undefined) {
    const seen = seenOfNobody(permissionsOfStranger(core, asked), absent ?? 'no-such-person');
    return { seen, barred: seen.barred, shown: 0 };
  }
  const where = { placement, channel: request.channel };
  const seen = seeThroughDoor(
    core,
    { person, joined },
    { purpose: placement.purpose, asked, where, looks: looksOf(placement) },
  );
  if (seen.refused !== undefined) return { seen, barred: seen.barred, shown: 0 };
  const shown = { exposures: person.given, placement, nowMs: asked.nowMs };
  const { channel, campaign } = request;
  return {
    seen,
    barred: barShown(seen.barred, shown),
    shown: shownBefore(shown),
    contact: contactOn(core, { person, joined, seen, channel, campaign, asked }),
  };
}

/**
 * A next basket asks in what order things were bought, a next click what was looked at just now; all others
 * what was done.
 */
function looksOf({ strategy }: Placement): Looks {
  if (strategy === 'next-basket') return 'orders';
  return strategy === 'next-click' ? 'session' : 'facts';
}

interface Sight {
  readonly seen: Seen;
  readonly barred: DecisionInput['barred'];
  readonly shown: number;
  readonly contact?: Told;
}

interface InputParts {
  readonly request: DecideRequest;
  readonly placement: Placement;
  readonly asked: Asked;
  readonly sight: Sight;
  readonly loaded: Loaded;
}

function decisionInput(core: Core, { request, placement, asked, sight, loaded }: InputParts): DecisionInput {
  const { seen, barred, shown, contact } = sight;
  return {
    v: 1,
    placement: placement.id,
    purpose: placement.purpose,
    channel: request.channel,
    limit: request.limit,
    timeMs: asked.nowMs,
    policy: core.policy.version,
    pack: seen.pack,
    model: loaded.shelf.model.id,
    complements: loaded.shelf.complements.id,
    ...nextOn(loaded, placement),
    ...(loaded.shelf.joint === '' ? {} : { joint: loaded.shelf.joint }),
    catalogue: loaded.shelf.revision,
    ...(loaded.shelf.shadow === '' ? {} : { shadow: loaded.shelf.shadow }),
    seed: hex(core.world.entropy.bytes(16)),
    ...(seen.refused === undefined ? {} : { refused: seen.refused }),
    facts: seen.facts,
    context: contextFor(request.context, placement),
    ...(request.within === undefined ? {} : { within: request.within }),
    ...(seen.declared.length === 0 ? {} : { declared: seen.declared }),
    barred,
    shown,
    ...audienceSeen(core, placement, seen),
    ...(seen.language === undefined ? {} : { language: seen.language }),
    ...figuresOn(core, placement, seen.language),
    ...(request.campaign === undefined ? {} : { campaign: request.campaign }),
    ...contact,
    rules: RULES_NEWEST,
  };
}

/** Only where what comes next is asked for: all other records stay as they are. */
function nextOn(
  { shelf: { nextBasket, nextClick } }: Loaded,
  { strategy }: Placement,
): Pick<DecisionInput, 'nextBasket' | 'nextClick'> {
  if (strategy === 'next-basket' && nextBasket !== undefined) return { nextBasket: nextBasket.model.id };
  if (strategy === 'next-click' && nextClick !== undefined) return { nextClick: nextClick.model.id };
  return {};
}

function audienceSeen(core: Core, placement: Placement, { grounds }: Seen): Pick<DecisionInput, 'audience'> {
  const { audience: name, purpose } = placement;
  if (name === undefined || grounds === undefined) return {};
  return { audience: { name, size: core.audiences.sizeOf(core.policy, { name, purpose }), grounds } };
}

interface Made {
  readonly owner: Person;
  readonly input: DecisionInput;
  readonly result: DecisionResult;
  readonly seen: Seen;
}

function commit(core: Core, { owner, input, result, seen }: Made): Decided {
  const { world, config } = core;
  const seq = owner.nextSeq;
  const decision = core.names.name({ person: owner.key, seq }, world.entropy.bytes(12));
  const record: DecisionRecord = {
    decision,
    input,
    result: keptOf(result),
    reads: seen.reads,
    consentSeq: owner.chain.seq,
  };
  const plain = world.crypto.utf8(decisionRecordText(record));
  const salt = decisionSalt(dayKeyOf(owner, input.timeMs), seq);
  const commitment = decisionCommitment(salt, world.crypto.sha256(plain));
  const { trials } = owner;
  if (owner.id !== core.nobody.id) {
    foldDecision(owner, record);
    core.campaigns.decided(record, owner.key, seen.standing === 'customer');
  }
  if (owner.trials !== trials) countWeeks(core, owner);
  addToDigest(owner, { seq, timeMs: input.timeMs, commitment });
  core.digests.add(owner);
  const kept = core.witness.keep({
    person: owner,
    entry: { kind: 'decision', record },
    plain,
    keepDays: config.replayDays,
    nowMs: input.timeMs,
    commitment,
  });
  const tally = tallyOf(core.tallies, input.placement);
  tally.decisions += 1;
  if (result.nothing !== undefined) tally.nothing += 1;
  return { decision, result, record, receipt: () => kept.receipt() };
}
