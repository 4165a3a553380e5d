/*
 * Solving small symmetric positive definite systems in place (Cholesky; Golub and Van Loan, "Matrix
 * Computations", 4th ed., §4.2).
 */

/** `matrix` (row-major, only the lower triangle is read) times x = `right`. Both are overwritten. */
export type SymmetricSystem = { readonly matrix: Float64Array; readonly right: Float64Array; size: number };

/** A pivot below this share of its diagonal is taken as this share: thresholded counts may be indefinite. */
const PIVOT_SHARE_MIN = 1e-3;

/** Leaves the solution in `right`. n³/6 multiplications; the order of additions is fixed. */
export function solveSymmetric({ matrix, right, size }: SymmetricSystem): void {
  for (let row = 0; row < size; row++) {
    const start = row * size;
    const diagonal = matrix[start + row]!;
    for (let column = 0; column < row; column++) {
      const other = column * size;
      const sum = matrix[start + column]! - dot(matrix, start, other, column);
      matrix[start + column] = sum * matrix[other + column]!;
    }
    const pivot = diagonal - dot(matrix, start, start, row);
    // The diagonal keeps the inverse of the factor's: a multiplication is cheaper than a division.
    matrix[start + row] = 1 / Math.sqrt(Math.max(pivot, PIVOT_SHARE_MIN * diagonal));
  }
  for (let row = 0; row < size; row++) {
    const start = row * size;
    let sum = right[row]!;
    for (let column = 0; column < row; column++) sum -= matrix[start + column]! * right[column]!;
    right[row] = sum * matrix[start + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const solved = right[row]! * matrix[row * size + row]!;
    right[row] = solved;
    for (let column = 0; column < row; column++) right[column]! -= matrix[row * size + column]! * solved;
  }
}

// Four running sums hide the latency of the addition; their order is fixed, so the result is too.
function dot(matrix: Float64Array, a: number, b: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let x = 0;
  for (; x + 3 < length; x += 4) {
    s0 += matrix[a + x]! * matrix[b + x]!;
    s1 += matrix[a + x + 1]! * matrix[b + x + 1]!;
    s2 += matrix[a + x + 2]! * matrix[b + x + 2]!;
    s3 += matrix[a + x + 3]! * matrix[b + x + 3]!;
  }
  for (; x < length; x++) s0 += matrix[a + x]! * matrix[b + x]!;
  return s0 + s1 + (s2 + s3);
}
