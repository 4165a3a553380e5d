/*
 * Heavy arithmetic, as whoever learns asks for it: solving small symmetric positive definite systems.
 *
 * What stands here is the plain reference. An adapter may do the same faster, with the same bits: the order
 * of all additions is part of what is asked, and no multiplication is fused with an addition. So a model is
 * the same wherever it is made. Cholesky: Golub and Van Loan, "Matrix Computations", 4th ed., §4.2.
 */

/** Room for one system at a time. */
export interface SymmetricSolver {
  /** Row-major, rows of `size`; only the lower triangle is read. Overwritten. */
  readonly matrix: Float64Array;
  /** The right side; afterwards the solution. */
  readonly right: Float64Array;
  /**
   * Solves the system of `size` equations that lies in the room; false where it is not positive definite, or
   * so nearly not that the solution is worth nothing. size³/6 multiplications.
   */
  readonly solve: (size: number) => boolean;
}

export interface Compute {
  /** Room for systems of up to `sizeMax` equations. */
  readonly symmetricSolver: (sizeMax: number) => SymmetricSolver;
}

/** The reference, which runs everywhere. */
export const plainCompute: Compute = {
  symmetricSolver: (sizeMax) => {
    const matrix = new Float64Array(sizeMax * sizeMax);
    const right = new Float64Array(sizeMax);
    return {
      matrix,
      right,
      solve: (size) => solveSymmetric({ matrix, right, size }),
    };
  },
};

/** `matrix` (row-major, only the lower triangle is read) times x = `right`. Both are overwritten. */
export interface SymmetricSystem {
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  readonly size: number;
}

/** Leaves the solution in `right`; whether it is one, as `SymmetricSolver` says. */
export function solveSymmetric({ matrix, right, size }: SymmetricSystem): boolean {
  const isDefinite = factor(matrix, size);
  substitute(matrix, right, size);
  return isDefinite;
}

/** A pivot below this share of its diagonal is taken as this share: the matrix is as good as indefinite. */
const PIVOT_SHARE_MIN = 1e-3;

/** Puts L, with matrix = L Lᵀ, in the place of the lower triangle; whether no pivot was too small. */
function factor(matrix: Float64Array, size: number): boolean {
  let isDefinite = true;
  for (let row = 0; row < size; row++) {
    const start = row * size;
    const diagonal = matrix[start + row]!;
    for (let column = 0; column < row; column++) {
      const other = column * size;
      const sum = matrix[start + column]! - dot(matrix, start, other, column);
      matrix[start + column] = sum * matrix[other + column]!;
    }
    const pivot = diagonal - dot(matrix, start, start, row);
    const least = PIVOT_SHARE_MIN * diagonal;
    // Not a number is not enough either.
    if (!(pivot > 0 && pivot >= least)) isDefinite = false;
    // The diagonal keeps the inverse of the factor's: a multiplication is cheaper than a division.
    matrix[start + row] = 1 / Math.sqrt(Math.max(pivot, least));
  }
  return isDefinite;
}

function substitute(matrix: Float64Array, right: Float64Array, size: number): void {
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
