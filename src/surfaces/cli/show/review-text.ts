// What is to be looked at in the catalogue, and why a thing has its class, in words.

import type { ReviewTold, ThingTold } from '../../../engine/review-told.ts';
import type { Evidence } from '../../../facts/evidence.ts';
import type { Unmapped } from '../../../facts/item.ts';
import type { Io } from '../io.ts';
import { count, counted, wrap } from '../layout.ts';

type Page = Pick<Io, 'width' | 'style'>;

const WHY: Readonly<Record<Unmapped, string>> = {
  'no-word': 'no word that a list could know',
  script: 'a script without a list',
  language: 'a language without a list',
};

const RULE: Readonly<Record<ReviewTold['rule'], string>> = {
  show: 'Until then they are shown and learned from like things of no class (sensitive.unmapped: show).',
  hold: 'Until then nobody is shown them and nothing is learned from them (sensitive.unmapped: hold).',
};

export function reviewText(told: ReviewTold, { width, style }: Page): string {
  const { things, classed, unmapped, reviewed, paths, pathsTotal, items, itemsTotal } = told;
  const looked = reviewed === 0 ? '' : `, ${count(reviewed)} looked at and of none`;
  const head =
    `${counted(things, 'thing')} in the catalogue: ${count(classed)} of a sensitive class${looked}, ` +
    `${count(unmapped)} that nobody can tell.`;
  if (unmapped === 0) return wrap(head, { width });
  const rows = paths.map(({ path, things: held, why, examples }) =>
    [
      wrap(`${style.bold(path)}: ${counted(held, 'thing')}, ${WHY[why]}`, { width, indent: '  ' }),
      wrap(examples.map((title) => `“${title}”`).join(', '), { width, indent: '      ' }),
    ].join(''),
  );
  const alone = items.map(({ item, title, why }) =>
    wrap(`${item}  “${title}”, ${WHY[why]}`, { width, indent: '      ', first: '  ' }),
  );
  return [
    wrap(head, { width }),
    wrap(RULE[told.rule], { width }),
    ...(rows.length === 0 ? [] : [`\n${style.bold('Categories')}\n`, ...rows]),
    ...moreText(pathsTotal - paths.length, width),
    ...(alone.length === 0 ? [] : [`\n${style.bold('Things without a category')}\n`, ...alone]),
    ...moreText(itemsTotal - items.length, width),
    '\n',
    wrap('Settle each in the policy file: sensitive.add when it is of a class, sensitive.reviewed if not.', {
      width,
    }),
  ].join('');
}

function moreText(more: number, width: number): readonly string[] {
  return more > 0 ? [wrap(`and ${count(more)} more`, { width, indent: '  ' })] : [];
}

export function thingText(told: ThingTold, { width }: Page): string {
  const { item, title, path, category, found, unmapped, reviewed } = told;
  const where = [path, category ?? ''].filter((text) => text !== '').join(', ');
  const lines = [
    `${item}  “${title}”${where === '' ? '' : `, ${where}`}`,
    told.class === undefined ? 'Of no sensitive class.' : `Of the class ${told.class}.`,
    ...(found === undefined ? [] : [`The catalogue found ${found.class}: ${evidenceText(found)}.`]),
    ...(found === undefined || found.class === told.class ? [] : ['The policy says otherwise.']),
    ...(found === undefined && told.class !== undefined ? ['The policy adds it.'] : []),
    ...(unmapped === undefined ? [] : [`Nobody can tell: ${WHY[unmapped]}.`]),
    ...(reviewed ? ['Somebody looked at it and found no class (sensitive.reviewed).'] : []),
  ];
  return lines.map((text) => wrap(text, { width })).join('');
}

const BY: Readonly<Record<Evidence['by'], string>> = {
  label: 'by the shop’s label',
  number: 'by the number of its category,',
  category: 'in its category',
  title: 'in its title',
  tag: 'in a tag',
  'age-group': 'by the age group of the feed,',
  adult: 'by the mark of the feed,',
  kept: 'by a label or a mark when it came in,',
};

function evidenceText({ by, text, word, language }: Evidence): string {
  const said = word === undefined ? '' : `, the word “${word}” of the list ${language ?? ''}`;
  return `${BY[by]} “${text}”${said}`;
}
