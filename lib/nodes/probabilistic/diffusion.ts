import * as z from 'zod';
import type { Tensor, Tf } from '../define';
import { param } from '../params';

/**
 * A chain of T steps from data to noise, x_t = √ᾱ_t x₀ + √(1 - ᾱ_t) ε with ᾱ_t = exp(-∫β) and β growing along a line
 * over the whole chain: what is left of x₀ after s = t / T of it.
 */
export const chainParams = {
  steps: param(z.int().min(1).max(1000).default(4), {
    label: 'Steps T',
    help: 'From data to noise. With a GAN at every step a few do, where diffusion alone takes a thousand.',
    step: 1,
  }),
  betaStart: param(z.number().min(1e-4).max(100).default(0.1), {
    label: 'β at the start',
    help: 'How fast data is blurred at first, per whole chain.',
    step: 0.1,
  }),
  betaEnd: param(z.number().min(1e-4).max(1000).default(20), {
    label: 'β at the end',
    help: 'How fast at last: with 0.1 and 20 a share of e⁻¹⁰ of the variance of x₀ is left of it.',
    step: 1,
  }),
};

type Chain = z.output<z.ZodObject<typeof chainParams>>;

/** ᾱ_t of t [rows, 1], as far as it is in the chain: [rows, 1]. */
export function keptAt(tf: Tf, t: Tensor, { steps, betaStart, betaEnd }: Chain): Tensor {
  const s = tf.div(t, steps);
  const along = tf.add(tf.mul(tf.square(s), (betaEnd - betaStart) / 2), tf.mul(s, betaStart)); // ∫β to s
  return tf.exp(tf.neg(along));
}

/** √a x + √b y, the numbers a and b of each example [rows, 1]. */
export function mixed(tf: Tf, [a, x]: [Tensor, Tensor], [b, y]: [Tensor, Tensor]): Tensor {
  const perExample = (of: Tensor) =>
    tf.reshape(tf.sqrt(tf.relu(of)), [x.shape[0] as number, ...x.shape.slice(1).map(() => 1)]);
  return tf.add(tf.mul(perExample(a), x), tf.mul(perExample(b), y));
}

/** The same two in PyTorch. */
export const diffusionTorch = [
  `def kept_at(t, steps, start, end):
    """What is left of the variance of x_0 after t steps of a chain: exp of minus the integral of beta."""
    s = t / steps
    return torch.exp(-(s.square() * (end - start) / 2 + s * start))
`,
  `def mixed(a, x, b, y):
    """sqrt(a) x + sqrt(b) y, the numbers a and b of each example [rows, 1]."""
    rank = (1,) * (x.dim() - 1)
    a, b = (each.clamp(min=0).sqrt().view(-1, *rank) for each in (a, b))
    return a * x + b * y
`,
];

export const chainArguments = ({ steps, betaStart, betaEnd }: Chain): string =>
  `${steps}, ${betaStart}, ${betaEnd}`;
