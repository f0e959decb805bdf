import * as tf from '@tensorflow/tfjs';

/** The two networks of a DCGAN of two scales, for images of 4 · base pixels. */
export interface Scale {
  /** Height and width where the generator starts. */
  readonly base: number;
  readonly channels: number;
  readonly wide: number;
  readonly narrow: number;
  readonly batch: number;
}

export const LATENT = 100;

const kernelInitializer = () => tf.initializers.randomNormal({ mean: 0, stddev: 0.02 });
const conv = { kernelSize: 4, strides: 2, padding: 'same' } as const;

export function createGenerator({ base, channels, wide, narrow }: Scale): tf.LayersModel {
  const model = tf.sequential();
  model.add(
    tf.layers.dense({
      units: base * base * wide,
      useBias: false,
      inputShape: [LATENT],
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(tf.layers.reshape({ targetShape: [base, base, wide] }));
  model.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  model.add(tf.layers.reLU());
  model.add(
    tf.layers.conv2dTranspose({
      filters: narrow,
      ...conv,
      useBias: false,
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  model.add(tf.layers.reLU());
  model.add(
    tf.layers.conv2dTranspose({
      filters: channels,
      ...conv,
      activation: 'tanh',
      kernelInitializer: kernelInitializer(),
    }),
  );
  return model;
}

export function createDiscriminator(
  { base, channels, wide, narrow }: Scale,
  leaky: () => tf.layers.Layer,
  { batchNorm }: { batchNorm: boolean },
): tf.LayersModel {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({
      filters: narrow,
      ...conv,
      inputShape: [4 * base, 4 * base, channels],
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(leaky());
  model.add(
    tf.layers.conv2d({
      filters: wide,
      ...conv,
      useBias: !batchNorm,
      kernelInitializer: kernelInitializer(),
    }),
  );
  if (batchNorm) model.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  model.add(leaky());
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer() }));
  return model;
}
