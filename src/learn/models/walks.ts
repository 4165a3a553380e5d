/*
 * Ways of two steps: from a thing to what was seen beside it, and from there on.
 *
 * Most pairs that go together were never seen together: of what was looked at next on Yoochoose, pairs reach
 * 82 %, ways over a third thing 97 %. Formula: w(i → j) = (1 + Σ over i of t(i, j))^-0.3 · Σ over m of t(i,
 * m) · t(m, j), where the row t(i, ·) holds the faded counts of what came shortly before or after i, the
 * strongest of them, divided by their sum: a random walk of two steps, in which what everything leads to
 * counts less. After Cooper, Lee, Radzik and Siantos, "Random walks in recommender systems: exact computation
 * and simulations", WWW 2014 companion (doi 10.1145/2567948.2579244), where a walk goes over people and
 * things; and Paudel et al., TiiS 2016 (doi 10.1145/2955101), who weigh its ends so.
 * Cost: things × links² of each; memory of the kept entries.
 */
import { pow } from '../../kernel/maths.ts';
import { alone, type Crew, type Job, piecesOf } from '../crew/crew.ts';
import { type IndexedExamples, directedRows } from '../directed.ts';
import { createBlockWriter, createRowSorter, type FormBlock, type RowEntries } from './form-rows.ts';
import { itemItemSteps } from './item-item.ts';
import { createSelectRoom, selectTop } from './select-top.ts';
import { type SparseForm, type Steps, createFormBuilder } from './sparse-form.ts';

/** Links kept per thing, strongest first. */
const LINKS = 100;

/**
 * With 0.3 instead of 0, lists of ten hold .0696 instead of .0672 of what Sports’ people bought last but one
 * (3 people behind a weight), .1116 instead of .1098 (Toys), .1217 instead of .1200 (Video games); 0.6 is as
 * good.
 */
const DAMPING = 0.3;

/** Links of one step, either way: rows that add up to 1, without a thing to itself. */
export function* linkSteps(indexed: IndexedExamples, crew?: Crew): Steps<SparseForm> {
  const pairs = directedRows(indexed, { forward: 1, backward: 1 }, { skipDiagonal: true });
  const ones = new Uint8Array(pairs.itemCount).fill(1);
  const input = { pairs, sourcePeople: ones, targetPeople: ones };
  const counts = yield* itemItemSteps(input, { sourcePower: 0, targetPower: 0, keep: LINKS }, crew);
  const weights = counts.weights.slice();
  for (let source = 0; source < counts.itemCount; source++) {
    const [from, to] = [counts.offsets[source]!, counts.offsets[source + 1]!];
    let sum = 0;
    for (let at = from; at < to; at++) sum += weights[at]!;
    for (let at = from; at < to; at++) weights[at] = weights[at]! / sum;
  }
  return { ...counts, weights };
}

/** Two steps along the links; the `keep` likeliest ends of each thing stay. A step per 128 things. */
export function* walkSteps(links: SparseForm, keep: number, crew: Crew = alone()): Steps<SparseForm> {
  const { itemCount } = links;
  const builder = createFormBuilder(itemCount, itemCount * 16, crew);
  const walking = { links, keep };
  yield* crew.run(WALK_ROWS, walking, piecesOf(itemCount, PIECE_ROWS), (block) => builder.appendBlock(block));
  return builder.finish();
}

type Walking = { readonly links: SparseForm; readonly keep: number };

/** Things in one piece of work. */
const PIECE_ROWS = 128;

/** Rows of ends, by where the walks begin. */
export const WALK_ROWS: Job<Walking, FormBlock> = {
  name: 'walk-rows',
  open: ({ links, keep }) => {
    const { itemCount } = links;
    const walk = openWalk(links, keep);
    const writer = createBlockWriter(createRowSorter(itemCount));
    return (piece) => {
      const end = Math.min(itemCount, (piece + 1) * PIECE_ROWS);
      for (let source = piece * PIECE_ROWS; source < end; source++) writer.append(walk(source));
      return writer.take();
    };
  },
};

/** The likeliest ends of two steps from a thing, elsewhere; valid until the next call. */
function openWalk(
  { itemCount, offsets, targets, weights }: SparseForm,
  keep: number,
): (source: number) => RowEntries {
  const damping = dampingOf({ itemCount, targets, weights });
  const sums = new Float64Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const keys = new Float64Array(itemCount);
  const room = createSelectRoom(itemCount);
  const indices = new Uint32Array(Math.min(keep, itemCount));
  const values = new Float64Array(indices.length);
  return (source) => {
    let met = 0;
    for (let x = offsets[source]!; x < offsets[source + 1]!; x++) {
      const over = targets[x]!;
      for (let y = offsets[over]!; y < offsets[over + 1]!; y++) {
        const end = targets[y]!;
        if (end === source) continue;
        if (sums[end] === 0) touched[met++] = end;
        sums[end]! += weights[x]! * weights[y]!;
      }
    }
    for (let x = 0; x < met; x++) keys[x] = sums[touched[x]!]! * damping[touched[x]!]!;
    const count = selectTop(keys, touched, met, keep, room);
    for (let x = 0; x < count; x++) {
      indices[x] = touched[room.positions[x]!]!;
      values[x] = keys[room.positions[x]!]!;
    }
    for (let x = 0; x < met; x++) sums[touched[x]!] = 0;
    return { indices, values, count };
  };
}

/** Of each thing, by how much leads to it. */
function dampingOf({ itemCount, targets, weights }: Omit<SparseForm, 'offsets'>): Float64Array {
  const led = new Float64Array(itemCount);
  for (const [at, target] of targets.entries()) led[target]! += weights[at]!;
  return led.map((sum) => pow(1 + sum, -DAMPING));
}
