// What changes from one policy to another, field by field, and whether that is stricter: whether fewer data
// are read, fewer things shown, fewer people told less. What is neither is said to be neither.

import { DEFAULT_BUDGET } from './budget.ts';
import { DATA_CATEGORIES } from './category.ts';
import { CHANNELS, isMorePublic } from './channel.ts';
import type { Difference } from './difference.ts';
import { subjectText } from './audience-text.ts';
import { compareAudiences, compareFor } from './compare-audiences.ts';
import { compareContact } from './compare-contact.ts';
import { compareMerchandising } from './compare-merchandising.ts';
import { type Cap, type Placement, capText, keepsCap } from './placement.ts';
import {
  DEFAULT_CHANNELS,
  NO_RULES,
  type Policy,
  type ProxyRules,
  type SensitiveRules,
  type Things,
} from './policy.ts';
import { GRANTABLE_PURPOSES } from './purpose.ts';
import { rhoText } from './rho.ts';

/** Every difference, in the order of the file. Equal policies have none. */
export function comparePolicies(before: Policy, after: Policy): readonly Difference[] {
  return [
    ...compareNumber(before, after),
    ...comparePurposes(before, after),
    ...compareChannels(before, after),
    ...compareSensitive(before, after),
    ...compareProxies(before, after),
    ...compareContact(before.contact, after.contact),
    ...compareBudget(before, after),
    ...compareAudiences(before.audiences, after.audiences),
    ...compareJoint(before, after),
    ...compareNewThings(before, after),
    ...comparePlacements(before, after),
  ];
}

function compareNumber({ minPeople: a }: Policy, { minPeople: b }: Policy): readonly Difference[] {
  if (a === b) return [];
  return [{ field: 'minPeople', before: `${a}`, after: `${b}`, effect: b > a ? 'stricter' : 'looser' }];
}

/** It reads nothing of anybody, so neither is stricter. */
function compareNewThings(
  { newThings: a = 'none' }: Policy,
  { newThings: b = 'none' }: Policy,
): readonly Difference[] {
  return a === b ? [] : [{ field: 'newThings', before: a, after: b, effect: 'neither' }];
}

/** What a longer list means: more data that are read are looser, more things of a class are stricter. */
function compareSets(
  field: string,
  [before, after]: readonly [readonly string[], readonly string[]],
  more: 'stricter' | 'looser',
): readonly Difference[] {
  const added = after.some((each) => !before.includes(each));
  const gone = before.some((each) => !after.includes(each));
  if (!added && !gone) return [];
  const less = more === 'stricter' ? 'looser' : 'stricter';
  const effect = added && gone ? 'mixed' : added ? more : less;
  return [{ field, before: listed(before), after: listed(after), effect }];
}

function listed(list: readonly string[]): string {
  return list.length === 0 ? 'none' : list.join(', ');
}

function comparePurposes(before: Policy, after: Policy): readonly Difference[] {
  return GRANTABLE_PURPOSES.flatMap((purpose) => {
    const read = ({ purposes }: Policy): readonly string[] =>
      purposes === undefined ? DATA_CATEGORIES : (purposes[purpose] ?? []);
    return compareSets(`purposes/${purpose}`, [read(before), read(after)], 'looser');
  });
}

function compareChannels(before: Policy, after: Policy): readonly Difference[] {
  const { channels: from = DEFAULT_CHANNELS } = before;
  const { channels: to = DEFAULT_CHANNELS } = after;
  return CHANNELS.flatMap((channel): readonly Difference[] => {
    const [a, b] = [from[channel], to[channel]];
    if (a.publicity === b.publicity && a.reason === b.reason) return [];
    const told = ({ publicity, reason }: typeof a): string =>
      reason === undefined ? publicity : `${publicity} (${reason})`;
    const moved = isMorePublic(b.publicity, a.publicity) ? 'stricter' : 'looser';
    const effect = a.publicity === b.publicity ? 'neither' : moved;
    return [{ field: `channels/${channel}`, before: told(a), after: told(b), effect }];
  });
}

