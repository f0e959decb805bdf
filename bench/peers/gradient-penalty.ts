import * as tf from '@tensorflow/tfjs';

/**
 * tf.layers.leakyReLU cannot be differentiated twice (tfjs 4.22 has no gradient of its comparison), and a
 * gradient penalty asks for that: relu(x) - 0.2 relu(-x) is the same function and can.
 */
export class SmoothlyDifferentiableLeakyReLU extends tf.layers.Layer {
  static className = 'SmoothlyDifferentiableLeakyReLU';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;
    return tf.sub(tf.relu(x), tf.mul(0.2, tf.relu(tf.neg(x))));
  }

  override computeOutputShape(shape: tf.Shape): tf.Shape {
    return shape;
  }
}

export const leakyReLU = (): tf.layers.Layer => new SmoothlyDifferentiableLeakyReLU();

/** 10 · mean (‖∇ critic(x̂)‖ - 1)², x̂ between real and fake (Gulrajani et al. 2017). */
export function gradientPenalty(
  critic: (x: tf.Tensor) => tf.Tensor,
  real: tf.Tensor,
  fake: tf.Tensor,
): tf.Scalar {
  const [batch = 1, ...dims] = real.shape;
  const share = tf.randomUniform([batch, ...dims.map(() => 1)]);
  const between = tf.add(fake, tf.mul(share, tf.sub(real, fake)));
  const slope = tf.grad((x) => tf.sum(critic(x)))(between);
  const axes = dims.map((_, i) => i + 1);
  const norm = tf.sqrt(tf.add(tf.sum(tf.square(slope), axes), 1e-12));
  return tf.mul(10, tf.mean(tf.square(tf.sub(norm, 1))));
}
