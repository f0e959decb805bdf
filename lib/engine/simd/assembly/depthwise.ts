import { Geometry } from './convolution';
import { multiplyAdd } from './gemm';

/**
 * Convolution of each channel by a filter of its own [kh, kw, c], and its two gradients, NHWC: too few products for
 * matrices, so channels lie in the lanes. `g.co` is `g.ci`; one number is left where channels are no multiple of 4.
 */

/** y[n, oh, ow, c] = Σ w[ky, kx, c] x[n, oy sy - top + ky, ox sx - left + kx, c] */
export function convolveDepthwise(x: usize, w: usize, y: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry);
  const pixel = <usize>g.ci * 4;
  for (let n = 0; n < g.n; n++)
    for (let oy = 0; oy < g.oh; oy++) {
      const y0 = oy * g.sy - g.top;
      const top = max(0, -y0);
      const bottom = min(g.kh, g.h - y0);
      for (let ox = 0; ox < g.ow; ox++) {
        const x0 = ox * g.sx - g.left;
        const left = max(0, -x0);
        const right = min(g.kw, g.w - x0);
        const from = x + <usize>((n * g.h + y0) * g.w + x0) * pixel;
        sumWindow(from, <usize>g.w * pixel, pixel, w, <usize>g.kw * pixel, pixel, top, bottom, left, right, y, pixel);
        y += pixel;
      }
    }
}

/** dx[n, h, w, c] = Σ w[ky, kx, c] dy[n, (y + top - ky) / sy, (x + left - kx) / sx, c], where those are whole. */
export function convolveDepthwiseInputGradient(dy: usize, w: usize, dx: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry);
  const pixel = <usize>g.ci * 4;
  for (let n = 0; n < g.n; n++)
    for (let y = 0; y < g.h; y++) {
      // From the last tap that reads this line backwards, one place of the result further for every sy taps.
      const oy = max(0, (y + g.top - g.kh + g.sy) / g.sy);
      const rows = min(g.oh, (y + g.top) / g.sy + 1) - oy;
      const ky = y + g.top - oy * g.sy;
      for (let x = 0; x < g.w; x++) {
        const ox = max(0, (x + g.left - g.kw + g.sx) / g.sx);
        const columns = min(g.ow, (x + g.left) / g.sx + 1) - ox;
        const kx = x + g.left - ox * g.sx;
        const from = dy + <usize>((n * g.oh + oy) * g.ow + ox) * pixel;
        const taps = w + <usize>(ky * g.kw + kx) * pixel;
        const down = -<isize>(g.sy * g.kw) * <isize>pixel;
        const back = -<isize>g.sx * <isize>pixel;
        sumWindow(from, <usize>g.ow * pixel, pixel, taps, down, back, 0, rows, 0, columns, dx, pixel);
        dx += pixel;
      }
    }
}

/** to[c] = Σ over u in [top, bottom), v in [left, right) of a[u, v, c] b[u, v, c]; strides in bytes. */
@inline
function sumWindow(
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  bColumn: usize,
  top: i32,
  bottom: i32,
  left: i32,
  right: i32,
  to: usize,
  bytes: usize,
): void {
  let c: usize = 0;
  for (; c + 64 <= bytes; c += 64) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let u = top; u < bottom; u++) {
      let p = a + <usize>u * aRow + <usize>left * aColumn + c;
      let q = b + <usize>u * bRow + <usize>left * bColumn + c;
      for (let v = left; v < right; v++) {
        s0 = multiplyAdd(v128.load(p), v128.load(q), s0);
        s1 = multiplyAdd(v128.load(p, 16), v128.load(q, 16), s1);
        s2 = multiplyAdd(v128.load(p, 32), v128.load(q, 32), s2);
        s3 = multiplyAdd(v128.load(p, 48), v128.load(q, 48), s3);
        p += aColumn;
        q += bColumn;
      }
    }
    v128.store(to + c, s0);
    v128.store(to + c, s1, 16);
    v128.store(to + c, s2, 32);
    v128.store(to + c, s3, 48);
  }
  for (; c + 16 <= bytes; c += 16) {
    let s = f32x4.splat(0);
    for (let u = top; u < bottom; u++)
      for (let v = left; v < right; v++)
        s = multiplyAdd(
          v128.load(a + <usize>u * aRow + <usize>v * aColumn + c),
          v128.load(b + <usize>u * bRow + <usize>v * bColumn + c),
          s,
        );
    v128.store(to + c, s);
  }
  for (; c < bytes; c += 4) {
    let s: f32 = 0;
    for (let u = top; u < bottom; u++)
      for (let v = left; v < right; v++)
        s +=
          load<f32>(a + <usize>u * aRow + <usize>v * aColumn + c) *
          load<f32>(b + <usize>u * bRow + <usize>v * bColumn + c);
    store<f32>(to + c, s);
  }
}

