// The stages put together for one decision, as the engine does it (engine/deciding.ts, viewing.ts, seen.ts):
// permissions, door, weights, bars, caps, decision, answer. What the engine keeps between two decisions is
// kept here as well, as long as nothing has changed, because that is where an old answer could slip through.

import type { AdmittedEvent } from '../../src/facts/event.ts';
import type { Barred, DecidedItem, DecisionInput, DecisionResult } from '../../src/facts/decision.ts';
import type { DecisionId, ItemId } from '../../src/facts/ids.ts';
import type { Refusal } from '../../src/facts/refusal.ts';
import type { PlainReason } from '../../src/deliver/slot.ts';
import { type Arrival, type Case, SOURCES } from './case.ts';
import type { Pulls } from './oracle-things.ts';
import { type Loaded, type Seen, inputOf } from './subject-input.ts';
import { NOTHING_SEEN, loaderOf, look, permitterOf } from './subject-look.ts';
import type { Stages } from './stages.ts';

/** All that came of one decision, in plain lists. */
export interface Answer {
  readonly pulls: Pulls;
  readonly reads: readonly string[];
  /** Keys of the facts that the decision was given. */
  readonly scored: readonly string[];
  readonly barred: readonly Barred[];
  readonly items: readonly ItemId[];
  readonly nothing: string | undefined;
  readonly propensity: number;
  readonly subject: string | undefined;
  /** Keys of facts that are named as reasons. */
  readonly reasons: readonly string[];
  /** For each reason the thing behind it: that of the fact, or that of the context. */
  readonly because: readonly Because[];
  readonly shown: readonly {
    readonly item: ItemId;
    readonly score: number;
    readonly reasons: readonly number[];
    readonly told: readonly string[];
    /** What the shop added. */
    readonly favour: number;
  }[];
  /** What a page is handed. */
  readonly page: {
    readonly items: readonly { readonly item: string; readonly reasons: readonly object[] }[];
  };
  readonly held: number;
}

interface Because {
  readonly item: ItemId;
  readonly kind: 'fact' | 'repeat' | 'context';
  readonly because: ItemId;
}

export interface Subject {
  answer(one: Case): Answer;
  admit(one: Case, arrival: Arrival): AdmittedEvent | Refusal;
}

export function createSubject(stages: Stages): Subject {
  const load = loaderOf(stages);
  const permissionsOf = permitterOf(stages);
  let kept: { readonly of: readonly unknown[]; readonly seen: Seen } | undefined;

  /** As of a moment ago, when nothing is different that the door looks at. */
  function see(one: Case, loaded: Loaded): Seen {
    const { lives, declared, policy, shop, ask } = one;
    if (ask.nobody) return { ...NOTHING_SEEN, refused: 'no-such-person' };
    const { placement, channel, gpc, place, nowMs } = ask;
    const isAlone = stages.context.isAloneAt({ placement, channel, line: policy });
    const of = [lives, declared, policy, shop, placement, isAlone, gpc, place, nowMs];
    if (kept?.of.every((value, at) => value === of[at]) === true) return kept.seen;
    kept = { of, seen: look(stages, { one, loaded, permissionsOf }) };
    return kept.seen;
  }

  return {
    answer: (one) => {
      const loaded = load(one);
      const seen = see(one, loaded);
      const input = inputOf(stages, { one, seen, loaded });
      const { placement } = one.ask;
      const { shelf, scratch } = loaded;
      const result = stages.decide.decide({ input, placement, line: one.policy, shelf, scratch });
      return answerOf(stages, { input, result, seen, pulls: loaded.pulls });
    },
    admit: (one, { event, notAfterMs }) =>
      stages.admit.admit({
        event,
        source: SOURCES.find(({ id }) => id === event.source),
        permissions: permissionsOf(one.lives[0], one),
        notAfterMs,
      }),
  };
}

interface Made {
  readonly input: DecisionInput;
  readonly result: DecisionResult;
  readonly seen: Seen;
  readonly pulls: Pulls;
}

function answerOf({ decision, slot }: Stages, { input, result, seen, pulls }: Made): Answer {
  const thingOf = new Map(input.facts.map(({ key, item }) => [key, item]));
  const items = decision.explained(result);
  const { items: slots, ...rest } = slot.slot('a-decision' as DecisionId, result);
  const page = { ...rest, items: slots.map(slot.plainItem) };
  return {
    pulls,
    reads: seen.reads,
    scored: input.facts.map(({ key }) => key),
    barred: input.barred,
    items: result.items.map(({ item }) => item),
    nothing: result.nothing,
    propensity: result.propensity,
    subject: page.subject,
    reasons: items.flatMap(({ contributions }) =>
      contributions.filter(({ kind }) => kind === 'fact' || kind === 'repeat').map(({ of }) => of),
    ),
    because: items.flatMap((item) => behindOf(item, thingOf)),
    shown: items.map(({ item, score, contributions }, at) => ({
      item,
      score,
      reasons: contributions.map(({ value }) => value),
      told: (page.items[at]?.reasons ?? []).map(worded),
      favour: contributions.find(({ kind }) => kind === 'merchandising')?.value ?? 0,
    })),
    page,
    held: result.held.length,
  };
}

function behindOf(
  { item, contributions }: DecidedItem,
  thingOf: ReadonlyMap<string, ItemId>,
): Answer['because'] {
  return contributions.flatMap(({ kind, of }) => {
    if (kind === 'prior' || kind === 'merchandising') return [];
    const because = kind === 'context' ? (of as ItemId) : thingOf.get(of);
    return because === undefined ? [] : [{ item, kind, because }];
  });
}

function worded({ kind, did, item }: PlainReason): string {
  return [kind, did, item].filter((word) => word !== undefined).join(' ');
}
