import * as tf from '@tensorflow/tfjs';
import { mlp } from './mlp';
import { type Peer, variablesOf } from './peer';
import { drawRing } from './ring-data';

/** The game of mlp-2d.json by hand: 2-128-128-2 against 2-128-128-1 on points of a ring. */
const BATCH = 64;

export function createPeer(): Peer {
  const generator = mlp([2, 128, 128, 2], () => tf.layers.reLU());
  const discriminator = mlp([2, 128, 128, 1], () => tf.layers.leakyReLU({ alpha: 0.2 }));
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(discriminator)];
  const adamD = tf.train.adam(2e-4, 0.5, 0.999);
  const adamG = tf.train.adam(2e-4, 0.5, 0.999);
  const ones = tf.ones([BATCH, 1]);
  const zeros = tf.zeros([BATCH, 1]);

  const score = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const fake = () => generator.apply(tf.randomNormal([BATCH, 2]), { training: true }) as tf.Tensor;
  return {
    step() {
      tf.tidy(() => {
        adamD.minimize(
          () =>
            tf.add(
              tf.losses.sigmoidCrossEntropy(ones, score(drawRing(BATCH))),
              tf.losses.sigmoidCrossEntropy(zeros, score(fake())),
            ),
          false,
          thetaD,
        );
        adamG.minimize(() => tf.losses.sigmoidCrossEntropy(ones, score(fake())), false, thetaG);
      });
    },
    sample: () => generator.predict(tf.randomNormal([8, 2])) as tf.Tensor,
  };
}
