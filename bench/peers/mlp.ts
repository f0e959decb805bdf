import * as tf from '@tensorflow/tfjs';

/** Dense layers with an activation after each but the last. */
export function mlp(
  units: readonly [input: number, ...rest: number[]],
  activation: () => tf.layers.Layer,
  output?: 'tanh' | 'sigmoid',
  kernelInitializer: 'heNormal' | ReturnType<typeof tf.initializers.varianceScaling> = 'heNormal',
): tf.LayersModel {
  const model = tf.sequential();
  const [inputs, ...layers] = units;
  layers.forEach((width, i) => {
    const isLast = i === layers.length - 1;
    model.add(
      tf.layers.dense({
        units: width,
        kernelInitializer,
        ...(i === 0 && { inputShape: [inputs] }),
        ...(isLast && output && { activation: output }),
      }),
    );
    if (!isLast) model.add(activation());
  });
  return model;
}
