import { multiplyPacked, pack, packedSize } from './gemm';

/**
 * Convolution and its two gradients, [n, depth, height, width, channels], as products of matrices over patches: row
 * (n, z, y, x) of the patches holds what the window at that place reads of one group of channels, [kz, ky, kx, ci].
 * They are laid out for some rows at a time, so that they stay in the cache.
 */

/** Bytes of patches at a time, and what is added to a row so that rows do not meet in one set of the cache. */
const BLOCK = 192 * 1024;
const SKEW = 64;

/** One convolution: sizes of the images [n, d, h, w, ci], the window, and the result [n, od, oh, ow, co]. */
@unmanaged
export class Geometry {
  n: i32;
  d: i32;
  h: i32;
  w: i32;
  ci: i32;
  kd: i32;
  kh: i32;
  kw: i32;
  sz: i32;
  sy: i32;
  sx: i32;
  front: i32;
  top: i32;
  left: i32;
  od: i32;
  oh: i32;
  ow: i32;
  co: i32;
  /** Of channels and filters, each filter on its own group alone. */
  groups: i32;
}

/** Numbers that one filter reads. */
function depthOf(g: Geometry): i32 {
  return (g.kd * g.kh * g.kw * g.ci) / g.groups;
}

function strideOf(g: Geometry): i32 {
  return depthOf(g) * 4 + SKEW;
}

function rowsOf(g: Geometry): i32 {
  return g.n * g.od * g.oh * g.ow;
}

function rowsAtOnce(g: Geometry): i32 {
  return max(5, min(rowsOf(g), BLOCK / strideOf(g)));
}

/** Bytes of scratch that any of the three needs. */
export function convolutionScratch(geometry: usize): i32 {
  const g = changetype<Geometry>(geometry);
  const rows = rowsAtOnce(g);
  const filters = g.co / g.groups;
  const filter = g.groups * max(packedSize(depthOf(g), filters), packedSize(filters, depthOf(g)));
  return rows * strideOf(g) + max(filter, packedSize(rows, filters)) + 256;
}

/** y[rows × co] = patches(x) · w[kd·kh·kw·ci × co], by groups */
export function convolve(x: usize, w: usize, y: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const k = depthOf(g);
  const stride = strideOf(g);
  const atOnce = rowsAtOnce(g);
  const patches = scratch + 256;
  const packed = patches + atOnce * stride;
  const rows = rowsOf(g);
  const filters = g.co / g.groups;
  const each = packedSize(k, filters);
  for (let group = 0; group < g.groups; group++)
    pack(w + group * filters * 4, g.co * 4, 4, k, filters, packed + group * each);
  for (let row = 0; row < rows; row += atOnce) {
    const count = min(atOnce, rows - row);
    for (let group = 0; group < g.groups; group++) {
      gather(x, patches, stride, g, group, row, count);
      const to = y + (<usize>row * g.co + group * filters) * 4;
      multiplyPacked(patches, stride, 4, packed + group * each, to, g.co * 4, count, filters, k, 0, scratch);
    }
  }
}

/** dw[kd·kh·kw·ci × co] = Σ over blocks of rows: patches(x)ᵀ · dy, by groups */
export function convolveFilterGradient(x: usize, dy: usize, dw: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const k = depthOf(g);
  const stride = strideOf(g);
  const atOnce = rowsAtOnce(g);
  const patches = scratch + 256;
  const packed = patches + atOnce * stride;
  const rows = rowsOf(g);
  const filters = g.co / g.groups;
  for (let row = 0; row < rows; row += atOnce) {
    const count = min(atOnce, rows - row);
    for (let group = 0; group < g.groups; group++) {
      gather(x, patches, stride, g, group, row, count);
      pack(dy + (<usize>row * g.co + group * filters) * 4, g.co * 4, 4, count, filters, packed);
      const to = dw + group * filters * 4;
      multiplyPacked(patches, 4, stride, packed, to, g.co * 4, k, filters, count, row == 0 ? 0 : to, scratch);
    }
  }
}

