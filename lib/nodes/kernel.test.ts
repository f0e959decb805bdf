import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { createStream } from '@/lib/util/random';
import type { Tensor, Tensors, Tf } from './define';
import { improveDirection, type KernelParams, kernelOf, kernelWeights } from './kernel';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const plain: KernelParams = {
  init: 'he-normal',
  initScale: 1,
  useBias: false,
  spectralNorm: false,
  powerIterations: 1,
  weightNorm: false,
  equalizedLearningRate: false,
};

const normals = (shape: readonly number[], ...key: string[]): Tensor => {
  const stream = createStream(...key);
  const size = shape.reduce((product, dim) => product * dim, 1);
  return tf.tensor(Float32Array.from({ length: size }, stream.normal), [...shape]);
};

/** The largest singular value of rows × columns numbers, by many power iterations in double precision. */
function largestSingularValue(values: ArrayLike<number>, rows: number, columns: number): number {
  let u = Array.from({ length: columns }, (_, j) => 1 + j / 10);
  let size = 0;
  for (let step = 0; step < 500; step++) {
    const v = Array.from({ length: rows }, (_, i) =>
      u.reduce((sum, x, j) => sum + x * (values[i * columns + j] as number), 0),
    );
    size = Math.hypot(...v) / Math.hypot(...u);
    u = u.map((_, j) => v.reduce((sum, x, i) => sum + x * (values[i * columns + j] as number), 0));
    const length = Math.hypot(...u);
    u = u.map((x) => x / length);
  }
  return size;
}

describe('kernels', () => {
  it('spectral norm: power iterations find the largest singular value, and divide by it', () => {
    const params = { ...plain, spectralNorm: true, powerIterations: 20 };
    const weights = { kernel: normals([3, 3, 2, 5], 'kernel') };
    let buffers: Tensors = { direction: normals([5, 1], 'direction') };
    for (let update = 0; update < 5; update++)
      buffers = improveDirection(tf, params, { weights, buffers }, 18);
    const before = largestSingularValue(weights.kernel.dataSync(), 18, 5);
    const kernel = kernelOf(tf, params, { weights, buffers }, 18);
    expect(before).toBeGreaterThan(2);
    expect(largestSingularValue(kernel.dataSync(), 18, 5)).toBeCloseTo(1, 4);
  });

  it('spectral norm of a transposed convolution is over its own outputs', () => {
    const params = { ...plain, spectralNorm: true, powerIterations: 20 };
    const weights = { kernel: normals([2, 2, 3, 4], 'kernel') }; // outputs on axis 2
    let buffers: Tensors = { direction: normals([3, 1], 'direction') };
    for (let update = 0; update < 5; update++)
      buffers = improveDirection(tf, params, { weights, buffers }, 16, 2);
    const kernel = kernelOf(tf, params, { weights, buffers }, 16, 2);
    const matrix = tf.transpose(kernel, [0, 1, 3, 2]).dataSync(); // [16, 3]
    expect(largestSingularValue(matrix, 16, 3)).toBeCloseTo(1, 4);
  });

  it('weight norm: each output’s weights have the length of its gain', () => {
    const weights = { kernel: normals([4, 3], 'kernel'), gain: tf.tensor([0.5, 2, 3]) };
    const kernel = kernelOf(tf, { ...plain, weightNorm: true }, { weights, buffers: {} }, 4);
    const lengths = Array.from(tf.sqrt(tf.sum(tf.square(kernel), 0)).dataSync());
    lengths.forEach((length, i) => {
      expect(length).toBeCloseTo([0.5, 2, 3][i] as number, 5);
    });
  });

  it('weight norm starts at the length that the initialiser means', () => {
    const specs = kernelWeights({ ...plain, weightNorm: true }, [50, 8], {
      fanIn: 50,
      fanOut: 8,
      outputs: 8,
    });
    // He: sd √(2 / 50), so a column of 50 has the length √2.
    expect(specs.find(({ name }) => name === 'gain')?.init).toEqual({ type: 'constant', value: Math.SQRT2 });
  });

  it('equalised rate: weights start at N(0, 1) and are used times He’s constant', () => {
    const params = { ...plain, equalizedLearningRate: true };
    const sizes = { fanIn: 8, fanOut: 2, outputs: 2 };
    expect(kernelWeights(params, [8, 2], sizes)[0]?.init).toEqual({ type: 'normal', sd: 1 });
    const kernel = kernelOf(tf, params, { weights: { kernel: tf.ones([8, 2]) }, buffers: {} }, 8);
    expect(kernel.dataSync()[0]).toBeCloseTo(0.5, 6); // √(2 / 8)
  });

  it('a rate multiplier m stores weights 1/m times as large and uses them m times smaller: θ moves m times as far', () => {
    const params = { ...plain, init: 'normal' as const, initScale: 0.5, learningRateMultiplier: 0.01 };
    const [kernel] = kernelWeights(params, [8, 2], { fanIn: 8, fanOut: 2, outputs: 2 });
    expect(kernel?.init).toEqual({ type: 'normal', sd: 50 });
    const used = (value: number) =>
      kernelOf(tf, params, { weights: { kernel: tf.fill([8, 2], value) }, buffers: {} }, 8).dataSync()[0];
    expect(used(50)).toBeCloseTo(0.5, 6);
    // A step of Adam has the length of its rate, whatever the gradient.
    expect((used(50 + 0.001) as number) - (used(50) as number)).toBeCloseTo(0.00001, 7);
  });

  it('mapping networks of StyleGAN: N(0, 1) / m, times m and He’s constant', () => {
    const params = { ...plain, equalizedLearningRate: true, learningRateMultiplier: 0.01 };
    const sizes = { fanIn: 8, fanOut: 2, outputs: 2 };
    expect(kernelWeights(params, [8, 2], sizes)[0]?.init).toEqual({ type: 'normal', sd: 100 });
    const kernel = kernelOf(tf, params, { weights: { kernel: tf.fill([8, 2], 100) }, buffers: {} }, 8);
    expect(kernel.dataSync()[0]).toBeCloseTo(0.5, 6);
  });

  it('a kernel with none of these is the weight itself', () => {
    const kernel = tf.ones([2, 2]);
    expect(kernelOf(tf, plain, { weights: { kernel }, buffers: {} }, 2)).toBe(kernel);
  });
});
