// What was found and reached, as tables for people.

import { PLANTED } from '../../data/town/truth.ts';
import { encodeModel } from '../../src/facts/model.ts';
import type { ProxiesFound, Shadow } from '../../src/facts/shadow.ts';
import { EVERYBODY, type GuardCounts, PEOPLE } from '../../src/learn/proxies/guard-counts.ts';
import { type Arm, type Split, shortLeaf } from './arms.ts';
import type { Reached } from './attack.ts';
import type { Lists } from './lists.ts';
import { ndcgOf, overlapOf, variety } from './relevance.ts';
import type { TownLog } from './town-log.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
/** `.123`, as areas and gains are written. */
export const short = (value: number, digits = 3): string => value.toFixed(digits).replace(/^0\./, '.');

/** Things told by name that nobody planted. */
const TOLD = 25;

export function printFound(
  found: ProxiesFound,
  {
    town,
    counts,
    isTown,
  }: { readonly town: TownLog; readonly counts: GuardCounts; readonly isTown: boolean },
): void {
  const volunteers = counts.cell(EVERYBODY, PEOPLE).reduce((total, count) => total + count, 0);
  print(`\nProxies found from ${volunteers} volunteers: ${found.proxies.length}`);
  const classOf = new Map(town.items.map(({ id, sensitive }) => [id as string, sensitive]));
  const tOf = new Map(found.proxies.map((proxy) => [proxy.item, proxy]));
  const planted = new Set<string>();
  for (const { name, proxies } of isTown ? PLANTED : []) {
    const words = proxies.map(({ item, strength }) => {
      planted.add(item);
      const proxy = tOf.get(item);
      const own = classOf.get(item);
      const said =
        proxy === undefined ? (own === undefined ? 'MISSED' : `of ${own} anyway`) : `t ${proxy.t.toFixed(1)}`;
      return `${item} ×${strength} (${said})`;
    });
    print(`  planted for ${name}: ${words.join(', ')}`);
  }
  const more = found.proxies.filter(({ item }) => !planted.has(item));
  print(`  not planted: ${more.length}`);
  for (const { item, leaf, t, lift } of more.slice(0, TOLD))
    print(`    ${item}: ${shortLeaf(leaf)}, t ${t.toFixed(1)}, lift ${lift.toFixed(2)}`);
  if (more.length > TOLD) print(`    … and ${more.length - TOLD} more`);
  print(`  unknown things, fewer than 20 volunteers, and their leaf as well: ${found.unknown.length}`);
  print(`  leaves with fewer than 20 members, not judged: ${found.unjudged.length}`);
}

/** How large each world's model is. */
export function printModels(arms: readonly Arm[]): void {
  for (const { name, shelf } of arms) {
    const { kind, weights } = shelf.model;
    const below = weights.filter((weight) => weight < 0).length;
    const mib = encodeModel(shelf.model).length / 2 ** 20;
    print(`Model ${name}: ${kind}, ${weights.length} weights, ${below} below 0, ${mib.toFixed(2)} MiB`);
  }
}

interface Judging {
  readonly town: TownLog;
  readonly split: Split;
  readonly shadow: Shadow;
  readonly seed: number;
}

/** Of each world: whether hidden purchases stand in the lists, and whether lists still differ. */
export function printRelevance(
  names: readonly string[],
  lists: readonly Lists[],
  { town, split, shadow, seed }: Judging,
): void {
  const open = (thing: number): boolean => {
    const id = town.items[thing]?.id ?? '';
    return shadow.known?.has(id) === true;
  };
  const base = lists[Math.max(0, names.indexOf('classes'))]!;
  const row = (what: string, of: (one: Lists) => string): void =>
    print(`| ${what} | ${lists.map((one) => of(one)).join(' | ')} |`);
  print(`\n| | ${names.join(' | ')} |\n| --- |${names.map(() => ' --- |').join('')}`);
  for (const [what, counts] of [
    ['targets that are not vetoed', open],
    ['all targets', (): boolean => true],
  ] as const) {
    const before = ndcgOf(base, split.targets, counts);
    row(`NDCG@10, ${what} (${before.people})`, (one) => {
      const { ndcg } = ndcgOf(one, split.targets, counts);
      return `${short(ndcg, 4)} (${((100 * ndcg) / before.ndcg).toFixed(1)} %)`;
    });
  }
  row('overlap of the lists of two people', (one) => short(overlapOf(one, seed)));
  row('different things shown', (one) => String(variety(one)));
}

export function printAttack(names: readonly string[], reached: readonly Reached[]): void {
  print(
    '\nAUC within activity deciles [95 %]; plain; among people with the same number of orders; more than ' +
      'bare [95 %]',
  );
  print(`| class | lists | attacker | ${names.join(' | ')} |`);
  print(`| --- | --- | --- |${names.map(() => ' --- |').join('')}`);
  const first = names[0] ?? '';
  for (const one of reached) {
    const weeks = one.set.slice(first.length + 1);
    // Names of worlds begin alike: `classes-1`, but not `classes-erased-1`.
    if (!one.set.startsWith(`${first}-`) || !/^(\d|mailings)/.test(weeks)) continue;
    const cells = names.map((name) => {
      const got = reached.find(
        ({ set, class: of, attacker }) =>
          set === `${name}-${weeks}` && of === one.class && attacker === one.attacker,
      );
      return got === undefined ? '' : area(got);
    });
    print(`| ${one.class} | ${weeks} | ${one.attacker} | ${cells.join(' | ')} |`);
  }
  for (const one of reached.filter(({ set }) => set === 'receipts-1'))
    print(`The receipts themselves, ${one.class}, ${one.attacker}: ${area(one)}`);
  for (const one of reached.filter(({ set }) => set === 'activity'))
    print(`The number of orders alone, ${one.class}: ${area(one)}`);
}

function area({ plain, within, low, high, alike, more, moreLow, moreHigh }: Reached): string {
  const beside = more === undefined ? '' : `; ${signed(more)} [${signed(moreLow)}–${signed(moreHigh)}]`;
  return `${short(within)} [${short(low)}–${short(high)}]; ${short(plain)}; ${short(alike)}${beside}`;
}

const signed = (value = 0): string => `${value < 0 ? '−' : '+'}${short(Math.abs(value))}`;
