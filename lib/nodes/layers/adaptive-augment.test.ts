import { beforeAll, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { OpDefinition, Tensor, Tensors, Tf } from '../define';
import { resolveParams } from '../params';
import { adaptiveAugment } from './adaptive-augment';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const definition = adaptiveAugment as unknown as OpDefinition;
const ROWS = 40;

/** One update with these scores of the changed real images; gives what came out and the next p. */
function update(
  p: number,
  score: (x: Tensor, further: Tensors) => Tensor,
  given: Record<string, unknown> = {},
) {
  const params = resolveParams(definition.params.parse({ network: 'D', images: 400, ...given }), 0);
  const image = tf.ones([ROWS, 4, 4, 1]);
  const { outputs, observed } = definition.apply(tf, {
    params,
    inputs: { real: image, fake: tf.mul(image, 2), label: tf.ones([ROWS, 2]) },
    weights: {},
    buffers: { p: tf.tensor1d([p]) },
    context: { mode: 'train', seed: () => 1 },
    applied: { f: ({ x, ...further }) => score(x as Tensor, further), dims: [4, 4, 1] },
  });
  const next = definition.advance?.(tf, params, { p: tf.tensor1d([p]) }, observed as Tensors);
  const same = (port: string, value: number) =>
    Array.from(tf.all(tf.equal(tf.reshape(outputs[port] as Tensor, [ROWS, -1]), value), 1).dataSync()).filter(
      Boolean,
    ).length;
  return { p: next?.p?.dataSync()[0] as number, unchanged: [same('real', 1), same('fake', 2)] };
}

const scores = (positive: number) => () =>
  tf.tensor2d(Array.from({ length: ROWS }, (_, i) => [i < positive * ROWS ? 2 : -2]));

test('p moves by a batch of n images: up where more than the target are surely real, else down, within [0, 1]', () => {
  // r_t is 0.8, and 0.2.
  expect(update(0.3, scores(0.9)).p).toBeCloseTo(0.4, 6);
  expect(update(0.3, scores(0.6)).p).toBeCloseTo(0.2, 6);
  expect(update(0.3, scores(0.6), { target: 0 }).p).toBeCloseTo(0.4, 6);
  expect(update(0.05, scores(0)).p).toBe(0);
  expect(update(0.95, scores(1)).p).toBe(1);
});

test('p is how often real and fake are changed: never at 0', () => {
  const cut = { colour: false, translation: 0, cutout: 0.5 };
  expect(update(0, scores(1), cut).unchanged).toEqual([ROWS, ROWS]);
  expect(update(1, scores(1), cut).unchanged).toEqual([0, 0]);
  for (const count of update(0.5, scores(1), cut).unchanged)
    expect(Math.abs(count - ROWS / 2)).toBeLessThan(12);
});

test('what decides is seen changed, with the network’s further inputs', () => {
  let seen: readonly (readonly number[])[] = [];
  const cut = { colour: false, translation: 0, cutout: 0.5 };
  update(
    1,
    (x, further) => {
      seen = [x.shape, further.label?.shape ?? []];
      return tf.sub(tf.sum(x, [1, 2, 3]), 15.5).reshape([-1, 1]);
    },
    cut,
  );
  expect(seen).toEqual([
    [ROWS, 4, 4, 1],
    [ROWS, 2],
  ]);
  // Whole images would be above 0.
  expect(update(1, (x) => tf.reshape(tf.sub(tf.sum(x, [1, 2, 3]), 15.5), [-1, 1]), cut).p).toBeCloseTo(
    0.9,
    6,
  );
});
