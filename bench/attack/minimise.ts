// A case that breaks a rule, made as small as it gets: whatever can go without mending it goes. What is left
// is what the fault is about.

import type { ItemId } from '../../src/facts/ids.ts';
import type { Case, DrawnPolicy, Life, NextLearned, Pull, Shop } from './case.ts';
import { judge } from './oracle.ts';
import type { RuleName } from './rules.ts';
import type { Subject } from './subject.ts';

/** Decisions spent on one case: some seconds. */
const TRIES_MAX = 20_000;

/** Whether the case breaks the rule by itself, without anything that was decided before it. */
export function breaksAlone(subject: Subject, one: Case, rule: RuleName): boolean {
  let broken = false;
  const verdict = {
    concerns: () => undefined,
    breaks: (name: RuleName) => {
      broken ||= name === rule;
    },
  };
  try {
    judge(one, subject.answer(one), verdict);
  } catch {
    // A case that lost what it needs is no smaller case of the same fault.
    return false;
  }
  return broken;
}

export function minimise(subject: Subject, one: Case, rule: RuleName): Case {
  let least = one;
  let tries = 0;
  for (let smaller = true; smaller && tries < TRIES_MAX;) {
    smaller = false;
    for (const next of smallerCases(least)) {
      tries += 1;
      if (tries > TRIES_MAX) break;
      if (!breaksAlone(subject, next, rule)) continue;
      least = next;
      smaller = true;
      break;
    }
  }
  return least;
}

function* smallerCases(one: Case): Generator<Case> {
  const { ask, lives, policy, shop } = one;
  const [first, ...others] = lives;
  if (others.length > 0) yield { ...one, lives: [first], givenOthers: [] };
  for (const givenOthers of without(one.givenOthers)) yield { ...one, givenOthers };
  if (policy.placements.length > 1) yield { ...one, policy: { ...policy, placements: [ask.placement] } };
  for (const given of without(one.given)) yield { ...one, given };
  for (const [at, life] of lives.entries()) {
    for (const next of smallerLives(life)) {
      const changed = lives.map((other, place) => (place === at ? next : other));
      yield { ...one, lives: changed as unknown as Case['lives'] };
    }
  }
  if (ask.within !== undefined) {
    const { within: _all, ...whole } = ask;
    yield { ...one, ask: whole };
  }
  for (const context of without(ask.context)) yield { ...one, ask: { ...ask, context } };
  for (const next of smallerPolicies(policy)) yield { ...one, policy: next };
  for (const next of smallerShops(shop)) yield { ...one, shop: next };
  for (const declared of without(one.declared)) yield { ...one, declared };
  if (ask.campaign !== undefined) yield { ...one, ask: { ...ask, campaign: undefined } };
  if (ask.gpc) yield { ...one, ask: { ...ask, gpc: false } };
  if (ask.place !== undefined) yield { ...one, ask: { ...ask, place: undefined } };
}

function* smallerLives(life: Life): Generator<Life> {
  for (const facts of without(life.facts)) yield { ...life, facts };
  for (const said of without(life.said)) yield { ...life, said };
  for (const [at, one] of life.said.entries()) {
    for (const changes of without(one.changes)) {
      if (changes.length > 0) yield { ...life, said: life.said.with(at, { ...one, changes }) };
    }
  }
  for (const looks of without(life.looks)) yield { ...life, looks };
  for (const kept of without(Object.entries(life.boughtAt)))
    yield { ...life, boughtAt: Object.fromEntries(kept) };
  for (const setAside of without(life.setAside)) yield { ...life, setAside };
  if (life.age !== undefined) yield { ...life, age: undefined };
}

function* smallerPolicies(policy: DrawnPolicy): Generator<DrawnPolicy> {
  const { channels, contact, purposes, sensitive, ...rest } = policy;
  const parts = {
    ...(channels === undefined ? {} : { channels }),
    ...(contact === undefined ? {} : { contact }),
    ...(purposes === undefined ? {} : { purposes }),
    ...(sensitive === undefined ? {} : { sensitive }),
  };
  for (const name of Object.keys(parts)) {
    const left = Object.entries(parts).filter(([other]) => other !== name);
    yield { ...rest, ...Object.fromEntries(left) };
  }
  if (sensitive === undefined) return;
  for (const add of without(sensitive.add)) yield { ...policy, sensitive: { ...sensitive, add } };
  for (const except of without(sensitive.except)) yield { ...policy, sensitive: { ...sensitive, except } };
}

function* smallerShops({ shaded, things, learned }: Shop): Generator<Shop> {
  for (const fewer of without(things)) {
    const ids = new Set<string>(fewer.map(({ id }) => id));
    yield { shaded, things: fewer, learned: among(learned, ids) };
  }
  if (learned.kind === 'baskets') return;
  for (const pulls of without(learned.pulls)) yield { shaded, things, learned: { ...learned, pulls } };
  for (const name of ['nextBasket', 'nextClick'] as const) {
    const next = learned[name];
    if (next === undefined) continue;
    for (const pulls of without(next.pulls))
      yield { shaded, things, learned: { ...learned, [name]: { ...next, pulls } } };
  }
}

function among(learned: Shop['learned'], ids: ReadonlySet<string>): Shop['learned'] {
  if (learned.kind === 'baskets')
    return { ...learned, baskets: learned.baskets.map((basket) => basket.filter((id) => ids.has(id))) };
  const { complements, nextBasket, nextClick } = learned;
  const known = (list: readonly ItemId[]): readonly ItemId[] => list.filter((id) => ids.has(id));
  const pairs = (list: readonly Pull[]): readonly Pull[] =>
    list.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const fewer = <T extends Pick<NextLearned, 'pulls' | 'priors'>>(one: T): T => ({
    ...one,
    pulls: pairs(one.pulls),
    priors: Object.fromEntries(Object.entries(one.priors).filter(([id]) => ids.has(id))),
  });
  return {
    ...fewer(learned),
    known: known(learned.known),
    ...(complements === undefined ? {} : { complements: pairs(complements) }),
    ...(nextBasket === undefined ? {} : { nextBasket: fewer(nextBasket) }),
    ...(nextClick === undefined ? {} : { nextClick: { ...fewer(nextClick), known: known(nextClick.known) } }),
  };
}

/** The list without its first half, without its second, then without each quarter, down to single ones. */
function* without<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let size = list.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < list.length; from += size)
      yield [...list.slice(0, from), ...list.slice(from + size)];
  }
}
