import { multiplyPacked, pack, packedSize } from './gemm';

/**
 * Convolution and its two gradients, NHWC, as products of matrices over patches: row (n, y, x) of the patches
 * holds what the window at that place reads, [ky, kx, ci]. They are laid out for some rows at a time, so that
 * they stay in the cache.
 */

/** Bytes of patches at a time, and what is added to a row so that rows do not meet in one set of the cache. */
const BLOCK = 192 * 1024;
const SKEW = 64;

/** One convolution: sizes of the image [n, h, w, ci], the window, and the result [n, oh, ow, co]. */
@unmanaged
export class Geometry {
  n: i32;
  h: i32;
  w: i32;
  ci: i32;
  kh: i32;
  kw: i32;
  sy: i32;
  sx: i32;
  top: i32;
  left: i32;
  oh: i32;
  ow: i32;
  co: i32;
}

function depthOf(g: Geometry): i32 {
  return g.kh * g.kw * g.ci;
}

function strideOf(g: Geometry): i32 {
  return depthOf(g) * 4 + SKEW;
}

function rowsAtOnce(g: Geometry): i32 {
  return max(5, min(g.n * g.oh * g.ow, BLOCK / strideOf(g)));
}

/** Bytes of scratch that any of the three needs. */
export function convolutionScratch(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const rows = rowsAtOnce(g);
  const filter = max(packedSize(depthOf(g), g.co), packedSize(g.co, depthOf(g)));
  return rows * strideOf(g) + max(filter, packedSize(rows, g.co)) + 256;
}

/** y[n·oh·ow × co] = patches(x) · w[kh·kw·ci × co] */
export function convolve(x: usize, w: usize, y: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const k = depthOf(g);
  const stride = strideOf(g);
  const atOnce = rowsAtOnce(g);
  const patches = scratch + 256;
  const packed = patches + atOnce * stride;
  const rows = g.n * g.oh * g.ow;
  pack(w, g.co * 4, 4, k, g.co, packed);
  for (let row = 0; row < rows; row += atOnce) {
    const count = min(atOnce, rows - row);
    gather(x, patches, stride, g, row, count);
    const to = y + <usize>row * g.co * 4;
    multiplyPacked(patches, stride, 4, packed, to, g.co * 4, count, g.co, k, 0, scratch);
  }
}

/** dw[kh·kw·ci × co] = Σ over blocks of rows: patches(x)ᵀ · dy */
export function convolveFilterGradient(x: usize, dy: usize, dw: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const k = depthOf(g);
  const stride = strideOf(g);
  const atOnce = rowsAtOnce(g);
  const patches = scratch + 256;
  const packed = patches + atOnce * stride;
  const rows = g.n * g.oh * g.ow;
  for (let row = 0; row < rows; row += atOnce) {
    const count = min(atOnce, rows - row);
    gather(x, patches, stride, g, row, count);
    pack(dy + <usize>row * g.co * 4, g.co * 4, 4, count, g.co, packed);
    multiplyPacked(patches, 4, stride, packed, dw, g.co * 4, k, g.co, count, row == 0 ? 0 : dw, scratch);
  }
}

/** dx = what scatters dy · wᵀ [n·oh·ow × kh·kw·ci] back to the pixels that the windows read. */
export function convolveInputGradient(dy: usize, w: usize, dx: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const k = depthOf(g);
  const stride = strideOf(g);
  const atOnce = rowsAtOnce(g);
  const patches = scratch + 256;
  const packed = patches + atOnce * stride;
  const rows = g.n * g.oh * g.ow;
  pack(w, 4, g.co * 4, g.co, k, packed);
  memory.fill(dx, 0, <usize>g.n * g.h * g.w * g.ci * 4);
  for (let row = 0; row < rows; row += atOnce) {
    const count = min(atOnce, rows - row);
    const from = dy + <usize>row * g.co * 4;
    multiplyPacked(from, g.co * 4, 4, packed, patches, stride, count, k, g.co, 0, scratch);
    scatter(patches, stride, dx, g, row, count);
  }
}

/** Patches of `count` places from `row` on. */
function gather(x: usize, to: usize, stride: i32, g: Geometry, row: i32, count: i32): void {
  const pixel = <usize>g.ci * 4;
  const line = <usize>g.w * pixel;
  const run = <usize>g.kw * pixel;
  let place = row % (g.oh * g.ow);
  let image = x + <usize>(row / (g.oh * g.ow)) * <usize>g.h * line;
  for (let i = 0; i < count; i++) {
    const y = (place / g.ow) * g.sy - g.top;
    const x0 = (place % g.ow) * g.sx - g.left;
    const first = max(0, -x0);
    const last = min(g.kw, g.w - x0);
    let at = to + <usize>i * <usize>stride;
    for (let ky = 0; ky < g.kh; ky++) {
      if (y + ky < 0 || y + ky >= g.h || last <= first) {
        zero(at, run);
      } else {
        zero(at, <usize>first * pixel);
        copy(
          image + <usize>(y + ky) * line + <usize>(x0 + first) * pixel,
          at + <usize>first * pixel,
          <usize>(last - first) * pixel,
        );
        zero(at + <usize>last * pixel, <usize>(g.kw - last) * pixel);
      }
      at += run;
    }
    if (++place == g.oh * g.ow) {
      place = 0;
      image += <usize>g.h * line;
    }
  }
}

/** Adds patches of `count` places from `row` on to the pixels that they were read from. */
function scatter(from: usize, stride: i32, dx: usize, g: Geometry, row: i32, count: i32): void {
  const pixel = <usize>g.ci * 4;
  const line = <usize>g.w * pixel;
  const run = <usize>g.kw * pixel;
  let place = row % (g.oh * g.ow);
  let image = dx + <usize>(row / (g.oh * g.ow)) * <usize>g.h * line;
  for (let i = 0; i < count; i++) {
    const y = (place / g.ow) * g.sy - g.top;
    const x0 = (place % g.ow) * g.sx - g.left;
    const first = max(0, -x0);
    const last = min(g.kw, g.w - x0);
    if (last > first) {
      for (let ky = max(0, -y); ky < min(g.kh, g.h - y); ky++)
        accumulate(
          from + <usize>i * <usize>stride + <usize>ky * run + <usize>first * pixel,
          image + <usize>(y + ky) * line + <usize>(x0 + first) * pixel,
          <usize>(last - first) * pixel,
        );
    }
    if (++place == g.oh * g.ow) {
      place = 0;
      image += <usize>g.h * line;
    }
  }
}

@inline
function copy(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
}

@inline
function zero(to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.splat(0));
  for (; i < bytes; i += 4) store<f32>(to + i, 0);
}

@inline
function accumulate(from: usize, to: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i));
}