function compareSensitive(before: Policy, after: Policy): readonly Difference[] {
  const { sensitive: a = NO_RULES } = before;
  const { sensitive: b = NO_RULES } = after;
  const added = { a: byClass(a.add), b: byClass(b.add) };
  const excepted = { a: byClass(a.except), b: byClass(b.except) };
  const each = (
    name: string,
    { a: from, b: to }: typeof added,
    more: 'stricter' | 'looser',
  ): readonly Difference[] =>
    [...new Set([...from.keys(), ...to.keys()])].flatMap((of) =>
      compareSets(`sensitive/${name}/${of}`, [from.get(of) ?? [], to.get(of) ?? []], more),
    );
  return [
    ...each('add', added, 'stricter'),
    ...each('except', excepted, 'looser'),
    ...compareSets('sensitive/neverInContext', [a.neverInContext, b.neverInContext], 'stricter'),
    ...compareUnmapped(a, b),
  ];
}

/** What was reviewed is let go only where unmapped things are held back. */
function compareUnmapped(a: SensitiveRules, b: SensitiveRules): readonly Difference[] {
  const [from = 'show', to = 'show'] = [a.unmapped, b.unmapped];
  const named = ({ reviewed }: SensitiveRules): readonly string[] => [
    ...(reviewed?.paths ?? []).map((path) => path.join(' > ')),
    ...(reviewed?.items ?? []),
  ];
  const reviewed = compareSets('sensitive/reviewed', [named(a), named(b)], 'looser').map((found) =>
    from === 'show' && to === 'show' ? { ...found, effect: 'neither' as const } : found,
  );
  if (from === to) return reviewed;
  const effect = to === 'hold' ? 'stricter' : 'looser';
  return [...reviewed, { field: 'sensitive/unmapped', before: from, after: to, effect }];
}

/** More leaves are stricter; so is knowing earlier, taking more things for proxies, and erasing. */
function compareProxies({ proxies: a }: Policy, { proxies: b }: Policy): readonly Difference[] {
  const named = (rules: ProxyRules | undefined): readonly string[] =>
    (rules?.paths ?? []).map((path) => path.join(' > '));
  const found = compareSets('proxies/paths', [named(a), named(b)], 'stricter');
  if (a === undefined || b === undefined) return found;
  const number = (name: 'volunteersMin' | 'falseRate', isStricter: boolean): readonly Difference[] => {
    const effect = isStricter ? 'stricter' : 'looser';
    return a[name] === b[name]
      ? []
      : [{ field: `proxies/${name}`, before: `${a[name]}`, after: `${b[name]}`, effect }];
  };
  const [was, is] = [a.erase === true, b.erase === true];
  const erasing: readonly Difference[] =
    was === is
      ? []
      : [{ field: 'proxies/erase', before: `${was}`, after: `${is}`, effect: is ? 'stricter' : 'looser' }];
  return [
    ...found,
    ...number('volunteersMin', b.volunteersMin < a.volunteersMin),
    ...number('falseRate', b.falseRate > a.falseRate),
    ...erasing,
  ];
}

/** Less to spend is stricter, and so are more people behind a number. */
function compareBudget(
  { budget: a = DEFAULT_BUDGET }: Policy,
  { budget: b = DEFAULT_BUDGET }: Policy,
): readonly Difference[] {
  const differ = (field: string, [from, to]: readonly [string, string], isStricter: boolean) =>
    from === to
      ? []
      : [
          {
            field,
            before: from,
            after: to,
            effect: isStricter ? ('stricter' as const) : ('looser' as const),
          },
        ];
  const rho = [a.rhoMillionthsPerYear, b.rhoMillionthsPerYear] as const;
  return [
    ...differ('budget/rhoPerYear', [rhoText(rho[0]), rhoText(rho[1])], rho[1] < rho[0]),
    ...differ('budget/peopleMin', [`${a.peopleMin}`, `${b.peopleMin}`], b.peopleMin > a.peopleMin),
  ];
}

