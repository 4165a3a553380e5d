// What somebody has to look at, for whoever answers for the shop: things of which nobody can tell whether
// they tell something, by category, since one look settles a category; and of one thing its class with the
// evidence.

import { evidenceOfItem } from '../collect/catalogue/evidence.ts';
import { classifierOf } from '../facts/classify-item.ts';
import type { Evidence } from '../facts/evidence.ts';
import type { ItemId } from '../facts/ids.ts';
import type { ClassName, Item, Unmapped } from '../facts/item.ts';
import { NO_RULES, type UnmappedRule } from '../facts/policy.ts';
import { isReviewedBy, unmappedIn, unreviewedIn } from '../facts/unmapped.ts';
import type { Core } from './core.ts';

export interface ReviewPath {
  /** As the policy takes it: `Food > Wine`. */
  readonly path: string;
  readonly things: number;
  /** Of most of them. */
  readonly why: Unmapped;
  /** Two titles at most. */
  readonly examples: readonly string[];
}

export interface ReviewItem {
  readonly item: string;
  readonly title: string;
  readonly why: Unmapped;
}

export interface ReviewTold {
  readonly rule: UnmappedRule;
  /** Things in the catalogue. */
  readonly things: number;
  /** Of a sensitive class under the policy. */
  readonly classed: number;
  /** Unmapped, and nobody has looked yet. */
  readonly unmapped: number;
  /** Unmapped, and the policy says that somebody looked and found no class. */
  readonly reviewed: number;
  /** Categories with such things, those with most first; the first `REVIEW_MAX`. */
  readonly paths: readonly ReviewPath[];
  readonly pathsTotal: number;
  /** Things without a category, by id; the first `REVIEW_MAX`. */
  readonly items: readonly ReviewItem[];
  readonly itemsTotal: number;
}

/** Of categories and of things, each: what fits into one answer, and more than anybody looks at in a day. */
const REVIEW_MAX = 500;
const EXAMPLES_MAX = 2;

export function tellReview({ policy, shelves }: Core): ReviewTold {
  const { sensitive = NO_RULES } = policy;
  const things = [...shelves.items().values()];
  const classify = classifierOf(sensitive);
  const unmapped = unmappedIn(things);
  const unreviewed = unreviewedIn(things, sensitive);
  const isReviewed = isReviewedBy(sensitive);
  const paths = new Map<string, Group>();
  const items: ReviewItem[] = [];
  const counts = { classed: 0, unmapped: 0, reviewed: 0 };
  for (const item of things) {
    const why = unreviewed(item);
    if (classify(item) !== undefined) counts.classed += 1;
    else if (unmapped(item) !== undefined && isReviewed(item)) counts.reviewed += 1;
    if (why === undefined) continue;
    counts.unmapped += 1;
    if (item.path.length > 0) addTo(paths, item, why);
    else items.push({ item: item.id, title: item.title, why });
  }
  const groups = [...paths].sort(([a, one], [b, other]) => other.things - one.things || (a < b ? -1 : 1));
  items.sort((a, b) => (a.item < b.item ? -1 : 1));
  return {
    rule: sensitive.unmapped ?? 'show',
    things: things.length,
    ...counts,
    paths: groups.slice(0, REVIEW_MAX).map(([path, group]) => tellGroup(path, group)),
    pathsTotal: groups.length,
    items: items.slice(0, REVIEW_MAX),
    itemsTotal: items.length,
  };
}

interface Group {
  things: number;
  readonly why: Map<Unmapped, number>;
  readonly examples: string[];
}

function addTo(paths: Map<string, Group>, item: Item, why: Unmapped): void {
  const path = item.path.join(' > ');
  const group: Group = paths.get(path) ?? { things: 0, why: new Map(), examples: [] };
  group.things += 1;
  group.why.set(why, (group.why.get(why) ?? 0) + 1);
  if (group.examples.length < EXAMPLES_MAX && !group.examples.includes(item.title))
    group.examples.push(item.title);
  paths.set(path, group);
}

function tellGroup(path: string, { things, why, examples }: Group): ReviewPath {
  const [most] = [...why].sort(([, a], [, b]) => b - a);
  return { path, things, why: most?.[0] ?? 'no-word', examples };
}

export interface ThingTold {
  readonly item: string;
  readonly title: string;
  readonly path: string;
  readonly category?: string;
  /** What the catalogue found, and why. */
  readonly found?: Evidence;
  /** What holds under the policy, which adds and excepts. */
  readonly class?: ClassName;
  /** Nobody can tell, and why; also when somebody looked already. */
  readonly unmapped?: Unmapped;
  readonly reviewed: boolean;
}

/** `undefined` for a thing that the catalogue does not know. */
export function tellThing({ policy, shelves }: Core, id: ItemId): ThingTold | undefined {
  const { sensitive = NO_RULES } = policy;
  const items = shelves.items();
  const item = items.get(id);
  if (item === undefined) return undefined;
  const found = evidenceOfItem(item);
  const of = classifierOf(sensitive)(item);
  const unmapped = unmappedIn(items.values())(item);
  return {
    item: item.id,
    title: item.title,
    path: item.path.join(' > '),
    ...(item.category === undefined ? {} : { category: item.category }),
    ...(found === undefined ? {} : { found }),
    ...(of === undefined ? {} : { class: of }),
    ...(unmapped === undefined ? {} : { unmapped }),
    reviewed: isReviewedBy(sensitive)(item),
  };
}
