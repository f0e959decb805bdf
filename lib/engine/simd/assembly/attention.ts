import { multiplyAdd, multiplyPacked, pack, packedSize } from './gemm';

/**
 * Attention of one head. `joint` [examples × places × 3 width] holds queries, keys and values side by side. Weights are made
 * for a few queries at a time and used while they are in the cache; none are kept. Pointers in bytes.
 */

/** Queries at a time: four tiles of rows. */
const BLOCK: i32 = 20;

/** What a product needs of scratch beside its packed operand. */
const SPARE: i32 = 256;

/** Bytes of scratch, forwards or backwards: operands when packed, the remains of tiles, weights and their gradients. */
export function attentionScratch(places: i32, width: i32): i32 {
  return 3 * packedBytes(places, width) + packedSize(BLOCK, width) + SPARE + 2 * BLOCK * places * 4;
}

/** Of keys or values, upright or transposed. */
@inline
function packedBytes(places: i32, width: i32): i32 {
  return max(packedSize(width, places), packedSize(places, width));
}

/** y = softmax(q kᵀ) v [examples × places × width] */
export function attend(joint: usize, examples: i32, places: i32, width: i32, y: usize, scratch: usize): void {
  const part = <usize>width * 4;
  const row = 3 * part;
  const line = <usize>places * 4;
  const values = scratch + packedBytes(places, width);
  const spare = values + packedBytes(places, width);
  const a = spare + SPARE;
  for (let i = 0; i < examples; i++) {
    pack(joint + part, 4, row, width, places, scratch);
    pack(joint + 2 * part, row, 4, places, width, values);
    for (let from = 0; from < places; from += BLOCK) {
      const rows = min(BLOCK, places - from);
      weigh(joint + <usize>from * row, row, rows, scratch, places, width, a, spare);
      multiplyPacked(a, line, 4, values, y + <usize>from * part, part, rows, width, places, 0, spare);
    }
    joint += <usize>places * row;
    y += <usize>places * part;
  }
}

/** a = softmax(q kᵀ) of some queries, the keys packed. */
function weigh(
  q: usize,
  row: usize,
  rows: i32,
  keys: usize,
  places: i32,
  width: i32,
  a: usize,
  spare: usize,
): void {
  const line = <usize>places * 4;
  multiplyPacked(q, row, 4, keys, a, line, rows, places, width, 0, spare);
  for (let i = 0; i < rows; i++) softmax(a + <usize>i * line, places);
}

/**
 * eˣ of x ≤ 0, 0 below −87.3: 2ⁿ · eʳ with n = x / ln 2 rounded, and added to the exponent of 1, by the sum with a number
 * so large that only whole ones are left (XNNPACK's softmax); a third of the time of one for any x. Relative error 1e-7.
 */
@inline
function power4(x: v128): v128 {
  const magic = f32x4.splat(12583039.0);
  const shifted = multiplyAdd(x, f32x4.splat(1.4426950216293335), magic);
  const scale = i32x4.shl(shifted, 23);
  const n = f32x4.sub(shifted, magic);
  let r = multiplyAdd(n, f32x4.splat(-0.693145751953125), x);
  r = multiplyAdd(n, f32x4.splat(-1.428606765330187e-06), r);
  let p = multiplyAdd(f32x4.splat(0.008289290592074394), r, f32x4.splat(0.04189782217144966));
  p = multiplyAdd(p, r, f32x4.splat(0.16667652130126953));
  p = multiplyAdd(p, r, f32x4.splat(0.4999915063381195));
  p = multiplyAdd(p, r, f32x4.splat(0.9999997019767761));
  const y = multiplyAdd(f32x4.mul(r, scale), p, scale);
  return v128.andnot(y, f32x4.lt(x, f32x4.splat(-87.33654022216797)));
}