/** dw[kh, kw, c] = Σ x[n, oy sy - top + ky, ox sx - left + kx, c] dy[n, oy, ox, c] */
export function convolveDepthwiseFilterGradient(x: usize, dy: usize, dw: usize, geometry: usize): void {
  const g = changetype<Geometry>(geometry);
  const pixel = <usize>g.ci * 4;
  memory.fill(dw, 0, <usize>(g.kh * g.kw) * pixel);
  for (let n = 0; n < g.n; n++)
    for (let oy = 0; oy < g.oh; oy++) {
      const y0 = oy * g.sy - g.top;
      for (let ky = max(0, -y0); ky < min(g.kh, g.h - y0); ky++)
        for (let kx = 0; kx < g.kw; kx++) {
          // Places of the line whose window reads an inner pixel at kx.
          const first = max(0, (g.left - kx + g.sx - 1) / g.sx);
          const beyond = min(g.ow, (g.w - 1 + g.left - kx) / g.sx + 1);
          if (g.w + g.left - kx < 1) continue;
          const from = x + <usize>((n * g.h + y0 + ky) * g.w + first * g.sx - g.left + kx) * pixel;
          const along = dy + <usize>((n * g.oh + oy) * g.ow + first) * pixel;
          sumLine(from, <usize>g.sx * pixel, along, pixel, beyond - first, dw + <usize>(ky * g.kw + kx) * pixel);
        }
    }
}

/** to[c] += Σ over i < count of a[i, c] b[i, c]; `bytes` is the stride of b and the length of a row. */
@inline
function sumLine(a: usize, aStride: usize, b: usize, bytes: usize, count: i32, to: usize): void {
  let c: usize = 0;
  for (; c + 64 <= bytes; c += 64) {
    let s0 = v128.load(to + c);
    let s1 = v128.load(to + c, 16);
    let s2 = v128.load(to + c, 32);
    let s3 = v128.load(to + c, 48);
    let p = a + c;
    let q = b + c;
    for (let i = 0; i < count; i++) {
      s0 = multiplyAdd(v128.load(p), v128.load(q), s0);
      s1 = multiplyAdd(v128.load(p, 16), v128.load(q, 16), s1);
      s2 = multiplyAdd(v128.load(p, 32), v128.load(q, 32), s2);
      s3 = multiplyAdd(v128.load(p, 48), v128.load(q, 48), s3);
      p += aStride;
      q += bytes;
    }
    v128.store(to + c, s0);
    v128.store(to + c, s1, 16);
    v128.store(to + c, s2, 32);
    v128.store(to + c, s3, 48);
  }
  for (; c + 16 <= bytes; c += 16) {
    let s = v128.load(to + c);
    for (let i = 0; i < count; i++)
      s = multiplyAdd(v128.load(a + <usize>i * aStride + c), v128.load(b + <usize>i * bytes + c), s);
    v128.store(to + c, s);
  }
  for (; c < bytes; c += 4) {
    let s = load<f32>(to + c);
    for (let i = 0; i < count; i++)
      s += load<f32>(a + <usize>i * aStride + c) * load<f32>(b + <usize>i * bytes + c);
    store<f32>(to + c, s);
  }
}
