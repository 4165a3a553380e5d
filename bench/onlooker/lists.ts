// What everybody is shown: the real stages, one decision after the other. An e-mail a week for as many weeks
// as are asked for, with the caps of such a placement; and for relevance one list at the end, as if nothing
// had been sent before.

import { barFacts } from '../../src/decide/bar.ts';
import { type Exposure, barShown, shownBefore } from '../../src/decide/caps.ts';
import { decide } from '../../src/decide/decide.ts';
import { weigh } from '../../src/decide/weigh.ts';
import { type DecisionInput, RULES_NEWEST } from '../../src/facts/decision.ts';
import { type SlotItem, slot } from '../../src/deliver/slot.ts';
import { parseDecisionId, parsePlacementId } from '../../src/facts/ids.ts';
import type { Item } from '../../src/facts/item.ts';
import type { Placement } from '../../src/facts/placement.ts';
import { assert } from '../../src/kernel/assert.ts';
import { DAY_MS } from '../../src/kernel/time.ts';
import type { Arm, Split } from './arms.ts';
import { type Life, lifeOf, viewOf } from './people.ts';
import { END_MS, KINDS, type TownLog } from './town-log.ts';

/** Things in a list. */
export const WIDTH = 10;
/** Stands in a place that stayed empty. */
export const EMPTY = 0xffff;

const named = parseDecisionId('d');
assert(named.ok, 'a name of a decision can be read');
const NO_NAME = named.value;
const id = parsePlacementId('email');
assert(id.ok, 'the name of the placement can be read');

/** The placement `email` of the first settings, ten things instead of six. */
export const EMAIL: Placement = {
  id: id.value,
  purpose: 'contact',
  channels: ['email'],
  strategy: 'for-you',
  itemsMax: WIDTH,
  exploreRate: 0.05,
  perLeafMax: 2,
  capPerItem: { impressionsMax: 1, windowHours: 720 },
  capPerPerson: { impressionsMax: 1, windowHours: 168 },
};

/** Person by person, list by list, place by place: places in the town's items, or `EMPTY`. */
export type Lists = Uint16Array;

/** Reasons that are told of each thing (src/deliver/slot.ts). */
const REASONS = 2;
/** Places of a list whose reasons are seen as well: things, then the things that speak for each. */
export const EXPLAINED_WIDTH = WIDTH * (1 + REASONS);

interface Sending {
  readonly split: Split;
  readonly arms: readonly Arm[];
  readonly weeks: number;
  /** Whether the onlooker reads the reasons, too. A thing that is a reason is another thing to them. */
  readonly isExplained?: boolean;
}

/** Asks for each person and world; `weeks` lists each, the last at the end. One list has no past. */
export function listsOf(
  town: TownLog,
  { split, arms, weeks, isExplained = false }: Sending,
): readonly Lists[] {
  const width = isExplained ? EXPLAINED_WIDTH : WIDTH;
  const codeOf = new Map(town.items.map((item, code) => [item.id as string, code]));
  const all = arms.map(() => new Uint16Array(town.people * weeks * width).fill(EMPTY));
  for (let person = 0; person < town.people; person += 1) {
    const life = lifeOf(town.deedsOf(person), town.items, split.targets[person]!);
    const exposures = arms.map((): Exposure[] => []);
    for (let week = 0; week < weeks; week += 1) {
      const nowMs = END_MS - (weeks - 1 - week) * 7 * DAY_MS;
      life.liveUntil(nowMs);
      for (const [n, arm] of arms.entries()) {
        const seed = (person * 64 + week).toString(16).padStart(32, '0');
        const shown = listAt(arm, life, { nowMs, seed, exposures: exposures[n]! });
        const codes = codesOf(shown, { codeOf, isExplained });
        all[n]!.set(codes, (person * weeks + week) * width);
      }
    }
  }
  return all;
}

function codesOf(
  shown: readonly SlotItem[],
  { codeOf, isExplained }: { readonly codeOf: ReadonlyMap<string, number>; readonly isExplained: boolean },
): readonly number[] {
  const things = shown.map(({ item }) => codeOf.get(item) ?? EMPTY);
  if (!isExplained) return things;
  const empty = Array.from({ length: WIDTH - things.length }, () => EMPTY);
  const reasons = shown.flatMap((item) => {
    const spoke = item.reasons.slice(0, REASONS).map(({ reason }) => codeOf.get(reason.item ?? ''));
    return Array.from({ length: REASONS }, (_, n) =>
      spoke[n] === undefined ? EMPTY : codeOf.size + spoke[n],
    );
  });
  return [...things, ...empty, ...reasons];
}

