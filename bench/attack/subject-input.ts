// What one decision is told, as the engine puts it together (engine/deciding.ts, contacting.ts).

import type { Exposure } from '../../src/decide/caps.ts';
import type { Answers } from '../../src/decide/pressure.ts';
import type { Scratch } from '../../src/decide/score.ts';
import type { Shelf } from '../../src/decide/shelf.ts';
import type { Grounds } from '../../src/facts/audience.ts';
import { type Barred, type DecisionInput, RULES_NEWEST } from '../../src/facts/decision.ts';
import type { ClassName } from '../../src/facts/item.ts';
import type { RefusalReason } from '../../src/facts/refusal.ts';
import type { Case, Shop } from './case.ts';
import type { Pulls } from './oracle-things.ts';
import type { Stages } from './stages.ts';

export interface Loaded {
  readonly shop: Shop;
  readonly shelf: Shelf;
  readonly scratch: Scratch;
  readonly pulls: Pulls;
  readonly complements?: string;
  readonly listed: ReadonlySet<string>;
}

export interface Seen {
  readonly refused?: RefusalReason;
  readonly facts: DecisionInput['facts'];
  readonly barred: readonly Barred[];
  readonly reads: readonly string[];
  readonly answers: Answers;
  readonly declared: readonly ClassName[];
  readonly grounds?: readonly Grounds[];
  readonly language?: string;
}

interface InputParts {
  readonly one: Case;
  readonly seen: Seen;
  readonly loaded: Loaded;
}

export function inputOf(stages: Stages, { one, seen, loaded }: InputParts): DecisionInput {
  const { caps } = stages;
  const { ask, given } = one;
  const { placement, nowMs } = ask;
  const shown = { exposures: given as Exposure[], placement, nowMs };
  const isSeen = seen.refused === undefined;
  return {
    v: 1,
    placement: placement.id,
    purpose: placement.purpose,
    channel: ask.channel,
    limit: ask.limit,
    timeMs: nowMs,
    policy: 'drawn',
    pack: 'EU@2026-07-25',
    model: loaded.shelf.model.id,
    ...(loaded.complements === undefined ? {} : { complements: loaded.complements }),
    ...nextOn(loaded, placement.strategy),
    catalogue: loaded.shelf.revision,
    ...(one.shop.shaded ? { shadow: 'drawn' } : {}),
    seed: ask.seed,
    ...(seen.refused === undefined ? {} : { refused: seen.refused }),
    facts: seen.facts,
    context: stages.nextClick.contextFor(ask.context, placement),
    ...(ask.within === undefined ? {} : { within: ask.within }),
    ...(seen.declared.length === 0 ? {} : { declared: seen.declared }),
    barred: isSeen ? caps.barShown(seen.barred, shown) : seen.barred,
    shown: isSeen ? caps.shownBefore(shown) : 0,
    ...(placement.audience === undefined || seen.grounds === undefined
      ? {}
      : { audience: { name: placement.audience, size: ask.audienceSize, grounds: seen.grounds } }),
    ...(seen.language === undefined ? {} : { language: seen.language }),
    ...(ask.campaign === undefined ? {} : { campaign: ask.campaign }),
    ...(isSeen ? pressureOn(stages, { one, seen, loaded }) : {}),
    rules: RULES_NEWEST,
  };
}

/** Named where it is asked for alone. */
function nextOn(
  { shelf: { nextBasket, nextClick } }: Loaded,
  strategy: Case['ask']['placement']['strategy'],
): Pick<DecisionInput, 'nextBasket' | 'nextClick'> {
  if (strategy === 'next-basket' && nextBasket !== undefined) return { nextBasket: nextBasket.model.id };
  if (strategy === 'next-click' && nextClick !== undefined) return { nextClick: nextClick.model.id };
  return {};
}

function pressureOn(
  { pressure, shelf }: Stages,
  { one, seen, loaded }: InputParts,
): Pick<DecisionInput, 'pressure'> {
  const { ask, given, policy, forgottenMs } = one;
  if (policy.contact === undefined) return {};
  const found = pressure.pressureOf(policy.contact, {
    own: given,
    joined: one.givenOthers,
    forgottenMs,
    answers: seen.answers,
    stopped: new Map(ask.stopped.map((state) => [state, 0])),
    channel: ask.channel,
    campaign: ask.campaign,
    nowMs: ask.nowMs,
    localMinutes: () => ask.localMinutes,
    leafOf: (item) => shelf.leafOn(loaded.shelf, item),
  });
  return { pressure: found };
}
