import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { isProblem, type LayerDefinition, type OpDefinition, type Tensor, type Tf } from '../define';
import { batchNorm } from '../normalisation/batch-norm';
import { resolveParams } from '../params';
import { conv2d } from './conv2d';
import { conv2dTranspose } from './conv2d-transpose';
import { dense } from './dense';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { reshape } from './reshape';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

function problemOf(definition: unknown, given: Record<string, unknown>, dims: readonly number[]) {
  const { params, infer } = definition as LayerDefinition | OpDefinition;
  const inferred = infer(params.parse(given), { in: shape(dims) });
  return isProblem(inferred) ? inferred.problem : undefined;
}

describe('what does not fit is said with numbers', () => {
  test.each([
    [dense, {}, [28, 28, 1], 'Dense takes a vector, but gets [28, 28, 1].'],
    [conv2d, {}, [784], 'Conv 2-D takes an image [height, width, channels], but gets [784].'],
    [
      conv2dTranspose,
      {},
      [7, 7],
      'Conv 2-D transpose takes an image [height, width, channels], but gets [7, 7].',
    ],
    [
      conv2d,
      { kernelSize: 5, padding: 'valid' },
      [4, 4, 1],
      'A window of 5×5 does not fit into [4, 4, 1] without padding.',
    ],
    [
      conv2d,
      { strides: 2, dilation: 2 },
      [8, 8, 1],
      'Strides 2 and dilation 2 do not go together: one of them must be 1.',
    ],
    [reshape, { shape: [7, 7, 16] }, [100], 'Reshape to [7, 7, 16] needs 784 numbers, gets 100 from [100].'],
  ])('%# %s', (definition, given, dims, message) => {
    expect(problemOf(definition, given, dims)?.message).toBe(message);
  });

  test('a fix that is offered works', () => {
    const given = { kernelSize: 5, padding: 'valid' };
    const fix = problemOf(conv2d, given, [4, 4, 1])?.fix?.params;
    expect(problemOf(conv2d, { ...given, ...fix }, [4, 4, 1])).toBeUndefined();
  });
});

describe('shapes', () => {
  const size = fc.integer({ min: 1, max: 9 });
  const image = fc.record({
    height: size,
    width: size,
    kernelSize: fc.integer({ min: 1, max: 5 }),
    strides: fc.integer({ min: 1, max: 4 }),
    padding: fc.constantFrom('same', 'valid'),
  });

  /** Inferred dims against those of what is really computed. */
  function agrees(definition: LayerDefinition, { height, width, ...given }: Record<string, unknown>): void {
    const params = definition.params.parse({ filters: 2, ...given });
    const inputs = { in: shape([height as number, width as number, 1]) };
    const inferred = definition.infer(params, inputs);
    if (isProblem(inferred)) return;
    tf.tidy(() => {
      const weights = definition
        .weights(params, inputs)
        .map(({ name, shape: dims }) => [name, tf.ones([...dims])]);
      const { outputs } = definition.apply(tf, {
        params,
        weights: Object.fromEntries(weights),
        buffers: {},
        inputs: { in: tf.ones([1, height as number, width as number, 1]) },
        context: { mode: 'train', seed: () => 1 },
      });
      expect(outputs.out?.shape.slice(1)).toEqual(inferred.out?.dims);
    });
  }

  test('of convolutions of any size are those computed', () => {
    fc.assert(fc.property(image, (given) => agrees(conv2d as unknown as LayerDefinition, given)));
  });

  test('of transposed convolutions of any size are those computed', () => {
    fc.assert(fc.property(image, (given) => agrees(conv2dTranspose as unknown as LayerDefinition, given)));
  });

  test('keep the batch factor', () => {
    const half = { in: { dims: [2, 2, 1], batch: 2 } };
    expect(flatten.infer({}, half)).toEqual({ out: { dims: [4], batch: 2 } });
    expect(conv2d.infer(conv2d.params.parse({}), half)).toMatchObject({ out: { batch: 2 } });
  });
});

