/**
 * Photos made smaller, line by line. Pointers and strides in bytes. Pixels are bytes: red, green, blue and one that is
 * not looked at.
 */

/**
 * Lines in another width, where many pixels become one: out[line, column, 4], in doubles. Between the centres of two
 * columns the share of one falls and that of the other rises in proportion to the distance, so that a running sum and
 * the sum of these say what both get. `bounds` (to + 2 integers) are the first pixels behind the centres, `rests`
 * (to + 2 doubles) what a centre is beyond the last pixel before it, `totals` (to doubles) by what a column is weighed.
 */
export function shrink(
  pixels: usize,
  stride: usize,
  lines: i32,
  to: i32,
  bounds: usize,
  rests: usize,
  scale: f64,
  totals: usize,
  out: usize,
): void {
  const size = <usize>to * 32;
  memory.fill(out, 0, <usize>lines * size);
  for (let line = 0; line < lines; line++, pixels += stride, out += size)
    for (let i = 0; i <= to; i++) {
      const start = load<i32>(bounds + (<usize>i << 2));
      const stop = load<i32>(bounds + (<usize>i << 2), 4);
      if (start === stop) continue;
      let sum = i32x4.splat(0);
      let before = i32x4.splat(0);
      for (let at = pixels + (<usize>start << 2), end = pixels + (<usize>stop << 2); at < end; at += 4) {
        before = i32x4.add(before, sum);
        const bytes = v128.load32_zero(at);
        sum = i32x4.add(sum, i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
      }
      const rest = f64x2.splat(load<f64>(rests + (<usize>i << 3), 8));
      const weight = f64x2.splat(scale);
      const falls = i > 0 ? f64x2.splat(load<f64>(totals + (<usize>(i - 1) << 3))) : f64x2.splat(0);
      const rises = i < to ? f64x2.splat(load<f64>(totals + (<usize>i << 3))) : f64x2.splat(0);
      let left = out + <usize>(i - 1) * 32;
      for (let half = 0; half < 2; half++, left += 16) {
        const whole = f64x2.convert_low_i32x4_s(sum);
        const falling = f64x2.mul(weight, f64x2.add(f64x2.convert_low_i32x4_s(before), f64x2.mul(whole, rest)));
        if (i > 0) v128.store(left, f64x2.add(v128.load(left), f64x2.mul(falling, falls)));
        if (i < to) v128.store(left + 32, f64x2.mul(f64x2.sub(whole, falling), rises));
        sum = v128.shuffle<u32>(sum, sum, 2, 3, 2, 3);
        before = v128.shuffle<u32>(before, before, 2, 3, 2, 3);
      }
    }
}

/**
 * One line of a JPEG in colour, as libjpeg has it bit for bit: brightness, and two planes of colour of half the width
 * (or all of it, where `near` and `far` are the same line and `isWide`). Of half the height, too, three quarters are of
 * the line that is nearer; `isHalf` says so. Reads and writes up to 16 pixels more than the width. `blue` and `red` are
 * room for width + 32 numbers of 16 bits.
 */
export function colourLine(
  light: usize,
  blueNear: usize,
  blueFar: usize,
  redNear: usize,
  redFar: usize,
  width: i32,
  isWide: bool,
  isHalf: bool,
  blue: usize,
  red: usize,
  sums: usize,
  out: usize,
): void {
  if (isWide) {
    widen(blueNear, width, blue);
    widen(redNear, width, red);
  } else {
    enlarge(blueNear, blueFar, (width + 1) >> 1, isHalf, sums, blue);
    enlarge(redNear, redFar, (width + 1) >> 1, isHalf, sums, red);
  }
  const centre = i16x8.splat(128);
  for (let x = 0; x < width; x += 8, light += 8, blue += 16, red += 16, out += 32) {
    const y = i16x8.extend_low_i8x16_u(v128.load64_zero(light));
    const b = i16x8.sub(v128.load(blue), centre);
    const r = i16x8.sub(v128.load(red), centre);
    const reds = i16x8.add(y, scaled(r, 91881));
    const blues = i16x8.add(y, scaled(b, 116130));
    const greens = i16x8.add(y, mixed(b, r));
    const rg = i8x16.narrow_i16x8_u(reds, greens);
    const bx = i8x16.narrow_i16x8_u(blues, blues);
    v128.store(out, v128.shuffle<u8>(rg, bx, 0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27));
    v128.store(out, v128.shuffle<u8>(rg, bx, 4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31), 16);
  }
}

/** x · factor / 65,536, rounded halves up. */
// @ts-ignore: a decorator of AssemblyScript
@inline
function scaled(x: v128, factor: i32): v128 {
  const by = i32x4.splat(factor);
  const half = i32x4.splat(32768);
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extend_low_i16x8_s(x), by), half), 16),
    i32x4.shr_s(i32x4.add(i32x4.mul(i32x4.extend_high_i16x8_s(x), by), half), 16),
  );
}

