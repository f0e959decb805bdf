import type { Tensor, Tf } from '../define';

/** The tensor as a constant: what made it gets no gradient of what follows. */
export function detach(tf: Tf, x: Tensor): Tensor {
  const constant = tf.customGrad((given) => {
    const input = given as Tensor;
    return { value: tf.clone(input), gradFunc: () => tf.zerosLike(input) };
  });
  return constant(x);
}
