// AssemblyScript: the plain reference of src/kernel/compute.ts with two numbers a step, bit for bit.
//
// The reference keeps four running sums; here they are two vectors of two, added up in the same order. Four
// rows go at once and share what they load of a fifth, so that adding is what takes the time: 4 to 7 times as
// fast as the reference. Nothing is fused (no relaxed SIMD), because that has other bits on other machines.
// `npm run kernels` compiles it; numbers are eight bytes, rows of `size` of them.

const PIVOT_SHARE_MIN: f64 = 1e-3;

/** Solves `matrix` x = `right` in place, both addresses; 1 where the matrix is positive definite, else 0. */
export function solve(matrix: usize, right: usize, size: i32): i32 {
  let row = 0;
  let isDefinite = 1;
  for (; row + 3 < size; row += 4) {
    fourRows(matrix, size, row);
    for (let x = 0; x < 4; x++) isDefinite &= oneRow(matrix, size, row + x, row);
  }
  for (; row < size; row++) isDefinite &= oneRow(matrix, size, row, 0);
  substitute(matrix, right, size);
  return isDefinite;
}

/** Columns before `row` of four rows. */
function fourRows(matrix: usize, size: i32, row: i32): void {
  const width = (<usize>size) << 3;
  const a = matrix + <usize>row * width;
  const b = a + width;
  const c = b + width;
  const d = c + width;
  for (let column = 0; column < row; column++) {
    const other = matrix + <usize>column * width;
    let a01 = f64x2.splat(0);
    let a23 = f64x2.splat(0);
    let b01 = f64x2.splat(0);
    let b23 = f64x2.splat(0);
    let c01 = f64x2.splat(0);
    let c23 = f64x2.splat(0);
    let d01 = f64x2.splat(0);
    let d23 = f64x2.splat(0);
    let at: usize = 0;
    for (const whole = (<usize>(column & ~3)) << 3; at < whole; at += 32) {
      const o01 = v128.load(other + at);
      const o23 = v128.load(other + at, 16);
      a01 = f64x2.add(a01, f64x2.mul(v128.load(a + at), o01));
      a23 = f64x2.add(a23, f64x2.mul(v128.load(a + at, 16), o23));
      b01 = f64x2.add(b01, f64x2.mul(v128.load(b + at), o01));
      b23 = f64x2.add(b23, f64x2.mul(v128.load(b + at, 16), o23));
      c01 = f64x2.add(c01, f64x2.mul(v128.load(c + at), o01));
      c23 = f64x2.add(c23, f64x2.mul(v128.load(c + at, 16), o23));
      d01 = f64x2.add(d01, f64x2.mul(v128.load(d + at), o01));
      d23 = f64x2.add(d23, f64x2.mul(v128.load(d + at, 16), o23));
    }
    const end = (<usize>column) << 3;
    for (; at < end; at += 8) {
      const o = load<f64>(other + at);
      a01 = addFirst(a01, load<f64>(a + at) * o);
      b01 = addFirst(b01, load<f64>(b + at) * o);
      c01 = addFirst(c01, load<f64>(c + at) * o);
      d01 = addFirst(d01, load<f64>(d + at) * o);
    }
    const inverse = load<f64>(other + end);
    store<f64>(a + end, (load<f64>(a + end) - sumOf(a01, a23)) * inverse);
    store<f64>(b + end, (load<f64>(b + end) - sumOf(b01, b23)) * inverse);
    store<f64>(c + end, (load<f64>(c + end) - sumOf(c01, c23)) * inverse);
    store<f64>(d + end, (load<f64>(d + end) - sumOf(d01, d23)) * inverse);
  }
}

/** Columns of one row from `from` on, and its diagonal; 1 where the pivot is great enough. */
function oneRow(matrix: usize, size: i32, row: i32, from: i32): i32 {
  const width = (<usize>size) << 3;
  const start = matrix + <usize>row * width;
  for (let column = from; column < row; column++) {
    const other = matrix + <usize>column * width;
    const end = (<usize>column) << 3;
    store<f64>(start + end, (load<f64>(start + end) - dot(start, other, column)) * load<f64>(other + end));
  }
  const at = start + ((<usize>row) << 3);
  const diagonal = load<f64>(at);
  const pivot = diagonal - dot(start, start, row);
  const least = PIVOT_SHARE_MIN * diagonal;
  store<f64>(at, 1 / Math.sqrt(Math.max(pivot, least)));
  return pivot > 0 && pivot >= least ? 1 : 0;
}

function dot(a: usize, b: usize, length: i32): f64 {
  let s01 = f64x2.splat(0);
  let s23 = f64x2.splat(0);
  let x = 0;
  for (; x + 3 < length; x += 4) {
    s01 = f64x2.add(s01, f64x2.mul(v128.load(a), v128.load(b)));
    s23 = f64x2.add(s23, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    a += 32;
    b += 32;
  }
  for (; x < length; x++) {
    s01 = addFirst(s01, load<f64>(a) * load<f64>(b));
    a += 8;
    b += 8;
  }
  return sumOf(s01, s23);
}

function addFirst(sums: v128, more: f64): v128 {
  return f64x2.replace_lane(sums, 0, f64x2.extract_lane(sums, 0) + more);
}

function sumOf(s01: v128, s23: v128): f64 {
  const late = f64x2.extract_lane(s23, 0) + f64x2.extract_lane(s23, 1);
  return f64x2.extract_lane(s01, 0) + f64x2.extract_lane(s01, 1) + late;
}

function substitute(matrix: usize, right: usize, size: i32): void {
  const width = (<usize>size) << 3;
  for (let row = 0; row < size; row++) {
    const start = matrix + <usize>row * width;
    const end = (<usize>row) << 3;
    let sum = load<f64>(right + end);
    for (let at: usize = 0; at < end; at += 8) sum -= load<f64>(start + at) * load<f64>(right + at);
    store<f64>(right + end, sum * load<f64>(start + end));
  }
  for (let row = size - 1; row >= 0; row--) {
    const start = matrix + <usize>row * width;
    const end = (<usize>row) << 3;
    const solved = load<f64>(right + end) * load<f64>(start + end);
    store<f64>(right + end, solved);
    for (let at: usize = 0; at < end; at += 8)
      store<f64>(right + at, load<f64>(right + at) - load<f64>(start + at) * solved);
  }
}
