import * as tf from '@tensorflow/tfjs';
import { mlp } from './mlp';
import { type Peer, variablesOf } from './peer';
import { normal } from './ring-data';

/** The game of gan-lab.json by hand: eight units, probabilities, plain SGD, two steps of D to one of G. */
const BATCH = 150;

/** ½ N((0.3, 0.7), 0.1²) + ½ N((0.7, 0.4), (0.05, 0.2)²) */
function drawData(): tf.Tensor2D {
  const values = new Float32Array(2 * BATCH);
  for (let i = 0; i < BATCH; i++) {
    const isRound = Math.random() < 0.5;
    values[2 * i] = isRound ? 0.3 + 0.1 * normal() : 0.7 + 0.05 * normal();
    values[2 * i + 1] = isRound ? 0.7 + 0.1 * normal() : 0.4 + 0.2 * normal();
  }
  return tf.tensor2d(values, [BATCH, 2]);
}

export function createPeer(): Peer {
  const scaled = () => tf.initializers.varianceScaling({ scale: 1, mode: 'fanIn', distribution: 'normal' });
  const generator = mlp([2, 8, 8, 2], () => tf.layers.reLU(), 'tanh', scaled());
  const discriminator = mlp([2, 8, 8, 1], () => tf.layers.reLU(), 'sigmoid', scaled());
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(discriminator)];
  const sgdD = tf.train.sgd(0.1);
  const sgdG = tf.train.sgd(0.03);
  const softOnes = tf.fill([BATCH, 1], 0.95);
  const ones = tf.ones([BATCH, 1]);
  const zeros = tf.zeros([BATCH, 1]);

  const judge = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const noise = (rows: number) => tf.truncatedNormal([rows, 2], 0.5, 0.25);
  const fake = () => generator.apply(noise(BATCH), { training: true }) as tf.Tensor;
  const updateD = () =>
    sgdD.minimize(
      () => tf.add(tf.losses.logLoss(softOnes, judge(drawData())), tf.losses.logLoss(zeros, judge(fake()))),
      false,
      thetaD,
    );
  return {
    step() {
      tf.tidy(() => {
        updateD();
        updateD();
        sgdG.minimize(() => tf.losses.logLoss(ones, judge(fake())), false, thetaG);
      });
    },
    sample: () => generator.predict(noise(8)) as tf.Tensor,
  };
}
