/*
 * The positions of the k greatest of many keys, without sorting them all.
 *
 * Choosing neighbours by sorting a row takes longer than computing it (research/perf.md 3b); quickselect
 * (Hoare, "Algorithm 65: FIND", CACM 1961) is linear on average. Ties at the border go to the lower index, so
 * the choice depends on the values alone and not on the order in which a row was filled.
 */

/** Reusable room for `selectTop`. */
export type SelectRoom = { readonly keys: Float64Array; readonly positions: Uint32Array };

/** Room for rows of up to `length` entries. */
export function createSelectRoom(length: number): SelectRoom {
  return { keys: new Float64Array(length), positions: new Uint32Array(length) };
}

/**
 * Fills `room.positions` with the positions (ascending) of the `k` greatest of `keys[0 … count)` that are
 * above zero, and returns how many there are. `indices` decides ties: the lower index wins.
 */
export function selectTop(
  keys: Float64Array,
  indices: Uint32Array,
  count: number,
  k: number,
  room: SelectRoom,
): number {
  const { positions } = room;
  let positive = 0;
  for (let x = 0; x < count; x++) if (keys[x]! > 0) room.keys[positive++] = keys[x]!;
  const border = positive > k ? kthGreatest(room.keys, positive, k) : 0;
  let kept = 0;
  let atBorder = 0;
  for (let x = 0; x < count; x++) {
    if (keys[x]! > border) positions[kept++] = x;
    else if (border > 0 && keys[x]! === border) atBorder++;
  }
  if (atBorder === 0) return kept;
  const ties: number[] = [];
  for (let x = 0; x < count; x++) if (keys[x] === border) ties.push(x);
  ties.sort((a, b) => indices[a]! - indices[b]!);
  for (const x of ties.slice(0, k - kept)) positions[kept++] = x;
  positions.subarray(0, kept).sort();
  return kept;
}

// The k-th greatest of keys[0 … count), 1 ≤ k ≤ count; reorders keys. The pivot is the median of three.
function kthGreatest(keys: Float64Array, count: number, k: number): number {
  let low = 0;
  let high = count - 1;
  const wanted = k - 1;
  while (low < high) {
    const pivot = medianOfThree(keys[low]!, keys[(low + high) >> 1]!, keys[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (keys[i]! > pivot) i++;
      while (keys[j]! < pivot) j--;
      if (i > j) break;
      const moved = keys[i]!;
      keys[i++] = keys[j]!;
      keys[j--] = moved;
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else return pivot;
  }
  return keys[low]!;
}

function medianOfThree(a: number, b: number, c: number): number {
  return a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
}
