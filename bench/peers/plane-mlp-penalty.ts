import * as tf from '@tensorflow/tfjs';
import { gradientPenalty, leakyReLU } from './gradient-penalty';
import { mlp } from './mlp';
import { type Peer, variablesOf } from './peer';
import { drawRing } from './ring-data';

/** The game of mlp-2d-gp.json by hand: Wasserstein with gradient penalty, one critic update per iteration. */
const BATCH = 64;

export function createPeer(): Peer {
  const generator = mlp([2, 128, 128, 2], () => tf.layers.reLU());
  const critic = mlp([2, 128, 128, 1], leakyReLU);
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(critic)];
  const adamD = tf.train.adam(1e-4, 0, 0.9);
  const adamG = tf.train.adam(1e-4, 0, 0.9);

  const score = (x: tf.Tensor) => critic.apply(x, { training: true }) as tf.Tensor;
  const fake = () => generator.apply(tf.randomNormal([BATCH, 2]), { training: true }) as tf.Tensor;
  return {
    step() {
      tf.tidy(() => {
        adamD.minimize(
          () => {
            const [x, y] = [drawRing(BATCH), fake()];
            const distance = tf.sub(tf.mean(score(y)), tf.mean(score(x)));
            return tf.add<tf.Scalar>(distance, gradientPenalty(score, x, y));
          },
          false,
          thetaD,
        );
        adamG.minimize(() => tf.neg<tf.Scalar>(tf.mean(score(fake()))), false, thetaG);
      });
    },
    sample: () => generator.predict(tf.randomNormal([8, 2])) as tf.Tensor,
  };
}
