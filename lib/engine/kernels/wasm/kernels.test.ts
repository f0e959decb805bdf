import type { Rank, Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { conv2d } from '@/lib/nodes/layers/conv2d';
import { conv3d } from '@/lib/nodes/layers/conv3d';
import { conv3dTranspose } from '@/lib/nodes/layers/conv3d-transpose';
import { depthwiseConv2d } from '@/lib/nodes/layers/depthwise-conv2d';
import { resolveParams } from '@/lib/nodes/params';
import { shape } from '@/lib/shapes/shape';
import { type Engine, startBackend } from '../../backend';
import type { Tf } from '../../core';
import { differenceOf, normals, type Spec, valuesOn } from '../../testing/compare';

/** Every replaced kernel of WASM gives what tfjs's cpu backend gives, at any shape, and leaks nothing. */
let tf: Tf;
let wasm: Engine;

beforeAll(async () => {
  await startBackend('cpu');
  wasm = await startBackend('wasm');
  tf = wasm.tf;
});

const small = fc.integer({ min: 1, max: 5 });
const convolution = fc
  .record({
    n: small,
    height: fc.integer({ min: 1, max: 11 }),
    width: fc.integer({ min: 1, max: 11 }),
    kh: small,
    kw: small,
    sy: fc.integer({ min: 1, max: 3 }),
    sx: fc.integer({ min: 1, max: 3 }),
    ci: fc.integer({ min: 1, max: 9 }),
    co: fc.integer({ min: 1, max: 9 }),
    pad: fc.constantFrom('same' as const, 'valid' as const),
    seed: fc.nat(),
  })
  .filter((c) => c.pad === 'same' || (c.height >= c.kh && c.width >= c.kw));

async function agrees(spec: Spec): Promise<void> {
  const cpu = await valuesOn(tf, 'cpu', spec);
  const got = await valuesOn(tf, 'wasm', spec);
  expect(got.shape).toEqual(cpu.shape);
  expect(differenceOf(got.values, cpu.values)).toBeLessThan(1e-4);
}

describe('WASM kernels against the cpu backend', () => {
  it('gives the same filter gradients', async () => {
    await fc.assert(
      fc.asyncProperty(convolution, async (c) => {
        const dy = tf.backend_util.computeConv2DInfo(
          [c.n, c.height, c.width, c.ci],
          [c.kh, c.kw, c.ci, c.co],
          [c.sy, c.sx],
          1,
          c.pad,
        ).outShape;
        await agrees({
          kernel: 'Conv2DBackpropFilter',
          inputs: { x: [c.n, c.height, c.width, c.ci], dy },
          attrs: {
            strides: [c.sy, c.sx],
            pad: c.pad,
            dataFormat: 'NHWC',
            filterShape: [c.kh, c.kw, c.ci, c.co],
          },
          seed: c.seed,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same input gradients', async () => {
    await fc.assert(
      fc.asyncProperty(convolution, async (c) => {
        const inputShape = [c.n, c.height, c.width, c.ci];
        const dy = tf.backend_util.computeConv2DInfo(
          inputShape as [number, number, number, number],
          [c.kh, c.kw, c.ci, c.co],
          [c.sy, c.sx],
          1,
          c.pad,
        ).outShape;
        await agrees({
          kernel: 'Conv2DBackpropInput',
          inputs: { dy, filter: [c.kh, c.kw, c.ci, c.co] },
          attrs: { strides: [c.sy, c.sx], pad: c.pad, dataFormat: 'NHWC', inputShape },
          seed: c.seed,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same products of matrices, transposed, in batches and broadcast', async () => {
    const size = fc.integer({ min: 1, max: 12 });
    const lead = fc.constantFrom([], [3], [2, 3]);
    const product = fc.record({
      m: size,
      k: size,
      n: size,
      lead,
      broadcast: fc.constantFrom('none', 'a', 'b'),
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(product, async (p) => {
        const ones = p.lead.map(() => 1);
        const a = [...(p.broadcast === 'a' ? ones : p.lead), ...(p.transposeA ? [p.k, p.m] : [p.m, p.k])];
        const b = [...(p.broadcast === 'b' ? ones : p.lead), ...(p.transposeB ? [p.n, p.k] : [p.k, p.n])];
        await agrees({
          kernel: 'BatchMatMul',
          inputs: { a, b },
          attrs: { transposeA: p.transposeA, transposeB: p.transposeB },
          seed: p.seed,
        });
      }),
      { numRuns: 200 },
    );
  });

  it('multiplies by one matrix in two shapes', () => {
    const b = tf.tensor([1, 2, 3, 4, 5, 6], [2, 3]);
    const turned = tf.reshape(b, [3, 2]);
    expect(Array.from(tf.matMul(tf.ones([1, 2]), b).dataSync())).toEqual([5, 7, 9]);
    expect(Array.from(tf.matMul(tf.ones([1, 3]), turned).dataSync())).toEqual([9, 12]);
    const column = tf.tensor([1, 2, 3], [3, 1]);
    expect(Array.from(tf.matMul(tf.ones([1, 3]), column).dataSync())).toEqual([6]);
    expect(Array.from(tf.matMul(tf.ones([1, 1]), column, false, true).dataSync())).toEqual([1, 2, 3]);
  });

  it('shares what it does not change, and frees it once', () => {
    const x = tf.tensor([1, 2, 3]);
    const same = tf.cast(tf.clone(x), 'float32');
    x.dispose();
    expect(Array.from(same.dataSync())).toEqual([1, 2, 3]);
    expect(Array.from(tf.cast(same, 'int32').dataSync())).toEqual([1, 2, 3]);
  });
});

describe('WASM kernels without convolutions', () => {
  const shape = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });

  it.each(['Sum', 'Mean'])('gives the same as %s over any axes', async (kernel) => {
    await fc.assert(
      fc.asyncProperty(
        shape,
        fc.nat({ max: 14 }),
        fc.boolean(),
        fc.nat(),
        async (dims, mask, keepDims, seed) => {
          const axis = dims.flatMap((_, i) => ((mask >> i) & 1 ? [i] : []));
          await agrees({ kernel, inputs: { x: dims }, attrs: { axis, keepDims }, seed });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('sums 25,088 rows as exactly as float32 allows', async () => {
    const spec = {
      kernel: 'Sum',
      inputs: { x: [25_088, 4] },
      attrs: { axis: [0], keepDims: false },
      seed: 1,
    };
    const { values: rows } = await valuesOn(tf, 'cpu', { ...spec, kernel: 'Identity', attrs: {} });
    const exact = [0, 0, 0, 0];
    rows.forEach((value, i) => {
      exact[i % 4] = (exact[i % 4] as number) + value;
    });
    const { values } = await valuesOn(tf, 'wasm', spec);
    values.forEach((value, i) => {
      expect(Math.abs(value - (exact[i] as number))).toBeLessThan(1e-2); // √25,088 · 160 · 2⁻²⁴ = 1.5e-3
    });
  });

  it('tiles the same', async () => {
    const repeats = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(shape, repeats, fc.nat(), (dims, reps, seed) =>
        agrees({ kernel: 'Tile', inputs: { x: dims }, attrs: { reps: reps.slice(0, dims.length) }, seed }),
      ),
    );
  });

  it.each([
    ['Exp', {}],
    ['Tanh', {}],
    ['LeakyRelu', { alpha: 0.2 }],
  ])('computes %s the same', async (kernel, attrs) => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(), (dims, seed) => agrees({ kernel, inputs: { x: dims }, attrs, seed })),
    );
  });

  it('keeps activations exact near 0 and finite or infinite where they should be', async () => {
    await tf.setBackend('wasm');
    const at = [Number.NEGATIVE_INFINITY, -200, -1e-6, 0, 1e-6, 200, Number.POSITIVE_INFINITY, Number.NaN];
    const tanh = tf.tanh(tf.tensor(at)).dataSync();
    const exp = tf.exp(tf.tensor(at)).dataSync();
    at.forEach((x, i) => {
      expect(Math.abs((tanh[i] as number) - Math.tanh(x)) <= 1e-12 || Number.isNaN(x)).toBe(true);
      expect(Number.isNaN(tanh[i])).toBe(Number.isNaN(x));
    });
    expect(Array.from(exp, (y) => Math.round(y * 1e5) / 1e5)).toEqual([
      0,
      0,
      1,
      1,
      1,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
    ]);
  });

  it('adds up rows by segment, as the gradient of gather', async () => {
    await tf.setBackend('wasm');
    const gradient = tf.grad((x) =>
      tf.sum(
        tf.mul(
          tf.gather(x, tf.tensor1d([2, 0, 2], 'int32')),
          tf.tensor([
            [1, 2],
            [3, 4],
            [5, 6],
          ]),
        ),
      ),
    );
    expect(Array.from(gradient(tf.ones([4, 2])).dataSync())).toEqual([3, 4, 0, 0, 6, 8, 0, 0]);
  });
});

/** Layers that run in kernels of their own on WASM, and composed of tfjs's on the cpu backend. */
describe('convolutions by groups, of single channels and along three axes, and their gradients', () => {
  const layer = fc.record({
    kind: fc.constantFrom(conv2d, depthwiseConv2d, conv3d, conv3dTranspose),
    rows: fc.integer({ min: 1, max: 3 }),
    space: fc.array(fc.integer({ min: 3, max: 7 }), { minLength: 3, maxLength: 3 }),
    groups: fc.integer({ min: 2, max: 4 }),
    each: fc.integer({ min: 1, max: 9 }),
    filters: fc.integer({ min: 1, max: 9 }),
    kernelSize: fc.integer({ min: 1, max: 3 }),
    strides: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom('same' as const, 'valid' as const, 'reflect' as const),
    seed: fc.nat(),
  });

  it('are those of the composed ones', async () => {
    await fc.assert(
      fc.asyncProperty(layer, async ({ kind, rows, space, groups, each, filters, seed, ...window }) => {
        const isGrouped = kind === conv2d;
        const isThree = kind === conv3d || kind === conv3dTranspose;
        const channels = isGrouped ? groups * each : each * 2;
        const dims = [...(isThree ? space : space.slice(1)), channels];
        const chosen = isGrouped ? { groups, filters: groups * filters } : isThree ? { filters } : {};
        const canMirror = kind !== conv3dTranspose;
        const padding = window.padding === 'reflect' && !canMirror ? 'same' : window.padding;
        const given = { ...window, ...chosen, padding, useBias: false };
        const params = resolveParams(kind.params.parse(given), 0);
        const inputs = { in: shape(dims) };
        const [{ shape: kernelDims } = { shape: [] }] = kind.weights(params as never, inputs);
        const valuesOf = async (backend: 'cpu' | 'wasm') => {
          await tf.setBackend(backend);
          const all = tf.tidy(() => {
            const x = normals(tf, [rows, ...dims], seed, 'x');
            const kernel = normals(tf, kernelDims, seed, 'kernel');
            const context = { mode: 'train' as const, seed: () => 1 };
            const f = (...[given, weight]: Tensor[]) =>
              kind.apply(tf, {
                params: params as never,
                inputs: { in: given as Tensor },
                weights: { kernel: weight as Tensor },
                buffers: {},
                context,
              }).outputs.out as Tensor;
            const y = f(x, kernel);
            const gradients = tf.grads(f)([x, kernel], normals(tf, y.shape, seed, 'dy'));
            return [y, ...gradients].map((tensor) => Float32Array.from(tensor.dataSync()));
          });
          return all;
        };
        const [expected, got] = [await valuesOf('cpu'), await valuesOf('wasm')];
        got.forEach((values, i) => {
          expect(values.length).toBe(expected[i]?.length);
          expect(differenceOf(values, expected[i] as Float32Array)).toBeLessThan(1e-4);
        });
      }),
      { numRuns: 150 },
    );
  });
});

describe('memory', () => {
  const shapes = [
    { stride: 1, pad: 'same' as const, size: 9 },
    { stride: 2, pad: 'same' as const, size: 9 },
    { stride: 3, pad: 'valid' as const, size: 11 },
  ];
  it.each(shapes)(
    'holds still over many training steps: stride $stride, $pad',
    async ({ stride, pad, size }) => {
      await tf.setBackend('wasm');
      const backend = tf.backend() as unknown as { numDataIds(): number };
      const filter = tf.variable(tf.randomNormal<Rank.R4>([3, 3, 2, 4], 0, 1, 'float32', 1));
      const mix = tf.variable(tf.randomNormal<Rank.R2>([4, 4], 0, 1, 'float32', 2));
      const step = () =>
        tf.tidy(() => {
          const x = tf.randomNormal<Rank.R4>([2, size, size, 2], 0, 1, 'float32', 3);
          const { value, grads } = tf.variableGrads(() => {
            const h = tf.tanh(tf.conv2d(x, filter, stride, pad)); // [2, ·, ·, 4]
            const up = tf.conv2dTranspose(h as Tensor4D, filter, x.shape, stride, pad);
            const flat = tf.leakyRelu(tf.reshape(h, [-1, 4]), 0.2);
            return tf.add(
              tf.mean(tf.square(tf.sub(up, tf.mean(up, [0, 1, 2])))),
              tf.mean(tf.square(tf.matMul(flat, mix))),
            ) as Scalar;
          });
          return [value, ...Object.values(grads)].map((t) => t.dataSync()[0]);
        });
      step();
      const before = { tensors: tf.memory().numTensors, data: backend.numDataIds() };
      const bytes = heapBytes();
      for (let i = 0; i < 200; i++) step();
      expect({ tensors: tf.memory().numTensors, data: backend.numDataIds() }).toEqual(before);
      expect(heapBytes()).toBe(bytes);
      filter.dispose();
      mix.dispose();
    },
  );

  const heapBytes = () =>
    (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.buffer.byteLength;
});
