import type { layers, serialization } from '@tensorflow/tfjs';
import { defined } from '@/lib/util/assert';
import type { NodeDefinition, Tensor, Tf } from '../define';
import { casesOf, evaluate, tensorsOf } from './cases';
import { createTally, type Outcome } from './outcome';

type Layer = ReturnType<typeof layers.dense>;
type Built = serialization.SerializableConstructor<Layer & serialization.Serializable>;

/** The tf.layers layer that a kind names gives the same numbers, from the same weights. */
export function checkStock(definition: NodeDefinition, tf: Tf): Outcome {
  const tally = createTally();
  if ((definition.role !== 'layer' && definition.role !== 'op') || !definition.stock) return tally.outcome();
  for (const of of casesOf(definition)) {
    // Two generators of random numbers do not drop the same units.
    if (definition.random && of.mode === 'train') continue;
    const stock = definition.stock(of.params, of.shapes.outputs);
    if (!stock) continue;
    const { className, config } = stock;
    const found = tf.serialization.SerializationMap.getMap().classNameMap[className];
    const [Class, fromConfig] = defined(found, `the layer ${className}`) as unknown as [
      Built,
      (of: Built, config: Record<string, unknown>) => Layer,
    ];
    tf.tidy(() => {
      const tensors = tensorsOf(tf, of);
      const by = (role: string) => tensors.filter((_, i) => of.feeds[i]?.role === role);
      const input = defined(by('input')[0], 'an input');
      const layer = fromConfig(Class, { ...config, name: of.id.replaceAll(' ', '_') });
      layer.build([null, ...input.shape.slice(1)]);
      const weights = [...by('weight'), ...by('buffer')];
      layer.setWeights(weights);
      const got = layer.apply(input, { training: of.mode === 'train' }) as Tensor;
      const expected = defined(evaluate(tf, of, tensors)[0], 'an output');
      const error = tf.max(tf.abs(tf.sub(got, expected))).dataSync()[0] as number;
      tally.expect(error < 1e-5, `${of.id}: ${className} of tf.layers differs by ${error}`);
      for (const weight of layer.weights) weight.dispose();
    });
  }
  return tally.outcome();
}
