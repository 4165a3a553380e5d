/*
 * Directed pair statistics of examples: "had i, then chose j", and back.
 *
 * Row i, column j: forward · Σ x(i) y(j) over examples that have i before and j after, plus backward · Σ x(j)
 * y(i) over those with j before and i after. The people behind the pair are those seen in either order, each
 * once: with both directions in every number, each number has all of them behind it, and the k-threshold is
 * symmetric.
 */
import { type Csr, type Memory, transposeCsr } from '../kernel/sparse.ts';
import type { Examples } from './examples.ts';
import { scatterRows } from './gram.ts';
import type { CountRows, PairRows, RowBuffer } from './rows.ts';

export type Direction = { readonly forward: number; readonly backward: number };

/** Examples with their transposes, shared by all statistics that read them. */
export type IndexedExamples = {
  readonly examples: Examples;
  readonly inputsOf: Csr<Float32Array>;
  readonly outputsOf: Csr<Float32Array>;
};

export function indexExamples(examples: Examples, memory?: Memory): IndexedExamples {
  return {
    examples,
    inputsOf: transposeCsr(examples.inputs, memory),
    outputsOf: transposeCsr(examples.outputs, memory),
  };
}

/** Reads directed rows; `skipDiagonal` leaves out repeats of the same item. */
export function directedRows(
  indexed: IndexedExamples,
  direction: Direction,
  { skipDiagonal }: { readonly skipDiagonal: boolean },
): PairRows {
  const { examples, inputsOf, outputsOf } = indexed;
  const { forward, backward } = direction;
  const { inputs, outputs, personOf } = examples;
  const itemCount = inputs.cols;
  const sums = new Float64Array(itemCount);
  const people = new Uint32Array(itemCount);
  const lastPerson = new Int32Array(itemCount).fill(-1);
  const touched = new Uint32Array(itemCount);
  let touchedCount = 0;

  function scatter(matrix: Csr<Float32Array>, example: number, factor: number): void {
    const person = personOf[example]!;
    const end = matrix.offsets[example + 1]!;
    for (let x = matrix.offsets[example]!; x < end; x++) {
      const column = matrix.indices[x]!;
      if (lastPerson[column] !== person) {
        if (people[column] === 0) touched[touchedCount++] = column;
        people[column]!++;
        lastPerson[column] = person;
      }
      sums[column]! += factor * matrix.values[x]!;
    }
  }

  function readRow(row: number, into: RowBuffer): void {
    touchedCount = 0;
    let before = inputsOf.offsets[row]!;
    let after = outputsOf.offsets[row]!;
    const beforeEnd = inputsOf.offsets[row + 1]!;
    const afterEnd = outputsOf.offsets[row + 1]!;
    // Both lists ascend by example, so merging them meets each person once, in one run.
    while (before < beforeEnd || after < afterEnd) {
      const first = before < beforeEnd ? inputsOf.indices[before]! : Infinity;
      const second = after < afterEnd ? outputsOf.indices[after]! : Infinity;
      if (first <= second) scatter(outputs, first, forward * inputsOf.values[before++]!);
      if (second <= first) {
        scatter(inputs, second, backward * outputsOf.values[after++]!);
      }
    }
    let count = 0;
    for (let x = 0; x < touchedCount; x++) {
      const column = touched[x]!;
      if (!skipDiagonal || column !== row) {
        into.indices[count] = column;
        into.people[count] = people[column]!;
        into.weights[count++] = sums[column]!;
      }
      sums[column] = 0;
      people[column] = 0;
      lastPerson[column] = -1;
    }
    into.count = count;
  }
  const call = { maker: 'directedRows', given: [indexed, direction, { skipDiagonal }] };
  return { itemCount, entriesMax: pairsAtMost(examples), readRow, call };
}

// Of each example every pair of what was before and what came after, either way.
function pairsAtMost({ inputs, outputs }: Examples): number {
  let pairs = 0;
  for (let example = 1; example <= inputs.rows; example++) {
    const before = inputs.offsets[example]! - inputs.offsets[example - 1]!;
    pairs += 2 * before * (outputs.offsets[example]! - outputs.offsets[example - 1]!);
  }
  return pairs;
}

/** Co-occurrence of inputs, Σ x xᵀ: the left side of the directed ridge. */
export function inputGram(indexed: IndexedExamples): CountRows {
  const { examples, inputsOf } = indexed;
  const { inputs, personOf } = examples;
  const itemPeople = new Uint32Array(inputs.cols);
  const itemWeights = new Float64Array(inputs.cols);
  for (let item = 0; item < inputs.cols; item++) {
    let last = -1;
    for (let x = inputsOf.offsets[item]!; x < inputsOf.offsets[item + 1]!; x++) {
      const value = inputsOf.values[x]!;
      itemWeights[item]! += value * value;
      const person = personOf[inputsOf.indices[x]!]!;
      if (person !== last) itemPeople[item]!++;
      last = person;
    }
  }
  const pairs = scatterRows({ byRow: inputsOf, byExample: inputs, personOf, skipDiagonal: true });
  const call = { maker: 'inputGram', given: [indexed] };
  return { ...pairs, peopleTotal: (personOf.at(-1) ?? -1) + 1, itemPeople, itemWeights, call };
}

/** Sum of each item's values: how much it was had before, or chosen after. */
export function massOf(byItem: Csr<Float32Array>): Float64Array {
  const mass = new Float64Array(byItem.rows);
  for (let item = 0; item < byItem.rows; item++) {
    for (let x = byItem.offsets[item]!; x < byItem.offsets[item + 1]!; x++) mass[item]! += byItem.values[x]!;
  }
  return mass;
}
