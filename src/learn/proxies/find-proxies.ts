/*
 * Which ordinary things betray a sensitive class: for each sensitive leaf and thing, volunteers of the leaf
 * against the others of the same activity (research/line.md, lesson 2). The strongest few carry nearly all of
 * what an onlooker can learn.
 *
 * Two corrections make the statistic one of the thing and not of the person. Activity is conditioned away by
 * strata. And because the things of a person add up to their activity, whoever has five proxies has five
 * other things less: every ordinary thing would look like a proxy of the opposite. So rates are compared to
 * φ, the typical ratio over all things (the median of ratios, as Anders and Huber, Genome Biology 2010, do
 * with genes), and not to 1.
 */
import { type LeafTilt, type ProxiesFound, type Proxy, classOfLeaf } from '../../facts/shadow.ts';
import { assert } from '../../kernel/assert.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { compareIds } from '../contribution.ts';
import { believed } from './false-discovery.ts';
import { GUARD_SENSITIVITY } from './guard-contribution.ts';
import { EVERYBODY, type GuardCounts, PEOPLE } from './guard-counts.ts';
import { sigmaFor } from './discrete-gaussian.ts';
import { type Cell, noisyCells } from './noisy-cells.ts';
import { type Group, groupsOf, together } from './rare-things.ts';

/**
 * What there is to judge. From the catalogue, not from the counts, so that nobody's being there decides it.
 */
export interface GuardDomain {
  /** Ordinary things, each with the leaf of the catalogue that it stands in. */
  readonly items: readonly { readonly item: string; readonly leaf: string }[];
  /** Sensitive leaves (`sensitiveLeafOf`). */
  readonly leaves: readonly string[];
}

/** What is to be found in the guard counts that somebody keeps. */
export interface ProxyQuestion {
  readonly domain: GuardDomain;
  readonly falseRate: number;
  readonly volunteersMin: number;
  /** Whether to say what members have more, too. */
  readonly erase: boolean;
}

export type ProxiesAnswer =
  | {
      readonly found: ProxiesFound;
      readonly volunteers: number;
      /** From the same counts; there if it was asked for. */
      readonly tilts?: readonly LeafTilt[];
    }
  | { readonly found: 'few-volunteers'; readonly volunteers: number };

export interface ProxySettings {
  /**
   * `rate`: share of false ones among those found, 0 to 1; usual are 0.01 to 0.05. `top`: the so many
   * strongest, for curves.
   */
  readonly choose: { readonly rate: number } | { readonly top: number };
  /**
   * Things that fewer volunteers have are judged together with the other rare things of their leaf; when
   * those are fewer as well, they are unknown. Sensitive leaves with fewer members are not judged. Default
   * `LIMITS.peopleOutsideMin`.
   */
  readonly peopleMin?: number;
  /**
   * Noise on every count: ρ-zCDP for one volunteer, the seed names the release. Asking again with the seed
   * gives the same noise, so that two readings of one release cannot be subtracted.
   */
  readonly noise?: { readonly rho: number; readonly seed: string };
}

/** Least members, and others, in a stratum that is looked at. */
const STRATUM_MIN = 5;
/** Least expected members for a thing to take part in the typical ratio. */
const EXPECTED_MIN = 5;

/**
 * The proxies in `counts`. Deterministic; ties go to the lower id.
 *
 * Example: with 200 of 1,000 volunteers who bought from `health|Diabetes care`, of whom 27 % have seamless
 * socks where 8 % of the others do, socks come out with t of about 7 and lift 3.4.
 */
export function findProxies(counts: GuardCounts, domain: GuardDomain, settings: ProxySettings): ProxiesFound {
  const peopleMin = settings.peopleMin ?? LIMITS.peopleOutsideMin;
  assert(peopleMin >= LIMITS.peopleInsideMin, 'a proxy rests on more than one or two people');
  const sigma = settings.noise === undefined ? 0 : sigmaFor(settings.noise.rho, GUARD_SENSITIVITY);
  const cell = noisyCells(counts, { sigma, seed: settings.noise?.seed ?? '' });
  const peopleOf = (item: string): number => sum(cell(EVERYBODY, item));
  const { groups, unknown } = groupsOf(domain.items, { peopleOf, peopleMin });
  const unjudged: string[] = [];
  const all: Finding[] = [];
  for (const leaf of [...new Set(domain.leaves)].sort(compareIds)) {
    if (sum(cell(leaf, PEOPLE)) < peopleMin) unjudged.push(leaf);
    else all.push(...judgeLeaf(cell, { leaf, groups, sigma }));
  }
  all.sort(
    (a, b) =>
      Math.abs(b.t) - Math.abs(a.t) || compareIds(a.items[0]!, b.items[0]!) || compareIds(a.leaf, b.leaf),
  );
  return { proxies: chosen(all, settings.choose), unknown, unjudged };
}

/** Things that are judged as if they were one, ascending, with the leaf that they betray. */
type Finding = Omit<Proxy, 'item'> & { readonly items: Group };