/** Whoever else learns from people is more who learn. */
function compareJoint({ joint: a }: Policy, { joint: b }: Policy): readonly Difference[] {
  const found = compareSets('joint/with', [a?.with ?? [], b?.with ?? []], 'looser');
  if (a === undefined || b === undefined || a.items === b.items) return found;
  return [...found, { field: 'joint/items', before: a.items, after: b.items, effect: 'neither' }];
}

function byClass(
  entries: readonly (Things & { readonly class: string })[],
): ReadonlyMap<string, readonly string[]> {
  const things = new Map<string, string[]>();
  for (const { class: name, items, paths } of entries) {
    const list = things.get(name) ?? [];
    list.push(...items, ...paths.map((path) => path.join(' > ')));
    things.set(name, list);
  }
  return things;
}

/** A slot more uses data once more, a slot less does not. */
function comparePlacements(before: Policy, after: Policy): readonly Difference[] {
  const ids = [...new Set([...before.placements, ...after.placements].map(({ id }) => id))];
  return ids.flatMap((id): readonly Difference[] => {
    const from = before.placements.find((each) => each.id === id);
    const to = after.placements.find((each) => each.id === id);
    const field = `placements/${id}`;
    if (from !== undefined && to !== undefined) return compareSlots(field, from, to);
    if (from !== undefined) return [{ field, before: from.purpose, after: 'none', effect: 'stricter' }];
    return [{ field, before: 'none', after: to?.purpose ?? 'none', effect: 'looser' }];
  });
}

function compareSlots(field: string, a: Placement, b: Placement): readonly Difference[] {
  const plain = (name: string, from: string | number, to: string | number): readonly Difference[] =>
    from === to
      ? []
      : [{ field: `${field}/${name}`, before: `${from}`, after: `${to}`, effect: 'neither' as const }];
  const caps = (['capPerItem', 'capPerPerson'] as const).flatMap((name) =>
    compareCaps(`${field}/${name}`, a[name], b[name]),
  );
  return [
    ...plain('purpose', a.purpose, b.purpose),
    ...compareSets(`${field}/channels`, [a.channels, b.channels], 'looser'),
    ...comparePublicity(field, a, b),
    ...plain('strategy', a.strategy, b.strategy),
    ...plain('itemsMax', a.itemsMax, b.itemsMax),
    ...plain('exploreRate', a.exploreRate, b.exploreRate),
    ...plain('perLeafMax', a.perLeafMax, b.perLeafMax),
    ...caps,
    ...compareMerchandising(field, a.merchandising, b.merchandising),
    ...compareFor(field, a, b),
    ...plain('subject', subjectText(a.subject), subjectText(b.subject)),
    ...plain('reason', a.reason ?? 'none', b.reason ?? 'none'),
  ];
}

/** A placement that says nothing is as public as its channels: the least that can be said. */
function comparePublicity(field: string, a: Placement, b: Placement): readonly Difference[] {
  if (a.publicity === b.publicity) return [];
  const [from, to] = [a.publicity ?? 'own-screen', b.publicity ?? 'own-screen'];
  const moved = isMorePublic(to, from) ? 'stricter' : 'looser';
  const told = ({ publicity }: Placement): string => publicity ?? 'as the channel';
  const effect = from === to ? 'neither' : moved;
  return [{ field: `${field}/publicity`, before: told(a), after: told(b), effect }];
}

function compareCaps(field: string, a: Cap, b: Cap): readonly Difference[] {
  if (a.impressionsMax === b.impressionsMax && a.windowHours === b.windowHours) return [];
  const [isStricter, isLooser] = [keepsCap(b, a), keepsCap(a, b)];
  const effect = isStricter && !isLooser ? 'stricter' : isLooser && !isStricter ? 'looser' : 'mixed';
  return [{ field, before: capText(a), after: capText(b), effect }];
}