/** In place: eˣ / Σ eˣ, less the largest first. */
function softmax(x: usize, length: i32): void {
  const end = x + <usize>length * 4;
  const whole = x + (<usize>length & ~3) * 4;
  let most4 = f32x4.splat(-Infinity);
  for (let at = x; at < whole; at += 16) most4 = f32x4.pmax(most4, v128.load(at));
  let most = highest(most4);
  for (let at = whole; at < end; at += 4) most = max(most, load<f32>(at));
  const shift = f32x4.splat(most);
  let sum4 = f32x4.splat(0);
  for (let at = x; at < whole; at += 16) {
    const e = power4(f32x4.sub(v128.load(at), shift));
    v128.store(at, e);
    sum4 = f32x4.add(sum4, e);
  }
  let sum = total(sum4);
  for (let at = whole; at < end; at += 4) {
    const e = f32x4.extract_lane(power4(f32x4.splat(load<f32>(at) - most)), 0);
    store<f32>(at, e);
    sum += e;
  }
  const share: f32 = 1 / sum;
  const share4 = f32x4.splat(share);
  for (let at = x; at < whole; at += 16) v128.store(at, f32x4.mul(v128.load(at), share4));
  for (let at = whole; at < end; at += 4) store<f32>(at, load<f32>(at) * share);
}

/**
 * The gradient by `joint`, from that by y: ds = a (dy vᵀ − the sum of a times it over each row), dq = ds k, dk = dsᵀ q,
 * dv = aᵀ dy.
 */
export function attendGradient(
  joint: usize,
  dy: usize,
  examples: i32,
  places: i32,
  width: i32,
  dJoint: usize,
  scratch: usize,
): void {
  const part = <usize>width * 4;
  const row = 3 * part;
  const line = <usize>places * 4;
  const turnedValues = scratch + packedBytes(places, width);
  const keys = turnedValues + packedBytes(places, width);
  const few = keys + packedBytes(places, width);
  const spare = few + packedSize(BLOCK, width);
  const a = spare + SPARE;
  const ds = a + <usize>BLOCK * line;
  for (let i = 0; i < examples; i++) {
    pack(joint + part, 4, row, width, places, scratch);
    pack(joint + 2 * part, 4, row, width, places, turnedValues);
    pack(joint + part, row, 4, places, width, keys);
    const dk = dJoint + part;
    const dv = dk + part;
    for (let from = 0; from < places; from += BLOCK) {
      const rows = min(BLOCK, places - from);
      const q = joint + <usize>from * row;
      const upstream = dy + <usize>from * part;
      weigh(q, row, rows, scratch, places, width, a, spare);
      multiplyPacked(upstream, part, 4, turnedValues, ds, line, rows, places, width, 0, spare);
      for (let r = 0; r < rows; r++) softmaxGradient(a + <usize>r * line, ds + <usize>r * line, places);
      multiplyPacked(ds, line, 4, keys, dJoint + <usize>from * row, row, rows, width, places, 0, spare);
      pack(q, row, 4, rows, width, few);
      multiplyPacked(ds, 4, line, few, dk, row, places, width, rows, from == 0 ? 0 : dk, spare);
      pack(upstream, part, 4, rows, width, few);
      multiplyPacked(a, 4, line, few, dv, row, places, width, rows, from == 0 ? 0 : dv, spare);
    }
    joint += <usize>places * row;
    dJoint += <usize>places * row;
    dy += <usize>places * part;
  }
}

/** d = y (d − Σ y d) */
function softmaxGradient(y: usize, d: usize, length: i32): void {
  const end = <usize>length * 4;
  const whole = (<usize>length & ~3) * 4;
  let sum4 = f32x4.splat(0);
  for (let at: usize = 0; at < whole; at += 16)
    sum4 = f32x4.add(sum4, f32x4.mul(v128.load(y + at), v128.load(d + at)));
  let sum = total(sum4);
  for (let at = whole; at < end; at += 4) sum += load<f32>(y + at) * load<f32>(d + at);
  const shift = f32x4.splat(sum);
  for (let at: usize = 0; at < whole; at += 16)
    v128.store(d + at, f32x4.mul(v128.load(y + at), f32x4.sub(v128.load(d + at), shift)));
  for (let at = whole; at < end; at += 4) store<f32>(d + at, load<f32>(y + at) * (load<f32>(d + at) - sum));
}

@inline
function total(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

@inline
function highest(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}
