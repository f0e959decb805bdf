/** Functions of single numbers, four at a time; lengths count numbers. */

/** max(x, 0) + α min(x, 0) */
export function leakyRelu(x: usize, y: usize, length: i32, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= length; i += 4, x += 16, y += 16) {
    const value = v128.load(x);
    v128.store(y, v128.bitselect(value, f32x4.mul(value, slope), f32x4.gt(value, zero)));
  }
  for (; i < length; i++, x += 4, y += 4) {
    const value = load<f32>(x);
    store<f32>(y, value > 0 ? value : value * alpha);
  }
}

/** dy · (x > 0 ? 1 : α) */
export function leakyReluGradient(x: usize, dy: usize, dx: usize, length: i32, alpha: f32): void {
  const slope = f32x4.splat(alpha);
  const zero = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= length; i += 4, x += 16, dy += 16, dx += 16) {
    const upstream = v128.load(dy);
    v128.store(dx, v128.bitselect(upstream, f32x4.mul(upstream, slope), f32x4.gt(v128.load(x), zero)));
  }
  for (; i < length; i++, x += 4, dy += 4, dx += 4) {
    const upstream = load<f32>(dy);
    store<f32>(dx, load<f32>(x) > 0 ? upstream : upstream * alpha);
  }
}

/** eˣ = 2ⁿ eʳ, |r| ≤ ½ log 2, eʳ by a polynomial (Cephes expf): relative error 1e-7; 0 below −87, ∞ above 88.7. */
@inline
function exp4(value: v128): v128 {
  const low = f32x4.lt(value, f32x4.splat(-87.3));
  const high = f32x4.gt(value, f32x4.splat(88.72));
  const x = f32x4.max(f32x4.min(value, f32x4.splat(88.72)), f32x4.splat(-87.3));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // 2ⁿ in two halves: n = 128 has no float of its own.
  const exponent = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(exponent, 1);
  const bias = i32x4.splat(127);
  const first = i32x4.shl(i32x4.add(half, bias), 23);
  const second = i32x4.shl(i32x4.add(i32x4.sub(exponent, half), bias), 23);
  const result = f32x4.mul(f32x4.mul(p, first), second);
  return v128.bitselect(f32x4.splat(Infinity), v128.andnot(result, low), high);
}

/** tanh x: a polynomial below 0.625 (Cephes tanhf), 1 − 2 / (e²ˣ + 1) above; NaN stays NaN. */
@inline
function tanh4(x: v128): v128 {
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33332819422e-1));
  const near = f32x4.add(f32x4.mul(f32x4.mul(p, z), x), x);
  const e = exp4(f32x4.add(x, x));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
  return v128.bitselect(far, near, f32x4.gt(f32x4.abs(x), f32x4.splat(0.625)));
}

export function exp(x: usize, y: usize, length: i32): void {
  let i = 0;
  for (; i + 4 <= length; i += 4, x += 16, y += 16) v128.store(y, exp4(v128.load(x)));
  for (; i < length; i++, x += 4, y += 4) store<f32>(y, f32x4.extract_lane(exp4(v128.load32_splat(x)), 0));
}

export function tanh(x: usize, y: usize, length: i32): void {
  let i = 0;
  for (; i + 4 <= length; i += 4, x += 16, y += 16) v128.store(y, tanh4(v128.load(x)));
  for (; i < length; i++, x += 4, y += 4) store<f32>(y, f32x4.extract_lane(tanh4(v128.load32_splat(x)), 0));
}

/** dy (1 − y²) */
export function tanhGradient(y: usize, dy: usize, dx: usize, length: i32): void {
  const one = f32x4.splat(1);
  let i = 0;
  for (; i + 4 <= length; i += 4, y += 16, dy += 16, dx += 16) {
    const value = v128.load(y);
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.sub(one, f32x4.mul(value, value))));
  }
  for (; i < length; i++, y += 4, dy += 4, dx += 4) {
    const value = load<f32>(y);
    store<f32>(dx, load<f32>(dy) * (1 - value * value));
  }
}

/** dy y (1 − y) */
export function sigmoidGradient(y: usize, dy: usize, dx: usize, length: i32): void {
  const one = f32x4.splat(1);
  let i = 0;
  for (; i + 4 <= length; i += 4, y += 16, dy += 16, dx += 16) {
    const value = v128.load(y);
    v128.store(dx, f32x4.mul(v128.load(dy), f32x4.mul(value, f32x4.sub(one, value))));
  }
  for (; i < length; i++, y += 4, dy += 4, dx += 4) {
    const value = load<f32>(y);
    store<f32>(dx, load<f32>(dy) * (value * (1 - value)));
  }
}

/**
 * Adam (Kingma & Ba 2015): m' = β₁ m + (1 − β₁) g, v' = β₂ v + (1 − β₂) g², and the change rate · m' /
 * (√(v' · correction) + ε), where rate holds 1 / (1 − β₁ᵗ) and correction is 1 / (1 − β₂ᵗ).
 */
export function adam(
  g: usize,
  m: usize,
  v: usize,
  length: i32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  rate: f32,
  correction: f32,
  epsilon: f32,
  change: usize,
  nextM: usize,
  nextV: usize,
): void {
  let at: usize = 0;
  const whole = <usize>(length & ~3) * 4;
  for (; at < whole; at += 16) {
    const gradient = v128.load(g + at);
    const first = f32x4.add(
      f32x4.mul(v128.load(m + at), f32x4.splat(beta1)),
      f32x4.mul(gradient, f32x4.splat(rest1)),
    );
    const second = f32x4.add(
      f32x4.mul(v128.load(v + at), f32x4.splat(beta2)),
      f32x4.mul(f32x4.mul(gradient, gradient), f32x4.splat(rest2)),
    );
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, f32x4.splat(correction))), f32x4.splat(epsilon));
    v128.store(nextM + at, first);
    v128.store(nextV + at, second);
    v128.store(change + at, f32x4.div(f32x4.mul(first, f32x4.splat(rate)), root));
  }
  for (; at < <usize>length * 4; at += 4) {
    const gradient = load<f32>(g + at);
    const first: f32 = load<f32>(m + at) * beta1 + gradient * rest1;
    const second: f32 = load<f32>(v + at) * beta2 + gradient * gradient * rest2;
    store<f32>(nextM + at, first);
    store<f32>(nextV + at, second);
    store<f32>(change + at, (first * rate) / (sqrt<f32>(second * correction) + epsilon));
  }
}
