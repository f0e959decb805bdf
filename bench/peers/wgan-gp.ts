import * as tf from '@tensorflow/tfjs';
import { createDiscriminator, createGenerator, LATENT, type Scale } from './convolutional';
import { addFilterGradient } from './filter-gradient';
import { gradientPenalty, leakyReLU } from './gradient-penalty';
import { batchesOf } from './images';
import { type Peer, variablesOf } from './peer';

/** The game of wgan-gp-28.json by hand: DCGAN's convolutions, a critic without batch norm, gradient penalty. */
export function createPeer(images: Float32Array, scale: Scale): Peer {
  if (tf.getBackend() === 'wasm') addFilterGradient();
  const { base, channels, batch } = scale;
  const real = batchesOf(images, [4 * base, 4 * base, channels], batch);
  const generator = createGenerator(scale);
  const critic = createDiscriminator(scale, leakyReLU, { batchNorm: false });
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(critic)];
  const adamD = tf.train.adam(1e-4, 0, 0.9);
  const adamG = tf.train.adam(1e-4, 0, 0.9);

  const score = (x: tf.Tensor) => critic.apply(x, { training: true }) as tf.Tensor;
  const fake = () => generator.apply(tf.randomNormal([batch, LATENT]), { training: true }) as tf.Tensor;
  return {
    step() {
      tf.tidy(() => {
        adamD.minimize(
          () => {
            const [x, y] = [real(), fake()];
            const distance = tf.sub(tf.mean(score(y)), tf.mean(score(x)));
            return tf.add<tf.Scalar>(distance, gradientPenalty(score, x, y));
          },
          false,
          thetaD,
        );
        adamG.minimize(() => tf.neg<tf.Scalar>(tf.mean(score(fake()))), false, thetaG);
      });
    },
    sample: () => generator.predict(tf.randomNormal([8, LATENT])) as tf.Tensor,
  };
}
