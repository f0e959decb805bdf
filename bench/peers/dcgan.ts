import * as tf from '@tensorflow/tfjs';
import { createDiscriminator, createGenerator, LATENT, type Scale } from './convolutional';
import { addFilterGradient } from './filter-gradient';
import { batchesOf } from './images';
import { type Peer, variablesOf } from './peer';

/**
 * The games of dcgan-28.json, dcgan-28-wide.json and dcgan-32.json by hand. As in the DCGAN tutorials, both
 * players learn from the same noise: the fakes that D has seen are those that G is then judged by.
 */
export function createPeer(images: Float32Array, scale: Scale): Peer {
  if (tf.getBackend() === 'wasm') addFilterGradient();
  const { base, channels, batch } = scale;
  const real = batchesOf(images, [4 * base, 4 * base, channels], batch);
  const generator = createGenerator(scale);
  const discriminator = createDiscriminator(scale, () => tf.layers.leakyReLU({ alpha: 0.2 }), {
    batchNorm: true,
  });
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(discriminator)];
  const adamD = tf.train.adam(2e-4, 0.5, 0.999);
  const adamG = tf.train.adam(2e-4, 0.5, 0.999);
  const ones = tf.ones([batch, 1]);
  const zeros = tf.zeros([batch, 1]);

  const score = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const fake = (noise: tf.Tensor) => generator.apply(noise, { training: true }) as tf.Tensor;
  return {
    step() {
      tf.tidy(() => {
        const noise = tf.randomNormal([batch, LATENT]);
        adamD.minimize(
          () =>
            tf.add(
              tf.losses.sigmoidCrossEntropy(ones, score(real())),
              tf.losses.sigmoidCrossEntropy(zeros, score(fake(noise))),
            ),
          false,
          thetaD,
        );
        adamG.minimize(() => tf.losses.sigmoidCrossEntropy(ones, score(fake(noise))), false, thetaG);
      });
    },
    sample: () => generator.predict(tf.randomNormal([8, LATENT])) as tf.Tensor,
  };
}
