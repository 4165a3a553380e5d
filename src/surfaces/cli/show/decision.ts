// A decision in full: the list, the share of each fact in numbers that add up, what would change without one,
// what was held back.

import type { Io } from '../io.ts';
import { bar, count, cut, fitTo, padEnd, padStart, widthOf, wrap } from '../layout.ts';
import type { Told, ToldContribution, ToldItem } from './told.ts';
import { factWords, guardWords, nothingWords, repeatWords } from './words.ts';

/**
 * Scores are whole multiples of 2^-30 (kernel/fixed.ts): counted in that unit they add up to the last digit.
 */
const UNITS = 2 ** 30;
const BAR_WIDTH = 16;
/** Rows of shares per item; what is smaller is added up in one row. */
const SHARES_MAX = 5;
const HELD_MAX = 8;

export type TitleOf = (item: string) => string;

/** The list, with its scores. */
export function listText(told: Told, io: Pick<Io, 'width' | 'style'>): string {
  const { width, style } = io;
  if (told.items.length === 0) {
    return wrap(`Nothing: ${nothingWords(told.nothing ?? '')}. An empty slot is an answer.`, {
      width,
      indent: '  ',
    });
  }
  const rows = told.items.map(({ item, title, score }, index) => {
    const name = fitTo(title ?? item, width - 18);
    return `  ${padStart(String(index + 1), 2)}  ${style.bold(name)}  ${score.toFixed(6)}`;
  });
  return `${rows.join('\n')}\n`;
}

/** For whom the slot was, with the facts that spoke for it, and what stood above the message. */
export function addressedText(
  { audience, subject }: Told,
  titleOf: TitleOf,
  { width }: Pick<Io, 'width'>,
): string {
  const above = subject === undefined ? '' : wrap(`Subject: ${subject}`, { width, indent: '  ' });
  if (audience === undefined) return above;
  const facts = audience.conditions.flatMap((one) => one.facts).map((key) => factWords(key, titleOf));
  const known = facts.length === 0 ? 'nothing that is known of the person' : facts.join('; ');
  return above + wrap(`For the audience ${audience.name}. Looked at: ${known}.`, { width, indent: '  ' });
}

/** For each item the addends of its score, greatest first, and their sum. */
export function sharesText(told: Told, titleOf: TitleOf, io: Pick<Io, 'width' | 'style'>): string {
  const shares = told.items.map((item, index) => itemShares(item, index, titleOf, io)).join('');
  const isJoint = told.items.some(({ contributions }) => contributions.some(({ joint }) => joint === true));
  if (!isJoint || told.learnedWith === undefined) return shares;
  const others = `Learned together with ${told.learnedWith.join(', ')}, where people here were too few.`;
  return shares + wrap(others, { width: io.width, indent: '  ' });
}

function itemShares(
  item: ToldItem,
  index: number,
  titleOf: TitleOf,
  { width, style }: Pick<Io, 'width' | 'style'>,
): string {
  const addends = item.contributions.toSorted((a, b) => b.value - a.value);
  const shown = addends.slice(0, addends.length > SHARES_MAX + 1 ? SHARES_MAX : addends.length);
  const rest = addends.slice(shown.length);
  const rows: { readonly words: string; readonly value: number }[] = shown.map((of) => ({
    words: contributionWords(of, titleOf),
    value: of.value,
  }));
  if (rest.length > 0) rows.push({ words: `${rest.length} more`, value: sum(rest) });
  const units = rows.map(({ value }) => count(value * UNITS));
  const total = count(item.score * UNITS);
  const unitWidth = Math.max(total.length, ...units.map((text) => text.length));
  const lines = rows.map(({ words, value }, at) => {
    const share = item.score === 0 ? 0 : value / item.score;
    const head =
      `      ${style.cyan(padEnd(bar(share, BAR_WIDTH), BAR_WIDTH))} ` +
      `${padStart((share * 100).toFixed(1), 5)} %  ${padStart(units[at] ?? '', unitWidth)}`;
    return `${head}  ${cut(words, width - widthOf(head) - 2)}`;
  });
  const isExact = sum(addends) === item.score;
  const mark = isExact ? style.green('✓ = the score, exactly') : style.red('✗ not the score');
  const placed = item.pinned === true ? ['      placed here by the shop'] : [];
  return [
    `  ${padStart(String(index + 1), 2)}  ${style.bold(cut(item.title ?? item.item, width - 8))}`,
    ...placed,
    ...lines,
    `      ${' '.repeat(BAR_WIDTH)} 100.0 %  ${padStart(total, unitWidth)}  ${mark}`,
    '',
  ].join('\n');
}

function sum(addends: readonly ToldContribution[]): number {
  return addends.reduce((total, { value }) => total + value, 0);
}

function contributionWords({ kind, of, joint }: ToldContribution, titleOf: TitleOf): string {
  const by = joint === true ? ' (learned together)' : '';
  if (kind === 'fact') return `${factWords(of, titleOf)}${by}`;
  if (kind === 'repeat') return repeatWords(of);
  if (kind === 'context') return `looking at ${titleOf(of)}${by}`;
  return kind === 'merchandising' ? 'the shop favours it' : 'liked by many';
}

/** What would be in the list, and what not, if the strongest fact were not known. */
export function withoutText(told: Told, titleOf: TitleOf, io: Pick<Io, 'width'>): string {
  const totals = new Map<string, number>();
  for (const { contributions } of told.items) {
    for (const { kind, of, value } of contributions)
      if (kind === 'fact' || kind === 'repeat') totals.set(of, (totals.get(of) ?? 0) + value);
  }
  const [strongest] = [...totals].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const options = { width: io.width, indent: '  ' };
  if (strongest === undefined) return wrap('No fact about the person went into this list.', options);
  const change = told.without.find(({ fact }) => fact === strongest[0]);
  const words = factWords(strongest[0], titleOf);
  if (change === undefined || (change.gone.length === 0 && change.instead.length === 0)) {
    return wrap(`Without “${words}” the same things would be shown, with other scores.`, options);
  }
  const list = (items: readonly string[]): string =>
    items.length === 0 ? 'nothing' : items.map((item) => `“${titleOf(item)}”`).join(', ');
  return wrap(
    `Without “${words}” these would not be there: ${list(change.gone)}.\n` +
      `Instead: ${list(change.instead)}.`,
    options,
  );
}

/** For the person alone; the operator sees it in the demo of a made-up or public shop, and is told so. */
export function heldText(told: Told, io: Pick<Io, 'width'>): string {
  const held = told.held ?? [];
  if (held.length === 0) return '  Nothing that would have ranked was held back.\n';
  const lines = held.slice(0, HELD_MAX).map(({ item, title, guard, number }) => {
    const words = guardWords(guard, number);
    return `  ${fitTo(title ?? item, Math.max(20, io.width - 44))}  ${cut(words, 40)}`;
  });
  if (held.length > HELD_MAX) lines.push(`  and ${held.length - HELD_MAX} more`);
  return `${lines.join('\n')}\n`;
}
