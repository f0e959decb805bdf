import { beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import { isProblem, type LossDefinition, type NodeDefinition, type Tensor, type Tf } from '../define';
import { resolveParams } from '../params';
import { registry } from '../registry';

/** Losses of probabilities where D is sure, or as sure as float32 can be: no number but is finite. */
const losses = (registry as readonly NodeDefinition[]).filter(
  (definition): definition is LossDefinition =>
    definition.role === 'loss' &&
    Object.hasOwn(definition.params.shape, 'scores') &&
    !definition.traits?.anyScores,
);

const ends = [0, 1e-38, 1e-20, 1e-12, 1e-7, 0.5, 1 - 2 ** -24, 1];

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  let tf: Tf;
  beforeAll(async () => {
    tf = (await startBackend(backend)).tf;
  });

  const slopes = (f: (x: Tensor) => Tensor, x: Tensor): Tensor[] => {
    const first = tf.grad(f);
    return [f(x), first(x), tf.grad((at: Tensor) => tf.sum(first(at)))(x)];
  };

  test.each(losses.map((of) => [of.kind, of] as const))('%s', (_, definition) => {
    const params = definition.params.parse({ scores: 'probabilities' });
    const ports = definition.inputs(params, { network: () => undefined });
    const outputs = definition.outputs(params, { network: () => undefined });
    const dims = Object.fromEntries(ports.map(({ name }) => [name, { dims: [1], batch: 1 as const }]));
    expect(isProblem(definition.infer(params, dims))).toBe(false);
    tf.tidy(() => {
      const direct = tf.tensor2d(ends, [ends.length, 1]);
      const logits = tf.tensor2d([-100, -40, -28, -16, 0, 16, 40, 100], [8, 1]);
      for (const { name } of outputs) {
        const at = (x: Tensor) =>
          definition.evaluate(tf, name, {
            params: resolveParams(params, 0),
            inputs: Object.fromEntries(ports.map((port) => [port.name, port.scores ? x : tf.ones([8, 1])])),
            seed: () => 1,
          });
        const found = [...slopes(at, direct), ...slopes((a) => at(tf.sigmoid(a)), logits)];
        expect(found.map((tensor) => tensor.dataSync().every(Number.isFinite))).toEqual(Array(6).fill(true));
      }
    });
  });
});
