import * as tf from '@tensorflow/tfjs';
import { batchesOf } from './images';
import { mlp } from './mlp';
import { type Peer, variablesOf } from './peer';

/** The game of mlp-784.json by hand: 100-256-512-784 against 784-512-256-1 on flattened images. */
const BATCH = 64;
const LATENT = 100;

/** `images`: rows of 784 numbers in [-1, 1]. */
export function createPeer(images: Float32Array): Peer {
  const real = batchesOf(images, [784], BATCH);
  const generator = mlp([LATENT, 256, 512, 784], () => tf.layers.reLU(), 'tanh');
  const discriminator = mlp([784, 512, 256, 1], () => tf.layers.leakyReLU({ alpha: 0.2 }));
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(discriminator)];
  const adamD = tf.train.adam(2e-4, 0.5, 0.999);
  const adamG = tf.train.adam(2e-4, 0.5, 0.999);
  const ones = tf.ones([BATCH, 1]);
  const zeros = tf.zeros([BATCH, 1]);

  const score = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const fake = () => generator.apply(tf.randomNormal([BATCH, LATENT]), { training: true }) as tf.Tensor;
  return {
    step() {
      tf.tidy(() => {
        adamD.minimize(
          () =>
            tf.add(
              tf.losses.sigmoidCrossEntropy(ones, score(real())),
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