// @ts-ignore: a decorator of AssemblyScript
@inline
function mixed(blue: v128, red: v128): v128 {
  const ofBlue = i32x4.splat(-22554);
  const ofRed = i32x4.splat(-46802);
  const half = i32x4.splat(32768);
  const low = i32x4.add(
    i32x4.mul(i32x4.extend_low_i16x8_s(blue), ofBlue),
    i32x4.mul(i32x4.extend_low_i16x8_s(red), ofRed),
  );
  const high = i32x4.add(
    i32x4.mul(i32x4.extend_high_i16x8_s(blue), ofBlue),
    i32x4.mul(i32x4.extend_high_i16x8_s(red), ofRed),
  );
  return i16x8.narrow_i32x4_s(
    i32x4.shr_s(i32x4.add(low, half), 16),
    i32x4.shr_s(i32x4.add(high, half), 16),
  );
}

function widen(from: usize, width: i32, out: usize): void {
  for (let x = 0; x < width; x += 8, from += 8, out += 16)
    v128.store(out, i16x8.extend_low_i8x16_u(v128.load64_zero(from)));
}

/** Twice as wide: of two neighbours three quarters of the nearer, rounded up and down by turns. */
function enlarge(near: usize, far: usize, width: i32, isHalf: bool, sums: usize, out: usize): void {
  // What stands before the first is the first, behind the last the last.
  const line = sums + 16;
  const three = i16x8.splat(3);
  for (let x = 0, at = line; x < width; x += 8, near += 8, far += 8, at += 16) {
    let sum = i16x8.extend_low_i8x16_u(v128.load64_zero(near));
    if (isHalf)
      sum = i16x8.add(i16x8.mul(sum, three), i16x8.extend_low_i8x16_u(v128.load64_zero(far)));
    v128.store(at, sum);
  }
  const last = line + (<usize>(width - 1) << 1);
  store<i16>(line - 2, load<i16>(line));
  store<i16>(last, load<i16>(last), 2);
  const shift = isHalf ? 4 : 2;
  const even = i16x8.splat(isHalf ? 8 : 1);
  const odd = i16x8.splat(isHalf ? 7 : 2);
  for (let x = 0, at = line; x < width; x += 8, at += 16, out += 32) {
    const here = i16x8.mul(v128.load(at), three);
    const evens = i16x8.shr_u(i16x8.add(i16x8.add(here, v128.load(at - 2)), even), shift);
    const odds = i16x8.shr_u(i16x8.add(i16x8.add(here, v128.load(at + 2)), odd), shift);
    v128.store(out, v128.shuffle<u16>(evens, odds, 0, 8, 1, 9, 2, 10, 3, 11));
    v128.store(out, v128.shuffle<u16>(evens, odds, 4, 12, 5, 13, 6, 14, 7, 15), 16);
  }
}
