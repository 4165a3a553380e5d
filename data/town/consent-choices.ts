// What townspeople answer to the consent notice. Most say yes to what helps them, some to a part, some to
// nothing; nobody's answer depends on their tastes, so that people who refuse are like people who agree.

import { unreachable } from '../../src/kernel/assert.ts';
import type { Random } from '../../src/kernel/random.ts';
import { pickWeighted } from './pick.ts';
import {
  type ConsentChoice,
  TOWN_CLASSES,
  type TownCategory,
  type TownClass,
  type TownGrant,
  type TownPurpose,
} from './types.ts';

/** Shares of answers: 72 % full at first (6 of them change their minds later), 4 % full but late. */
export const CONSENT_SHARES: Readonly<Record<ConsentChoice, number>> = {
  full: 0.66,
  changed: 0.06,
  late: 0.04,
  partial: 0.12,
  refused: 0.09,
  unseen: 0.03,
};

const ASKED_CATEGORIES: readonly TownCategory[] = ['purchases', 'browsing', 'basket', 'interactions'];
const ASKED_PURPOSES: readonly TownPurpose[] = ['recommend', 'improve', 'measure'];

/**
 * The whole notice, answered with one word. Answers are shared, not copied: a million people give the same
 * few.
 */
export function answerAll(state: TownGrant['state']): readonly TownGrant[] {
  return ANSWERS[state];
}

function answer(
  stateOf: (category: TownCategory, purpose: TownPurpose) => TownGrant['state'],
): readonly TownGrant[] {
  return ASKED_CATEGORIES.flatMap((category) =>
    ASKED_PURPOSES.map((purpose) => ({ category, purpose, state: stateOf(category, purpose) })),
  );
}

const ANSWERS: Readonly<Record<TownGrant['state'], readonly TownGrant[]>> = {
  given: answer(() => 'given'),
  refused: answer(() => 'refused'),
  withdrawn: answer(() => 'withdrawn'),
};

/** Ways to agree in part: what is not said here is refused. */
const PARTS: readonly (readonly TownGrant[])[] = [
  answer((category, purpose) => (category === 'purchases' && purpose === 'recommend' ? 'given' : 'refused')),
  answer((_, purpose) => (purpose === 'recommend' ? 'given' : 'refused')),
  answer((category) => (category === 'purchases' ? 'given' : 'refused')),
  answer((category, purpose) => (category === 'purchases' && purpose !== 'recommend' ? 'given' : 'refused')),
];

interface Extra {
  readonly chance: number;
  readonly grants: readonly TownGrant[];
}

/** What some of those who agree tick as well. */
const EXTRAS: readonly Extra[] = [
  extra(0.4, ['declared', 'demographics', 'location'], 'recommend'),
  extra(0.3, ['messages', 'purchases'], 'contact'),
  extra(0.25, ['purchases'], 'benefit'),
  extra(0.15, ['purchases', 'browsing'], 'advertise'),
];

function extra(chance: number, categories: readonly TownCategory[], purpose: TownPurpose): Extra {
  return { chance, grants: categories.map((category) => ({ category, purpose, state: 'given' })) };
}

/** Share of those who agree to the usual who also let it be looked for what betrays sensitive things. */
const VOLUNTEER_RATE = 0.8;
const VOLUNTEERS: readonly TownGrant[] = [{ category: 'purchases', purpose: 'guard', state: 'given' }];

/** With what volunteers allow besides, of those who agree and stay with it. */
export function withGuard(random: Random, { choice, grants }: Answer): readonly TownGrant[] {
  const agrees = choice === 'full' || choice === 'late';
  return agrees && random.unit() < VOLUNTEER_RATE ? [...grants, ...VOLUNTEERS] : grants;
}

/**
 * Shares of those who agree to the usual who also want things of a class: of its members, and of everybody
 * else, who may be a grandmother looking for a pram.
 */
const OPENING_RATES = { member: 0.25, other: 0.005 } as const;

export function drawOpened(
  random: Random,
  { choice, classes }: { readonly choice: ConsentChoice; readonly classes: readonly TownClass[] },
): readonly TownClass[] {
  if (choice !== 'full' && choice !== 'late') return [];
  return TOWN_CLASSES.filter(
    (name) => random.unit() < OPENING_RATES[classes.includes(name) ? 'member' : 'other'],
  );
}

/** To be shown things of these classes on their own screen, and to have them learned from. */
export function openingGrants(opens: readonly TownClass[]): readonly TownGrant[] {
  return opens.flatMap((name) =>
    (['recommend', 'improve'] as const).map((purpose): TownGrant => ({
      category: `class:${name}`,
      purpose,
      state: 'given',
    })),
  );
}

/** What the owner of a connected appliance agrees to when it is set up, on a notice of its own. */
export const DEVICE_GRANTS: readonly TownGrant[] = [
  { category: 'devices', purpose: 'contact', state: 'given' },
];

const CHOICES: readonly ConsentChoice[] = ['full', 'changed', 'late', 'partial', 'refused', 'unseen'];

export interface Answer {
  readonly choice: ConsentChoice;
  /** Of the first answer; empty for those who never answer. */
  readonly grants: readonly TownGrant[];
}

/** How one person answers. */
export function drawConsent(random: Random): Answer {
  const choice = pickWeighted(random, CHOICES, (one) => CONSENT_SHARES[one]);
  switch (choice) {
    case 'unseen':
      return { choice, grants: [] };
    case 'refused':
      return { choice, grants: answerAll('refused') };
    case 'partial':
      return { choice, grants: PARTS[random.below(PARTS.length)] ?? [] };
    case 'full':
    case 'changed':
    case 'late': {
      const extras = EXTRAS.filter(({ chance }) => random.unit() < chance);
      if (extras.length === 0) return { choice, grants: answerAll('given') };
      return { choice, grants: [...answerAll('given'), ...extras.flatMap(({ grants }) => grants)] };
    }
    default:
      return unreachable(choice);
  }
}