test('a dilated window reads pixels that far apart', () => {
  // One bright pixel in the middle of 5 × 5, a 3 × 3 window of ones: it shows at every second place.
  const params = conv2d.params.parse({ filters: 1, dilation: 2, useBias: false });
  const values = tf.tidy(() => {
    const image = tf
      .oneHot(tf.tensor1d([12], 'int32'), 25)
      .toFloat()
      .reshape([1, 5, 5, 1]);
    const { outputs } = conv2d.apply(tf, {
      params,
      weights: { kernel: tf.ones([3, 3, 1, 1]) },
      buffers: {},
      inputs: { in: image },
      context: { mode: 'train', seed: () => 1 },
    });
    return Array.from(outputs.out?.dataSync() ?? []);
  });
  expect(values.map((value, place) => (value === 1 ? place : -1)).filter((place) => place >= 0)).toEqual([
    0, 2, 4, 10, 12, 14, 20, 22, 24,
  ]);
});

describe('dropout', () => {
  const apply = (rate: number, mode: 'train' | 'eval', seed: number) =>
    tf.tidy(() => {
      const args = { params: { rate }, weights: {}, buffers: {}, inputs: { in: tf.ones([50, 200]) } };
      return Array.from(
        dropout.apply(tf, { ...args, context: { mode, seed: () => seed } }).outputs.out?.dataSync() ?? [],
      );
    });

  test('drops its share and scales up the rest', () => {
    const values = apply(0.25, 'train', 7);
    const dropped = values.filter((value) => value === 0).length / values.length;
    expect(dropped).toBeCloseTo(0.25, 1);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
  });

  test('depends on the seed alone, 0 included', () => {
    expect(apply(0.5, 'train', 0)).toEqual(apply(0.5, 'train', 0));
    expect(apply(0.5, 'train', 0)).not.toEqual(apply(0.5, 'train', 1));
  });

  test('does nothing in eval mode', () => {
    expect(apply(0.5, 'eval', 1).every((value) => value === 1)).toBe(true);
  });
});

describe('batch norm', () => {
  const params = resolveParams(batchNorm.params.parse({ momentum: 0.9, epsilon: 1e-6 }), 0);
  const numbers = (tensor: Tensor | undefined) => Array.from(tensor?.dataSync() ?? []);

  test('observes mean and biased variance of the batch, and moves the statistics towards them', () => {
    tf.tidy(() => {
      const buffers = { mean: tf.zeros([2]), variance: tf.ones([2]) };
      const { outputs, observed = {} } = batchNorm.apply(tf, {
        params,
        weights: { gamma: tf.ones([2]), beta: tf.zeros([2]) },
        buffers,
        inputs: { in: tf.tensor2d([0, 10, 2, 10, 4, 40], [3, 2]) },
        context: { mode: 'train', seed: () => 1 },
      });
      expect(numbers(observed.mean)).toEqual([2, 20]);
      expect(numbers(observed.variance)[0]).toBeCloseTo(8 / 3, 5);
      const out = numbers(outputs.out);
      expect((out[0] as number) + (out[2] as number) + (out[4] as number)).toBeCloseTo(0, 5);
      expect(out[4]).toBeCloseTo(2 / Math.sqrt(8 / 3), 5);
      const moved = batchNorm.advance?.(tf, params, buffers, observed);
      expect(numbers(moved?.mean)[1]).toBeCloseTo(2, 5);
      expect(numbers(moved?.variance)[0]).toBeCloseTo(0.9 + 0.1 * (8 / 3), 5);
    });
  });

  test('refuses a single row', () => {
    const inferred = batchNorm.infer(params, { in: { dims: [4], batch: 'one' } });
    expect(isProblem(inferred) && inferred.problem.code).toBe('batch-too-small');
  });
});
