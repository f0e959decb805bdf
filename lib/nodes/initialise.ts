import { createStream } from '@/lib/util/random';

/** How a weight starts: plain data, so that a plan can carry it. */
export type Initialiser =
  | { readonly type: 'constant'; readonly value: number }
  | { readonly type: 'normal'; readonly sd: number }
  | { readonly type: 'uniform'; readonly limit: number }
  | { readonly type: 'orthogonal'; readonly gain: number };

export const initNames = [
  'he-normal',
  'he-uniform',
  'glorot-normal',
  'glorot-uniform',
  'torch',
  'normal',
  'orthogonal',
  'zeros',
] as const;
export type InitName = (typeof initNames)[number];

/**
 * A kernel's initialiser. `scale` multiplies the standard deviation (or is it, for `normal`; the gain, for
 * `orthogonal`). He et al. 2015; Glorot & Bengio 2010; `torch` is PyTorch's default, U(±1/sqrt(fan in)).
 */
export function kernelInitialiser(name: InitName, fanIn: number, fanOut: number, scale: number): Initialiser {
  switch (name) {
    case 'he-normal':
      return { type: 'normal', sd: scale * Math.sqrt(2 / fanIn) };
    case 'he-uniform':
      return { type: 'uniform', limit: scale * Math.sqrt(6 / fanIn) };
    case 'glorot-normal':
      return { type: 'normal', sd: scale * Math.sqrt(2 / (fanIn + fanOut)) };
    case 'glorot-uniform':
      return { type: 'uniform', limit: scale * Math.sqrt(6 / (fanIn + fanOut)) };
    case 'torch':
      return { type: 'uniform', limit: scale / Math.sqrt(fanIn) };
    case 'normal':
      return { type: 'normal', sd: scale };
    case 'orthogonal':
      return { type: 'orthogonal', gain: scale };
    case 'zeros':
      return { type: 'constant', value: 0 };
  }
}

/** Biases start at 0, except under `torch`, which draws them like the kernel. */
export const biasInitialiser = (name: InitName, fanIn: number, scale: number): Initialiser =>
  name === 'torch' ? { type: 'uniform', limit: scale / Math.sqrt(fanIn) } : { type: 'constant', value: 0 };

/** Fills a weight from the stream (seed, node, weight): the same in every run of a seed. */
export function initialise(
  init: Initialiser,
  shape: readonly number[],
  seed: number,
  node: string,
  weight: string,
) {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const values = new Float32Array(size);
  const stream = createStream(seed, node, 'weights', weight);
  switch (init.type) {
    case 'constant':
      return values.fill(init.value);
    case 'normal':
      return values.map(() => init.sd * stream.normal());
    case 'uniform':
      return values.map(() => init.limit * (2 * stream.uniform() - 1));
    case 'orthogonal': {
      const columns = shape.at(-1) ?? 1;
      return orthogonal(size / columns, columns, init.gain, () => stream.normal());
    }
  }
}

/** rows × columns with orthonormal rows or columns, whichever are fewer (Saxe et al. 2014), times `gain`. */
function orthogonal(rows: number, columns: number, gain: number, normal: () => number): Float32Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const basis: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const vector = Float64Array.from({ length }, normal);
    // Gram-Schmidt twice: once loses orthogonality to rounding.
    for (let pass = 0; pass < 2; pass++)
      for (const other of basis) {
        let dot = 0;
        for (let j = 0; j < length; j++) dot += (vector[j] as number) * (other[j] as number);
        for (let j = 0; j < length; j++) vector[j] = (vector[j] as number) - dot * (other[j] as number);
      }
    const norm = Math.hypot(...vector);
    basis.push(vector.map((value) => value / norm));
  }
  const values = new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++)
      values[r * columns + c] = gain * ((rows >= columns ? basis[c]?.[r] : basis[r]?.[c]) as number);
  return values;
}
