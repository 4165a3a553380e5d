// The demo's decision as text, in the order in which one would ask: what is known, what comes of it, why,
// what else.

import type { Io } from '../io.ts';
import { wrap } from '../layout.ts';
import { type TitleOf, heldText, listText, sharesText, withoutText } from './decision.ts';
import { type KnownFact, factsText } from './facts.ts';
import type { Told } from './told.ts';

export interface DemoDecision {
  readonly person: string;
  readonly facts: readonly KnownFact[];
  readonly told: Told;
  readonly titleOf: TitleOf;
}

export function ruleText({ style, width }: Pick<Io, 'style' | 'width'>): string {
  return `${style.dim('─'.repeat(width))}\n`;
}

export function titleText(text: string, { style }: Pick<Io, 'style'>): string {
  return `\n${style.bold(text)}\n`;
}

const WHY = 'Why: each score is the sum of its parts, counted in units of 2⁻³⁰';

export function decisionText(
  { person, facts, told, titleOf }: DemoDecision,
  io: Pick<Io, 'style' | 'width'>,
): string {
  const { style, width } = io;
  const { placement, channel, purpose, made } = told;
  const head = `One decision in full: ${person}, placement “${placement}”, channel ${channel}`;
  const law = `Purpose ${purpose}, from the settings, never from the caller. Law: ${made.pack}.`;
  const note =
    `Shown here because this is the operator’s demo. In service only ${person} is told, ` +
    'after sign-in; a page, a mail or a till never is.';
  return [
    `\n${ruleText(io)}${style.bold(head)}\n${wrap(law, { width })}`,
    titleText(`What is known of ${person}`, io) + factsText(facts, purpose, io),
    titleText('What is shown', io) + listText(told, io) + lotText(told, width),
    titleText(WHY, io) + sharesText(told, titleOf, io),
    titleText('Without the strongest fact', io) + withoutText(told, titleOf, io),
    titleText('What the line held back', io) + heldText(told, io),
    style.dim(wrap(note, { width, indent: '  ' })),
  ].join('');
}

/** A list this unlikely has a drawn place in it. */
const DRAWN_BELOW = 0.5;

function lotText({ propensity }: Told, width: number): string {
  if (propensity >= DRAWN_BELOW) return '';
  const text =
    'The last place was drawn by lot, as in one decision of twenty, so that the choice can be measured ' +
    `(probability of this list: ${propensity.toFixed(4)}).`;
  return wrap(text, { width, indent: '  ' });
}
