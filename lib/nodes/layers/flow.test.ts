import { beforeAll, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { shape } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import type { OpDefinition, Tensor, Tf } from '../define';
import { resolveParams } from '../params';
import { flatten } from './flatten';
import { reshape } from './reshape';
import { scale } from './scale';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const context = { mode: 'train' as const, seed: () => 1 };

test.each([
  [flatten, {}, 0],
  [reshape, { shape: [12] }, 0],
  [scale, { factor: -3, offset: 0.5 }, 12 * Math.log(3)],
] as const)('$kind flows both ways, with the log-determinant of each', (kind, given, expected) => {
  const definition = kind as unknown as OpDefinition;
  const params = resolveParams(definition.params.parse(given), 0);
  const flow = defined(definition.flow, 'a flow');
  tf.tidy(() => {
    const x = tf.randomNormal([4, 2, 2, 3], 0, 1, 'float32', 3);
    const args = { params, weights: {}, buffers: {}, context, shapes: { in: shape([2, 2, 3]) } };
    const there = flow(tf, { ...args, inputs: { in: x } }, 'forward');
    const out = there.tensors.out as Tensor;
    const applied = definition.apply(tf, { ...args, inputs: { in: x } }).outputs.out as Tensor;
    expect(out.shape).toEqual(applied.shape);
    expect(tf.max(tf.abs(tf.sub(out, applied))).dataSync()[0]).toBe(0);
    const back = flow(tf, { ...args, inputs: { out } }, 'inverse');
    expect(tf.max(tf.abs(tf.sub(back.tensors.in as Tensor, x))).dataSync()[0]).toBeLessThan(1e-6);
    for (const [logDet, sign] of [
      [there.logDet, 1],
      [back.logDet, -1],
    ] as const) {
      expect(logDet.shape).toEqual([4]);
      for (const value of logDet.dataSync()) expect(value).toBeCloseTo(sign * expected, 5);
    }
  });
});