/** Room for the things that somebody bought; nobody in the town has so many. */
export const RECEIPT_WIDTH = 96;

/**
 * The receipts themselves: ordinary things that each bought, without the hidden one, as if they were a list.
 * No list tells more of a class than what it was made from, so this is a ceiling for the attackers.
 */
export function receiptsOf(town: TownLog, split: Split): Lists {
  const receipts = new Uint16Array(town.people * RECEIPT_WIDTH).fill(EMPTY);
  for (let person = 0; person < town.people; person += 1) {
    const bought = new Set<number>();
    for (const { kind, thing } of town.deedsOf(person)) {
      const ordinary = town.items[thing]?.sensitive === undefined && thing !== split.targets[person];
      if (KINDS[kind] === 'purchase' && ordinary) bought.add(thing);
    }
    receipts.set([...bought].sort((a, b) => a - b).slice(0, RECEIPT_WIDTH), person * RECEIPT_WIDTH);
  }
  return receipts;
}

/**
 * A category page of the web shop, as the first policy has it: a list of what is below a beginning of a path.
 */
const PAGE: Placement = {
  ...EMAIL,
  purpose: 'recommend',
  channels: ['web'],
  perLeafMax: 20,
  capPerItem: { impressionsMax: 20, windowHours: 168 },
  // As hard as it gets: nobody looks at so many pages in a day.
  capPerPerson: { impressionsMax: 5000, windowHours: 24 },
};

/** All beginnings of paths, down to the leaves, in the catalogue's order. */
export function partsIn(items: readonly Item[]): readonly (readonly string[])[] {
  const parts = items.flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1)));
  return [...new Map(parts.map((part) => [part.join('\n'), part])).values()].filter(
    ({ length }) => length > 0,
  );
}

/** For each person and world the lists of all parts, seen one after the other on one evening. */
export function partListsOf(
  town: TownLog,
  { split, arms, parts }: Omit<Sending, 'weeks'> & { readonly parts: readonly (readonly string[])[] },
): readonly Lists[] {
  assert(parts.length <= PAGE.capPerPerson.impressionsMax, 'no list stays empty for having been asked late');
  const codeOf = new Map(town.items.map((item, code) => [item.id as string, code]));
  const all = arms.map(() => new Uint16Array(town.people * parts.length * WIDTH).fill(EMPTY));
  for (let person = 0; person < town.people; person += 1) {
    const life = lifeOf(town.deedsOf(person), town.items, split.targets[person]!);
    life.liveUntil(END_MS);
    for (const [n, arm] of arms.entries()) {
      const exposures: Exposure[] = [];
      for (const [at, within] of parts.entries()) {
        const seed = (person * parts.length + at).toString(16).padStart(32, '0');
        const shown = listAt(arm, life, { nowMs: END_MS, seed, exposures, placement: PAGE, within });
        const codes = codesOf(shown, { codeOf, isExplained: false });
        all[n]!.set(codes, (person * parts.length + at) * WIDTH);
      }
    }
  }
  return all;
}

interface Asking {
  readonly nowMs: number;
  readonly seed: string;
  readonly exposures: Exposure[];
  readonly placement?: Placement;
  readonly within?: readonly string[];
}

/** One list of one person in one world. */
export function listAt(
  { shelf, scratch, sensitiveOf }: Arm,
  life: Life,
  asking: Asking,
): readonly SlotItem[] {
  const { nowMs, seed, exposures, placement = EMAIL, within } = asking;
  const { purpose, channels } = placement;
  const view = viewOf(life.profile, { purpose, nowMs, sensitiveOf });
  const shown = { exposures, placement, nowMs };
  const input: DecisionInput = {
    v: 1,
    placement: placement.id,
    purpose,
    channel: channels[0]!,
    limit: WIDTH,
    timeMs: nowMs,
    policy: 'bench',
    pack: 'EU',
    model: shelf.model.id,
    catalogue: shelf.revision,
    seed,
    facts: weigh(view),
    context: [],
    barred: barShown(barFacts(view), shown),
    shown: shownBefore(shown),
    rules: RULES_NEWEST,
    ...(within === undefined ? {} : { within }),
  };
  const result = decide({ input, placement, shelf, scratch });
  exposures.push({ placement: placement.id, items: result.items.map(({ item }) => item), timeMs: nowMs });
  return slot(NO_NAME, result).items;
}