/** dx = what scatters dy · wᵀ [rows × kd·kh·kw·ci] back to the pixels that the windows read, by groups. */
export function convolveInputGradient(dy: usize, w: usize, dx: usize, geometry: usize, scratch: usize): void {
  const g = changetype<Geometry>(geometry);
  const k = depthOf(g);
  const stride = strideOf(g);
  const atOnce = rowsAtOnce(g);
  const patches = scratch + 256;
  const packed = patches + atOnce * stride;
  const rows = rowsOf(g);
  const filters = g.co / g.groups;
  const each = packedSize(filters, k);
  for (let group = 0; group < g.groups; group++)
    pack(w + group * filters * 4, 4, g.co * 4, filters, k, packed + group * each);
  memory.fill(dx, 0, <usize>g.n * g.d * g.h * g.w * g.ci * 4);
  for (let row = 0; row < rows; row += atOnce) {
    const count = min(atOnce, rows - row);
    for (let group = 0; group < g.groups; group++) {
      const from = dy + (<usize>row * g.co + group * filters) * 4;
      multiplyPacked(from, g.co * 4, 4, packed + group * each, patches, stride, count, k, filters, 0, scratch);
      scatter(patches, stride, dx, g, group, row, count);
    }
  }
}

/** Patches of `count` places from `row` on, of one group of channels. */
function gather(x: usize, to: usize, stride: i32, g: Geometry, group: i32, row: i32, count: i32): void {
  const pixel = <usize>g.ci * 4;
  const part = pixel / g.groups;
  const line = <usize>g.w * pixel;
  const run = <usize>g.kw * part;
  const places = g.od * g.oh * g.ow;
  const volume = <usize>g.d * <usize>g.h * line;
  let place = row % places;
  let image = x + <usize>(row / places) * volume + group * part;
  for (let i = 0; i < count; i++) {
    const z = (place / (g.oh * g.ow)) * g.sz - g.front;
    const y = ((place / g.ow) % g.oh) * g.sy - g.top;
    const x0 = (place % g.ow) * g.sx - g.left;
    const first = max(0, -x0);
    const last = min(g.kw, g.w - x0);
    let at = to + <usize>i * <usize>stride;
    for (let kz = 0; kz < g.kd; kz++) {
      const inside = z + kz >= 0 && z + kz < g.d && last > first;
      for (let ky = 0; ky < g.kh; ky++) {
        if (!inside || y + ky < 0 || y + ky >= g.h) {
          zero(at, run);
        } else {
          zero(at, <usize>first * part);
          let from = image + (<usize>((z + kz) * g.h + y + ky) * g.w + <usize>(x0 + first)) * pixel;
          if (part == pixel) copy(from, at + <usize>first * part, <usize>(last - first) * part);
          else
            for (let kx = first; kx < last; kx++) {
              copy(from, at + <usize>kx * part, part);
              from += pixel;
            }
          zero(at + <usize>last * part, <usize>(g.kw - last) * part);
        }
        at += run;
      }
    }
    if (++place == places) {
      place = 0;
      image += volume;
    }
  }
}

/** Adds patches of `count` places from `row` on to the pixels of one group that they were read from. */
function scatter(from: usize, stride: i32, dx: usize, g: Geometry, group: i32, row: i32, count: i32): void {
  const pixel = <usize>g.ci * 4;
  const part = pixel / g.groups;
  const line = <usize>g.w * pixel;
  const run = <usize>g.kw * part;
  const places = g.od * g.oh * g.ow;
  const volume = <usize>g.d * <usize>g.h * line;
  let place = row % places;
  let image = dx + <usize>(row / places) * volume + group * part;
  for (let i = 0; i < count; i++) {
    const z = (place / (g.oh * g.ow)) * g.sz - g.front;
    const y = ((place / g.ow) % g.oh) * g.sy - g.top;
    const x0 = (place % g.ow) * g.sx - g.left;
    const first = max(0, -x0);
    const last = min(g.kw, g.w - x0);
    if (last > first) {
      const patch = from + <usize>i * <usize>stride + <usize>first * part;
      for (let kz = max(0, -z); kz < min(g.kd, g.d - z); kz++) {
        for (let ky = max(0, -y); ky < min(g.kh, g.h - y); ky++) {
          let at = patch + <usize>(kz * g.kh + ky) * run;
          let to = image + (<usize>((z + kz) * g.h + y + ky) * g.w + <usize>(x0 + first)) * pixel;
          if (part == pixel) accumulate(at, to, <usize>(last - first) * part);
          else
            for (let kx = first; kx < last; kx++) {
              accumulate(at, to, part);
              at += part;
              to += pixel;
            }
        }
      }
    }
    if (++place == places) {
      place = 0;
      image += volume;
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
