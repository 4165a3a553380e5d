// Owns: the popular things that stand ready to fill a list.

/** As `Shelf` has them. */
interface Shown {
  readonly sellable: Uint8Array;
  readonly classes: Uint8Array;
  readonly products: Int32Array | undefined;
}

/**
 * How many popular items stand ready to fill a list: more than the longest list and its exploration pool
 * together.
 */
const POPULAR_MAX = 256;
/** Of one product: the first may be capped or have come back. */
const POPULAR_OF_ONE_MAX = 3;

/**
 * The things with the greatest prior that can be shown to anybody, best first; of these places, where some
 * are given. Behind the first `POPULAR_MAX` come further ones, until there are as many that do not stand for
 * one another: a list has one of a product, and something must be there to fill it.
 */
export function popularItems(
  prior: Float64Array,
  { sellable, classes, products }: Shown,
  places: Iterable<number> = prior.keys(),
): Uint32Array {
  const open: number[] = [];
  for (const index of places) {
    if (index < prior.length && sellable[index] === 1 && classes[index] === 0) open.push(index);
  }
  open.sort((a, b) => prior[b]! - prior[a]! || a - b);
  const counts = new Map<number, number>();
  let different = 0;
  const chosen = open.filter((index, rank) => {
    const product = products?.[index] ?? 0;
    const before = product === 0 ? 0 : (counts.get(product) ?? 0);
    if (product !== 0) counts.set(product, before + 1);
    const isOther = before < POPULAR_OF_ONE_MAX && different < POPULAR_MAX;
    if (isOther) different += 1;
    return isOther || rank < POPULAR_MAX;
  });
  return Uint32Array.from(chosen);
}
