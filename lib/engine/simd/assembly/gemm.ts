/**
 * Products of matrices. `a` is read where it lies, by any strides; `b` is packed first, into panels of 8
 * columns, so that the innermost loop reads it in order. Pointers and strides are in bytes.
 */

/** Rows and columns of the tile that stays in registers. */
const ROWS = 5;
const COLUMNS: i32 = 8;
const PANEL: usize = 32;

/** Of the inner and the outer dimension, what a pass over `a` reads of `b`: 256 kB. */
const DEPTH = 256;
const WIDTH = 256;

@inline
export function multiplyAdd(a: v128, b: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Bytes of `b` [k × n] when packed. */
export function packedSize(k: i32, n: i32): i32 {
  return ((n + COLUMNS - 1) / COLUMNS) * k * <i32>PANEL;
}

/** b[p, j] = *(b + p·bk + j·bn) into panels [n / 8][k][8]; what is beyond n is 0. */
export function pack(b: usize, bk: usize, bn: usize, k: i32, n: i32, to: usize): void {
  for (let j = 0; j < n; j += COLUMNS) {
    const from = b + <usize>j * bn;
    const columns = min(COLUMNS, n - j);
    if (columns == COLUMNS && bn == 4) packRows(from, bk, k, to);
    else if (columns == COLUMNS && bk == 4) packTransposed(from, bn, k, to);
    else packAny(from, bk, bn, k, columns, to);
    to += <usize>k * PANEL;
  }
}

function packRows(from: usize, bk: usize, k: i32, to: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    from += bk;
    to += PANEL;
  }
}

/** Eight rows of `b` become the panel's columns, four numbers of each at a time. */
function packTransposed(from: usize, bn: usize, k: i32, to: usize): void {
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    transpose4(from, bn, to);
    transpose4(from + 4 * bn, bn, to + 16);
    from += 16;
    to += 4 * PANEL;
  }
  packAny(from, 4, bn, k - p, COLUMNS, to);
}

@inline
function transpose4(from: usize, stride: usize, to: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + stride);
  const r2 = v128.load(from + 2 * stride);
  const r3 = v128.load(from + 3 * stride);
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
  v128.store(to + PANEL, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  v128.store(to + 2 * PANEL, v128.shuffle<f32>(c, d, 0, 1, 4, 5));
  v128.store(to + 3 * PANEL, v128.shuffle<f32>(c, d, 2, 3, 6, 7));
}

function packAny(from: usize, bk: usize, bn: usize, k: i32, columns: i32, to: usize): void {
  for (let p = 0; p < k; p++) {
    let at = from;
    for (let j = 0; j < COLUMNS; j++) {
      if (j < columns) store<f32>(to + 4 * <usize>j, load<f32>(at));
      else store<f32>(to + 4 * <usize>j, 0);
      at += bn;
    }
    from += bk;
    to += PANEL;
  }
}

/**
 * c[m × n] = init + a[m × k] · b, `b` packed. `init` is 0 for zeros, `c` itself to accumulate, else the
 * pointer of one row that starts all rows (a bias, padded to a multiple of 8). `spare` holds a tile (160 bytes).
 */
export function multiplyPacked(
  a: usize,
  am: usize,
  ak: usize,
  packed: usize,
  c: usize,
  cm: usize,
  m: i32,
  n: i32,
  k: i32,
  init: usize,
  spare: usize,
): void {
  for (let left = 0; left < n; left += WIDTH) {
    const right = min(n, left + WIDTH);
    for (let p = 0; p < k; p += DEPTH) {
      const depth = min(DEPTH, k - p);
      for (let i = 0; i < m; i += ROWS) {
        const rows = min(ROWS, m - i);
        const rowsOfA = a + <usize>i * am + <usize>p * ak;
        for (let j = left; j < right; j += COLUMNS) {
          const panel = packed + (<usize>j * <usize>k + <usize>p * COLUMNS) * 4;
          const to = c + <usize>i * cm + <usize>j * 4;
          const columns = min(COLUMNS, right - j);
          const whole = rows == ROWS && columns == COLUMNS;
          let start = init;
          let startStride: usize = 0;
          if (p > 0 || init == c) {
            start = to;
            startStride = cm;
            if (!whole) {
              copyTile(to, cm, spare, PANEL, rows, columns);
              start = spare;
              startStride = PANEL;
            }
          } else if (init != 0) start += <usize>j * 4;
          tile(rowsOfA, am, ak, rows, panel, depth, start, startStride, whole ? to : spare, whole ? cm : PANEL);
          if (!whole) copyTile(spare, PANEL, to, cm, rows, columns);
        }
      }
    }
  }
}

function copyTile(from: usize, stride: usize, to: usize, toStride: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) store<f32>(to + 4 * <usize>j, load<f32>(from + 4 * <usize>j));
    from += stride;
    to += toStride;
  }
}

/** c[5 × 8] = start + a[5 × k] · panel[k × 8]. Of fewer rows than 5 the last is computed again. */
function tile(
  a: usize,
  am: usize,
  ak: usize,
  rows: i32,
  b: usize,
  k: i32,
  start: usize,
  startStride: usize,
  c: usize,
  cm: usize,
): void {
  let a0 = a;
  let a1 = rows > 1 ? a0 + am : a0;
  let a2 = rows > 2 ? a1 + am : a1;
  let a3 = rows > 3 ? a2 + am : a2;
  let a4 = rows > 4 ? a3 + am : a3;
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  if (start != 0) {
    c00 = v128.load(start);
    c01 = v128.load(start, 16);
    start += startStride;
    c10 = v128.load(start);
    c11 = v128.load(start, 16);
    start += startStride;
    c20 = v128.load(start);
    c21 = v128.load(start, 16);
    start += startStride;
    c30 = v128.load(start);
    c31 = v128.load(start, 16);
    start += startStride;
    c40 = v128.load(start);
    c41 = v128.load(start, 16);
  }
  for (let p = 0; p < k; p++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    b += PANEL;
    const x0 = v128.load32_splat(a0);
    a0 += ak;
    c00 = multiplyAdd(x0, b0, c00);
    c01 = multiplyAdd(x0, b1, c01);
    const x1 = v128.load32_splat(a1);
    a1 += ak;
    c10 = multiplyAdd(x1, b0, c10);
    c11 = multiplyAdd(x1, b1, c11);
    const x2 = v128.load32_splat(a2);
    a2 += ak;
    c20 = multiplyAdd(x2, b0, c20);
    c21 = multiplyAdd(x2, b1, c21);
    const x3 = v128.load32_splat(a3);
    a3 += ak;
    c30 = multiplyAdd(x3, b0, c30);
    c31 = multiplyAdd(x3, b1, c31);
    const x4 = v128.load32_splat(a4);
    a4 += ak;
    c40 = multiplyAdd(x4, b0, c40);
    c41 = multiplyAdd(x4, b1, c41);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cm;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cm;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cm;
  v128.store(c, c30);
  v128.store(c, c31, 16);
  c += cm;
  v128.store(c, c40);
  v128.store(c, c41, 16);
}

/** c[m × n] = init + a · b by any strides. `scratch` has room for b packed and a tile. */
export function multiply(
  a: usize,
  am: usize,
  ak: usize,
  b: usize,
  bk: usize,
  bn: usize,
  c: usize,
  m: i32,
  n: i32,
  k: i32,
  init: usize,
  scratch: usize,
): void {
  pack(b, bk, bn, k, n, scratch);
  const spare = scratch + packedSize(k, n);
  multiplyPacked(a, am, ak, scratch, c, <usize>n * 4, m, n, k, init, spare);
}