function chosen(all: readonly Finding[], choose: ProxySettings['choose']): readonly Proxy[] {
  const once = (findings: readonly Finding[]): readonly Proxy[] => {
    const seen = new Set<string>();
    return findings.flatMap(({ items, ...found }) =>
      items.flatMap((item) => (!seen.has(item) && seen.add(item) ? [{ item, ...found }] : [])),
    );
  };
  if ('top' in choose) return once(all).slice(0, choose.top);
  const sizes = all.map(({ t }) => t);
  return once(all.slice(0, believed(sizes, Math.max(1, sizes.length), choose.rate)));
}

interface Judged {
  readonly leaf: string;
  readonly groups: readonly Group[];
  readonly sigma: number;
}

/** Members and others of one stratum. */
interface Stratum {
  readonly at: number;
  readonly members: number;
  readonly others: number;
}

function judgeLeaf(cell: Cell, { leaf, groups, sigma }: Judged): readonly Finding[] {
  const betrayed = classOfLeaf(leaf);
  assert(betrayed !== undefined, 'a sensitive leaf begins with its class');
  const everybody = cell(EVERYBODY, PEOPLE);
  const strata = cell(leaf, PEOPLE).flatMap((members, at): Stratum[] => {
    const others = (everybody[at] ?? 0) - members;
    return members < STRATUM_MIN || others < STRATUM_MIN ? [] : [{ at, members, others }];
  });
  const rates = groups.map((items) =>
    ratesOf(together(cell, leaf, items), together(cell, EVERYBODY, items), strata),
  );
  const typical = typicalRatio(rates);
  return rates.map((rate, n): Finding => {
    const items = groups[n]!;
    const difference = rate.members - typical * rate.others;
    const alike = rate.alikeMembers + typical * typical * rate.alikeOthers;
    const own = rate.ownMembers + typical * typical * rate.ownOthers;
    const sampling = difference > 0 ? (alike + Math.max(alike, own)) / 2 : alike;
    // Noise sits on the members' count and on everybody's, from which the others follow.
    const noise = strata.reduce((total, { members, others }) => {
      const people = members + others;
      const onMembers = (others + typical * members) / people;
      const onAll = (typical * members) / people;
      return total + items.length * sigma * sigma * (onMembers * onMembers + onAll * onAll);
    }, 0);
    const variance = sampling + noise;
    return {
      items,
      leaf,
      class: betrayed,
      t: variance > 0 ? difference / Math.sqrt(variance) : 0,
      lift: rate.others > 0 ? rate.members / rate.others : 1,
    };
  });
}

/**
 * Weighed over strata as Mantel and Haenszel do: members · others / people. Variances are those of either
 * side if both had the thing alike, and with the shares they have. Of rare things a count is skewed: 5 where
 * 0.9 are expected is 4.3 standard errors by the one and 1.8 by the other, and as likely as 2.8. Halfway
 * between the two it is 2.4, so that what is rare has to be surer; of strong proxies either is great.
 */
interface Rates {
  readonly members: number;
  readonly others: number;
  readonly alikeMembers: number;
  readonly alikeOthers: number;
  readonly ownMembers: number;
  readonly ownOthers: number;
}

function ratesOf(ofMembers: readonly number[], ofAll: readonly number[], strata: readonly Stratum[]): Rates {
  const sums = { members: 0, others: 0, alikeMembers: 0, alikeOthers: 0, ownMembers: 0, ownOthers: 0 };
  for (const { at, members, others } of strata) {
    const people = members + others;
    const [all, have] = [ofAll[at] ?? 0, ofMembers[at] ?? 0];
    const [ofMember, ofOther] = [others / people, members / people];
    sums.members += have * ofMember;
    sums.others += (all - have) * ofOther;
    sums.alikeMembers += spread(all / people, members) * ofMember * ofMember;
    sums.alikeOthers += spread(all / people, others) * ofOther * ofOther;
    sums.ownMembers += spread(have / members, members) * ofMember * ofMember;
    sums.ownOthers += spread((all - have) / others, others) * ofOther * ofOther;
  }
  return sums;
}

/**
 * Variance of a count of `people` who each have a thing with chance `share`. With noise shares leave 0 to 1.
 */
function spread(share: number, people: number): number {
  const chance = Math.min(1, Math.max(0, share));
  return people * chance * (1 - chance);
}

/**
 * The median ratio of members to others, weighed by how many members are expected; 1 when little is known.
 */
function typicalRatio(rates: readonly Rates[]): number {
  const ratios = rates
    .filter(({ others }) => others >= EXPECTED_MIN)
    .map(({ members, others }) => ({ ratio: Math.max(0, members / others), weight: others }))
    .sort((a, b) => a.ratio - b.ratio);
  const half = ratios.reduce((total, { weight }) => total + weight, 0) / 2;
  let passed = 0;
  for (const { ratio, weight } of ratios) {
    passed += weight;
    if (passed >= half) return ratio > 0 ? ratio : 1;
  }
  return 1;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
