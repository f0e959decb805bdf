import * as tf from '@tensorflow/tfjs';
import { type Peer, variablesOf } from './peer';

/** The game of ring.json as one would write it by hand with tfjs: layers, tidy, minimize. */
const BATCH = 256;
const ITERATIONS = 12_000;
const DECAY = 0.999;

const mlp = (outputs: number, activation: () => tf.layers.Layer): tf.LayersModel => {
  const hidden = () => tf.layers.dense({ units: 128, kernelInitializer: 'heNormal' });
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 128, kernelInitializer: 'heNormal', inputShape: [2] }));
  model.add(activation());
  for (let i = 0; i < 2; i++) {
    model.add(hidden());
    model.add(activation());
  }
  model.add(tf.layers.dense({ units: outputs, kernelInitializer: 'heNormal' }));
  return model;
};

function drawRing(): tf.Tensor2D {
  const values = new Float32Array(2 * BATCH);
  for (let i = 0; i < BATCH; i++) {
    const angle = (2 * Math.PI * Math.floor(8 * Math.random())) / 8;
    values[2 * i] = Math.cos(angle) + 0.01 * normal();
    values[2 * i + 1] = Math.sin(angle) + 0.01 * normal();
  }
  return tf.tensor2d(values, [BATCH, 2]);
}

const normal = (): number =>
  Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

export function createPeer(): Peer {
  const generator = mlp(2, () => tf.layers.reLU());
  const discriminator = mlp(1, () => tf.layers.leakyReLU({ alpha: 0.2 }));
  const [thetaG, thetaD] = [variablesOf(generator), variablesOf(discriminator)];
  const averages = thetaG.map((weight) => tf.variable(weight, false));
  const adamD = tf.train.adam(1e-3, 0.5, 0.99);
  const adamG = tf.train.adam(1e-3, 0.5, 0.99);
  const ones = tf.ones([BATCH, 1]);
  const zeros = tf.zeros([BATCH, 1]);
  let iteration = 0;

  const score = (x: tf.Tensor) => discriminator.apply(x, { training: true }) as tf.Tensor;
  const fake = () => generator.apply(tf.randomNormal([BATCH, 2]), { training: true }) as tf.Tensor;
  return {
    step() {
      const rate = 1e-3 + (1e-5 - 1e-3) * Math.min(1, iteration++ / ITERATIONS);
      for (const adam of [adamD, adamG]) (adam as unknown as { learningRate: number }).learningRate = rate;
      tf.tidy(() => {
        adamD.minimize(
          () =>
            tf.add(
              tf.losses.sigmoidCrossEntropy(ones, score(drawRing())),
              tf.losses.sigmoidCrossEntropy(zeros, score(fake())),
            ),
          false,
          thetaD,
        );
        adamG.minimize(() => tf.losses.sigmoidCrossEntropy(ones, score(fake())), false, thetaG);
        averages.forEach((average, i) => {
          const weight = thetaG[i] as tf.Variable;
          average.assign(tf.add(tf.mul(average, DECAY), tf.mul(weight, 1 - DECAY)));
        });
      });
    },
    sample: () => generator.predict(tf.randomNormal([8, 2])) as tf.Tensor,
  };
}
