import * as tf from '@tensorflow/tfjs';
import { addFilterGradient } from './filter-gradient';
import { type Peer, variablesOf } from './peer';

/** The game of dcgan-glyphs.json as one would write it by hand with tfjs, over images that are in memory. */
const BATCH = 32;
const LATENT = 64;

const kernelInitializer = () => tf.initializers.randomNormal({ mean: 0, stddev: 0.05 });
const conv = { kernelSize: 4, strides: 2, padding: 'same' } as const;

function createGenerator(): tf.LayersModel {
  const model = tf.sequential();
  model.add(
    tf.layers.dense({
      units: 7 * 7 * 32,
      useBias: false,
      inputShape: [LATENT],
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(tf.layers.reshape({ targetShape: [7, 7, 32] }));
  model.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  model.add(tf.layers.reLU());
  model.add(
    tf.layers.conv2dTranspose({
      filters: 16,
      ...conv,
      useBias: false,
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  model.add(tf.layers.reLU());
  model.add(tf.layers.conv2dTranspose({ filters: 1, ...conv, kernelInitializer: kernelInitializer() }));
  model.add(tf.layers.activation({ activation: 'tanh' }));
  return model;
}

function createDiscriminator(): tf.LayersModel {
  const model = tf.sequential();
  model.add(
    tf.layers.conv2d({
      filters: 16,
      ...conv,
      inputShape: [28, 28, 1],
      kernelInitializer: kernelInitializer(),
    }),
  );
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(
    tf.layers.conv2d({ filters: 32, ...conv, useBias: false, kernelInitializer: kernelInitializer() }),
  );
  model.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  model.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 1, kernelInitializer: kernelInitializer() }));
  return model;
}

/** `images`: rows of 28 × 28 in [-1, 1]. */
export function createPeer(images: Float32Array): Peer {
  if (tf.getBackend() === 'wasm') addFilterGradient();
  const data = tf.tensor4d(images, [images.length / 784, 28, 28, 1]);
  const [generator, discriminator] = [createGenerator(), createDiscriminator()];
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(discriminator)];
  const adamD = tf.train.adam(5e-4, 0.5, 0.999);
  const adamG = tf.train.adam(1e-3, 0.5, 0.999);
  const softOnes = tf.fill([BATCH, 1], 0.9);
  const ones = tf.ones([BATCH, 1]);
  const zeros = tf.zeros([BATCH, 1]);

  const score = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const fake = () => generator.apply(tf.randomNormal([BATCH, LATENT]), { training: true }) as tf.Tensor;
  const real = () => {
    const rows = Int32Array.from({ length: BATCH }, () => Math.floor(Math.random() * data.shape[0]));
    return tf.gather(data, tf.tensor1d(rows, 'int32'));
  };
  return {
    step() {
      tf.tidy(() => {
        adamD.minimize(
          () =>
            tf.add(
              tf.losses.sigmoidCrossEntropy(softOnes, score(real())),
              tf.losses.sigmoidCrossEntropy(zeros, score(fake())),
            ),
          false,
          thetaD,
        );
        adamG.minimize(() => tf.losses.sigmoidCrossEntropy(ones, score(fake())), false, thetaG);
      });
    },
    sample: () => generator.predict(tf.randomNormal([8, LATENT])) as tf.Tensor,
  };
}
