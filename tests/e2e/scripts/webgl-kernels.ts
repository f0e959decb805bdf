// First, for its setting of zod: the page's policy forbids eval.
import '@/lib/graph/schema';
import { startBackend } from '@/lib/engine/backend';
import type { Tensor, Tf } from '@/lib/nodes/define';
import { affine, pack, unpack } from '@/lib/nodes/operations';
import { createStream, type Stream } from '@/lib/util/random';

/** Products, activations, packing and cutting on WebGL against plain loops, for random shapes; what is off by more than 1e-4. */
declare global {
  interface Window {
    compareKernels(
      seed: number,
      cases: number,
    ): Promise<{ readonly tried: number; readonly wrong: string[] }>;
  }
}

window.compareKernels = async (seed, cases) => {
  const { tf } = await startBackend('webgl', {
    assets: new URL(process.env.GANVAS_WASM ?? '', window.location.href).href,
  });
  const wrong: string[] = [];
  let tried = 0;
  const compare = (what: string, got: Tensor, expected: ArrayLike<number>) => {
    tried++;
    const values = got.dataSync();
    const error = Math.max(
      ...Array.from(expected, (value, i) => Math.abs(value - (values[i] ?? Number.NaN))),
    );
    if (!(error < 1e-4) || values.length !== expected.length) wrong.push(`${what}: ${error}`);
  };
  for (let i = 0; i < cases; i++) {
    const stream = createStream(seed, i);
    tf.tidy(() => compareProduct(tf, stream, compare));
    tf.tidy(() => comparePacking(tf, stream, compare));
  }
  return { tried, wrong };
};

type Compare = (what: string, got: Tensor, expected: ArrayLike<number>) => void;

/** Mostly small and odd; sometimes so long and narrow that tfjs folds the texture. */
const sizeFrom = (stream: Stream): number =>
  stream.uniform() < 0.1 ? 300 + stream.integer(40) : 1 + stream.integer(13);

const numbers = (stream: Stream, size: number): Float32Array =>
  Float32Array.from({ length: size }, () => stream.normal());

function compareProduct(tf: Tf, stream: Stream, compare: Compare): void {
  const [m, k, n] = [sizeFrom(stream), sizeFrom(stream), sizeFrom(stream)];
  const [transposeA, transposeB] = [stream.uniform() < 0.5, stream.uniform() < 0.5];
  const [a, b] = [numbers(stream, m * k), numbers(stream, k * n)];
  const at = (i: number, j: number, p: number) =>
    (a[transposeA ? p * m + i : i * k + p] as number) * (b[transposeB ? j * k + p : p * n + j] as number);
  const product = Float32Array.from({ length: m * n }, (_, place) => {
    let sum = 0;
    for (let p = 0; p < k; p++) sum += at(Math.floor(place / n), place % n, p);
    return sum;
  });
  // Through `exp` and back, so that a packed texture holds something beyond its edge.
  const [x, y] = [tf.tensor(a, transposeA ? [k, m] : [m, k]), tf.tensor(b, transposeB ? [n, k] : [k, n])];
  const [first, second] = [tf.sub(tf.exp(x), tf.sub(tf.exp(x), x)), tf.sub(tf.exp(y), tf.sub(tf.exp(y), y))];
  const what = `${m} by ${k} by ${n}, transposed ${transposeA} ${transposeB}`;
  const found = tf.matMul(first, second, transposeA, transposeB);
  compare(what, found, product);
  compare(
    `leaky ReLU of ${what}`,
    tf.leakyRelu(found, 0.2),
    product.map((value) => Math.max(value, 0.2 * value)),
  );
  compare(`tanh of ${what}`, tf.tanh(found), product.map(Math.tanh));
  if (transposeA || transposeB) return;
  const bias = numbers(stream, n);
  compare(
    `${what}, with a bias`,
    affine(tf, first, second, tf.tensor(bias, [n])),
    product.map((value, place) => value + (bias[place % n] as number)),
  );
}

function comparePacking(tf: Tf, stream: Stream, compare: Compare): void {
  const shapes = Array.from({ length: 1 + stream.integer(14) }, () =>
    Array.from({ length: stream.integer(5) }, () => 1 + stream.integer(7)),
  );
  const values = shapes.map((shape) =>
    numbers(
      stream,
      shape.reduce((product, dim) => product * dim, 1),
    ),
  );
  const flat = values.flatMap((each) => [...each]);
  const what = shapes.map((shape) => `[${shape}]`).join(' ');
  // Half of them computed, so that their textures are packed.
  const parts = shapes.map((shape, i) => {
    const part = tf.tensor(values[i] as Float32Array, shape);
    return i % 2 === 0 ? part : tf.neg(tf.neg(part));
  });
  const packed = pack(tf, parts);
  compare(`pack ${what}`, packed, flat);
  unpack(tf, packed, shapes).forEach((part, i) => {
    compare(`unpack ${what}, part ${i}`, part, values[i] as Float32Array);
  });
}
