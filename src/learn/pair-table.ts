/*
 * Statistics of unordered pairs of small integers in one open-addressing hash table on typed arrays.
 *
 * Linear probing with backward-shift deletion: a pair whose count returns to zero leaves no tombstone, so the
 * table after an erasure holds nothing of the erased. A Map of strings would take five times the memory and
 * be ten times slower; here an update is one or two cache misses. 20 bytes per slot, at most 5/8 full.
 */
import { assert } from '../kernel/assert.ts';

const EMPTY = 0xffffffff;
const SLOTS_MIN = 16;

/** Called once per stored pair, `low < high`, in no particular order. */
export type PairVisitor = (low: number, high: number, people: number, weightUnits: number) => void;

/** People and integer weight per pair. Indices are below 2^32 - 1; a pair never has two equal indices. */
export type PairTable = {
  readonly size: () => number;
  readonly people: (a: number, b: number) => number;
  readonly weightUnits: (a: number, b: number) => number;
  /** Adds (or with negative arguments subtracts). A pair that reaches zero people is removed. */
  readonly change: (a: number, b: number, people: number, weightUnits: number) => void;
  readonly forEach: (visit: PairVisitor) => void;
};

type Slots = {
  readonly lows: Uint32Array;
  readonly highs: Uint32Array;
  readonly people: Uint32Array;
  readonly weights: Float64Array;
  readonly mask: number;
};

function createSlots(slotCount: number): Slots {
  return {
    lows: new Uint32Array(slotCount).fill(EMPTY),
    highs: new Uint32Array(slotCount),
    people: new Uint32Array(slotCount),
    weights: new Float64Array(slotCount),
    mask: slotCount - 1,
  };
}

// Mixes both halves so that neighbouring indices spread (finaliser of MurmurHash3, Appleby, public domain).
function homeOf(low: number, high: number): number {
  let h = Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

// The slot of the pair, or of the free place where it belongs.
function slotOf(slots: Slots, low: number, high: number): number {
  const { lows, highs, mask } = slots;
  let slot = homeOf(low, high) & mask;
  while (lows[slot] !== EMPTY && (lows[slot] !== low || highs[slot] !== high)) slot = (slot + 1) & mask;
  return slot;
}

function moveSlot(from: Slots, source: number, to: Slots, target: number): void {
  to.lows[target] = from.lows[source]!;
  to.highs[target] = from.highs[source]!;
  to.people[target] = from.people[source]!;
  to.weights[target] = from.weights[source]!;
}

function regrown(slots: Slots): Slots {
  const grown = createSlots((slots.mask + 1) * 2);
  for (let slot = 0; slot <= slots.mask; slot++) {
    const low = slots.lows[slot]!;
    if (low !== EMPTY) moveSlot(slots, slot, grown, slotOf(grown, low, slots.highs[slot]!));
  }
  return grown;
}

// Closes the gap: every later pair of the same run moves back unless that would put it before its home.
function removeSlot(slots: Slots, removed: number): void {
  const { lows, highs, people, weights, mask } = slots;
  let gap = removed;
  for (let slot = (gap + 1) & mask; lows[slot] !== EMPTY; slot = (slot + 1) & mask) {
    const home = homeOf(lows[slot]!, highs[slot]!) & mask;
    const distance = (slot - home) & mask;
    if (distance < ((slot - gap) & mask)) continue;
    moveSlot(slots, slot, slots, gap);
    gap = slot;
  }
  lows[gap] = EMPTY;
  highs[gap] = 0;
  people[gap] = 0;
  weights[gap] = 0;
}

/** An empty table. It grows by doubling; it does not shrink (erasures are followed by additions). */
export function createPairTable(): PairTable {
  let slots = createSlots(SLOTS_MIN);
  let size = 0;

  function find(a: number, b: number): number {
    return a < b ? slotOf(slots, a, b) : slotOf(slots, b, a);
  }

  function change(a: number, b: number, people: number, weightUnits: number): void {
    assert(a !== b, 'a pair has two different items');
    let slot = find(a, b);
    if (slots.lows[slot] === EMPTY) {
      if ((size + 1) * 8 > (slots.mask + 1) * 5) {
        slots = regrown(slots);
        slot = find(a, b);
      }
      slots.lows[slot] = Math.min(a, b);
      slots.highs[slot] = Math.max(a, b);
      size++;
    }
    const peopleAfter = slots.people[slot]! + people;
    const weightAfter = slots.weights[slot]! + weightUnits;
    assert(peopleAfter >= 0 && weightAfter >= 0, 'more was subtracted from a pair than was ever added');
    assert(peopleAfter > 0 || weightAfter === 0, 'a pair without people has no weight');
    slots.people[slot] = peopleAfter;
    slots.weights[slot] = weightAfter;
    if (peopleAfter === 0) {
      removeSlot(slots, slot);
      size--;
    }
  }

  function forEach(visit: PairVisitor): void {
    for (let slot = 0; slot <= slots.mask; slot++) {
      const low = slots.lows[slot]!;
      if (low !== EMPTY) visit(low, slots.highs[slot]!, slots.people[slot]!, slots.weights[slot]!);
    }
  }

  return {
    size: () => size,
    people: (a, b) => slots.people[find(a, b)]!,
    weightUnits: (a, b) => slots.weights[find(a, b)]!,
    change,
    forEach,
  };
}
