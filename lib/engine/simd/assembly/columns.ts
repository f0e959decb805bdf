/**
 * Sums down the columns of a matrix [rows × columns], and batch normalisation, which is made of them. Partial
 * sums over 64 rows keep the rounding error small. Pointers in bytes.
 */
const CHUNK = 64;

/** out[j] = weight · Σ_i x[i, j] */
export function sumColumns(x: usize, rows: i32, columns: i32, weight: f32, out: usize): void {
  const stride = <usize>columns * 4;
  memory.fill(out, 0, stride);
  for (let row = 0; row < rows; row += CHUNK) {
    const count = min(CHUNK, rows - row);
    const from = x + <usize>row * stride;
    let j: usize = 0;
    for (; j + 16 <= stride; j += 16) {
      let sum = f32x4.splat(0);
      for (let i = 0, at = from + j; i < count; i++, at += stride) sum = f32x4.add(sum, v128.load(at));
      v128.store(out + j, f32x4.add(v128.load(out + j), sum));
    }
    for (; j < stride; j += 4) {
      let sum: f32 = 0;
      for (let i = 0, at = from + j; i < count; i++, at += stride) sum += load<f32>(at);
      store<f32>(out + j, load<f32>(out + j) + sum);
    }
  }
  for (let j: usize = 0; j < stride; j += 4) store<f32>(out + j, load<f32>(out + j) * weight);
}

/** out[j] = weight · Σ_i a[i, j] (b[i, j] − shift[j]) */
function sumProducts(
  a: usize,
  b: usize,
  shift: usize,
  rows: i32,
  columns: i32,
  weight: f32,
  out: usize,
  centred: bool,
): void {
  const stride = <usize>columns * 4;
  memory.fill(out, 0, stride);
  for (let row = 0; row < rows; row += CHUNK) {
    const count = min(CHUNK, rows - row);
    const start = <usize>row * stride;
    let j: usize = 0;
    for (; j + 16 <= stride; j += 16) {
      const shift4 = v128.load(shift + j);
      let sum = f32x4.splat(0);
      for (let i = 0, at = start + j; i < count; i++, at += stride) {
        const y = f32x4.sub(v128.load(b + at), shift4);
        const x = centred ? y : v128.load(a + at);
        sum = f32x4.add(sum, f32x4.mul(x, y));
      }
      v128.store(out + j, f32x4.add(v128.load(out + j), sum));
    }
    for (; j < stride; j += 4) {
      const shift1 = load<f32>(shift + j);
      let sum: f32 = 0;
      for (let i = 0, at = start + j; i < count; i++, at += stride) {
        const y = load<f32>(b + at) - shift1;
        sum += (centred ? y : load<f32>(a + at)) * y;
      }
      store<f32>(out + j, load<f32>(out + j) + sum);
    }
  }
  for (let j: usize = 0; j < stride; j += 4) store<f32>(out + j, load<f32>(out + j) * weight);
}

/**
 * y = γ (x − μ) / √(σ² + ε) + β over the columns of x; writes mean and variance (biased) too. `spare`: 2 rows.
 */
export function batchNormalise(
  x: usize,
  gamma: usize,
  beta: usize,
  epsilon: f32,
  rows: i32,
  columns: i32,
  y: usize,
  mean: usize,
  variance: usize,
  spare: usize,
): void {
  const weight: f32 = 1 / <f32>rows;
  const stride = <usize>columns * 4;
  sumColumns(x, rows, columns, weight, mean);
  sumProducts(x, x, mean, rows, columns, weight, variance, true);
  // y = scale · x + offset would lose digits where the mean is large: scale · (x − μ) + β
  for (let j: usize = 0; j < stride; j += 4)
    store<f32>(spare + j, load<f32>(gamma + j) / sqrt<f32>(load<f32>(variance + j) + epsilon));
  for (let i = 0; i < rows; i++) {
    const row = <usize>i * stride;
    let j: usize = 0;
    for (; j + 16 <= stride; j += 16) {
      const centred = f32x4.sub(v128.load(x + row + j), v128.load(mean + j));
      v128.store(y + row + j, f32x4.add(f32x4.mul(centred, v128.load(spare + j)), v128.load(beta + j)));
    }
    for (; j < stride; j += 4) {
      const centred = load<f32>(x + row + j) - load<f32>(mean + j);
      store<f32>(y + row + j, centred * load<f32>(spare + j) + load<f32>(beta + j));
    }
  }
}

/**
 * With s = 1 / √(σ² + ε), x̂ = s (x − μ): dβ = Σ dy, dγ = Σ dy x̂, dx = γ s (dy − dβ / rows − x̂ dγ / rows).
 */
export function batchNormaliseGradient(
  x: usize,
  dy: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  epsilon: f32,
  rows: i32,
  columns: i32,
  dx: usize,
  dGamma: usize,
  dBeta: usize,
  spare: usize,
): void {
  const stride = <usize>columns * 4;
  const share: f32 = 1 / <f32>rows;
  sumColumns(dy, rows, columns, 1, dBeta);
  sumProducts(dy, x, mean, rows, columns, 1, dGamma, false);
  // dx = scale · dy − offset − slope · (x − μ)
  const scale = spare;
  const slope = spare + stride;
  const offset = slope + stride;
  for (let j: usize = 0; j < stride; j += 4) {
    const s: f32 = 1 / sqrt<f32>(load<f32>(variance + j) + epsilon);
    const g = load<f32>(dGamma + j) * s;
    store<f32>(dGamma + j, g);
    store<f32>(scale + j, load<f32>(gamma + j) * s);
    store<f32>(slope + j, load<f32>(scale + j) * s * g * share);
    store<f32>(offset + j, load<f32>(scale + j) * load<f32>(dBeta + j) * share);
  }
  for (let i = 0; i < rows; i++) {
    const row = <usize>i * stride;
    let j: usize = 0;
    for (; j + 16 <= stride; j += 16) {
      const centred = f32x4.sub(v128.load(x + row + j), v128.load(mean + j));
      const direct = f32x4.sub(
        f32x4.mul(v128.load(dy + row + j), v128.load(scale + j)),
        v128.load(offset + j),
      );
      v128.store(dx + row + j, f32x4.sub(direct, f32x4.mul(centred, v128.load(slope + j))));
    }
    for (; j < stride; j += 4) {
      const centred = load<f32>(x + row + j) - load<f32>(mean + j);
      const direct = load<f32>(dy + row + j) * load<f32>(scale + j) - load<f32>(offset + j);
      store<f32>(dx + row + j, direct - centred * load<f32>(slope + j));
    }
  }
}
