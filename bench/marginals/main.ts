// node bench/marginals/main.ts [--people 20000]: the margins of the town beside those of two real shops.

import { parseArgs } from 'node:util';
import { onlineRetailBaskets, taFengBaskets, townBaskets } from './load.ts';
import { type Marginals, type Spread, marginalsOf } from './measure.ts';

const { values } = parseArgs({ options: { people: { type: 'string', default: '2000' } } });

const SHOPS: readonly (readonly [string, Marginals])[] = [
  ['the town', marginalsOf(townBaskets(Number(values.people)))],
  ['Online Retail', marginalsOf(onlineRetailBaskets())],
  ['Ta-Feng', marginalsOf(taFengBaskets())],
];

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const spread = (one: Spread | undefined): string =>
  one === undefined ? '–' : [one.mean, one.median, one.p90].map((value) => value.toFixed(1)).join(' / ');

const ROWS: readonly (readonly [string, (one: Marginals) => string])[] = [
  ['people', ({ people }) => String(people)],
  ['things', ({ items }) => String(items)],
  ['baskets', ({ baskets }) => String(baskets)],
  ['baskets a person, mean / median / p90', (one) => spread(one.basketsPerPerson)],
  ['things in a basket, mean / median / p90', (one) => spread(one.basketSize)],
  ['bought before, of a later basket', (one) => percent(one.repeatShare)],
  ['people who come back', (one) => percent(one.returningShare)],
  ['share of the top 1 % of things', (one) => percent(one.topPercentShare)],
  ['share of the top 10 % of things', (one) => percent(one.topTenthShare)],
  ['Gini coefficient of popularity', ({ gini }) => gini.toFixed(2)],
  ['days between baskets, mean / median / p90', (one) => spread(one.gapDays)],
];

console.log(['| margin', ...SHOPS.map(([name]) => name), ''].join(' | ').trimEnd());
console.log(['| ---', ...SHOPS.map(() => '---'), ''].join(' | ').trimEnd());
for (const [name, of] of ROWS)
  console.log([`| ${name}`, ...SHOPS.map(([, one]) => of(one)), ''].join(' | ').trimEnd());
