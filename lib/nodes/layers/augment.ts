import * as z from 'zod';
import { sizeOf } from '@/lib/shapes/shape';
import { defineOp, type Tensor, type Tf } from '../define';
import { liveParam, param, scheduledCaption, valueAt } from '../params';
import { expressionAt, shapeAt, tensorAt, tensorIn, tensorOut } from '../ports';
import { py } from '../torch';
import { imageProblem } from './image';

/** Uniform numbers for each image: what is done to it, and whether it is. */
const DRAWS = 14;

/**
 * Each image [H, W, C] changed at random. Moving and mirroring are products with matrices of zeros and ones, one of
 * rows and one of columns for each image, so that every derivative is that of a product.
 */
export const augment = defineOp({
  kind: 'augment',
  role: 'op',
  title: 'Augment',
  category: 'Layers',
  place: ['network', 'game'],
  summary:
    'In training, changes each image at random, real and fake alike, so that a discriminator cannot learn little data by heart.',
  formula: 'L_D = f(D(T(x))) + g(D(T(G(z)))), \\quad L_G = h(D(T(G(z))))',
  source: { label: 'Zhao et al. 2020 (DiffAugment)', url: 'https://arxiv.org/abs/2006.10738' },
  aliases: ['diffaugment', 'ada', 'limited data', 'cutout', 'translation', 'mirror', 'overfitting', 'random'],
  params: z.strictObject({
    p: liveParam(z.number().min(0).max(1), 1, {
      label: 'Probability p',
      help: 'Of each change, for each image. Nothing is changed in eval mode.',
      step: 0.05,
    }),
    colour: param(z.boolean().default(true), {
      label: 'Colour',
      help: 'Brightness by up to ½ either way, saturation up to twofold, contrast between ½ and 1½.',
    }),
    translation: param(z.number().min(0).max(0.5).default(0.125), {
      label: 'Translation',
      help: 'Moves by up to this share of height and width; what comes in from outside is 0.',
      step: 0.025,
    }),
    cutout: param(z.number().min(0).max(1).default(0.5), {
      label: 'Cutout',
      help: 'A box of this share of height and width becomes 0.',
      step: 0.05,
    }),
    flip: param(z.boolean().default(false), { label: 'Mirror', help: 'Half of the images, left to right.' }),
  }),
  caption: ({ p }) => `p ${scheduledCaption(p)}`,
  examples: [
    { inputs: { in: [4, 6, 3] }, outputs: { out: [4, 6, 3] } },
    {
      params: { p: 0.5, flip: true, translation: 0.5 },
      inputs: { in: [3, 4, 2] },
      outputs: { out: [3, 4, 2] },
    },
    {
      params: { colour: false, translation: 0, cutout: 0.3, flip: true },
      inputs: { in: [5, 3, 1] },
      outputs: { out: [5, 3, 1] },
    },
  ],
  inputs: tensorIn,
  outputs: tensorOut,
  infer(_, inputs) {
    const input = shapeAt(inputs, 'in');
    return imageProblem('Augment', input) ?? { out: input };
  },
  cost(_, inputs) {
    const { dims } = shapeAt(inputs, 'in');
    return ((dims[0] ?? 0) + (dims[1] ?? 0) + 8) * sizeOf(dims);
  },
  differentiable: 2,
  random: true,
  apply(tf, { params, inputs, context }) {
    const x = tensorAt(inputs, 'in');
    if (context.mode === 'eval' || params.p === 0) return { outputs: { out: x } };
    // tfjs takes seed 0 for "no seed".
    const drawn = tf.randomUniform(
      [x.shape[0] as number, DRAWS],
      0,
      1,
      'float32',
      context.seed('changes') + 1,
    );
    return { outputs: { out: change(tf, x, tf.unstack(drawn, 1), params) } };
  },
  torch: {
    classes: [
      `def augment(x, p, colour, translation, cutout, flip, training):
    """Each image changed at random in training: colours, a shift, a mirror image, a box cut out (DiffAugment)."""
    if not training or p == 0:
        return x
    drawn = uniform(len(x), ${DRAWS})[:, :, None, None, None].unbind(1)  # each [N, 1, 1, 1]
    may = [(each < p).to(x.dtype) for each in drawn[8:]]
    if colour:
        x = x + may[0] * (drawn[0] - 0.5)
        mean = x.mean(1, keepdim=True)
        x = (x - mean) * (1 + may[1] * (2 * drawn[1] - 1)) + mean
        mean = x.mean((1, 2, 3), keepdim=True)
        x = (x - mean) * (1 + may[2] * (drawn[2] - 0.5)) + mean

    def moved(size, share, turned):
        most = math.floor(size * translation + 0.5)
        shift = may[3] * ((share * (2 * most + 1)).floor() - most)
        at = torch.arange(size, device=x.device, dtype=x.dtype)
        to = at + turned * (size - 1 - 2 * at)
        return (1 - (to - at[:, None] - shift[:, 0]).abs()).clamp(min=0)  # [N, size, size]

    mirror = may[5] * (drawn[7] < 0.5) if flip else 0 * may[5]
    if translation > 0 or flip:
        rows, columns = moved(x.shape[2], drawn[3], 0), moved(x.shape[3], drawn[4], mirror[:, 0])
        x = torch.einsum("nij,ncjk,nlk->ncil", rows, x, columns)

    def inside(size, share):
        length = math.floor(size * cutout + 0.5)
        start = (share * (size + 1 - length % 2)).floor() - length // 2
        at = torch.arange(size, device=x.device)
        return ((at >= start) & (at < start + length)).to(x.dtype)  # [N, 1, 1, size]

    if cutout > 0:
        x = x * (1 - may[4] * inside(x.shape[2], drawn[5]).mT * inside(x.shape[3], drawn[6]))
    return x
`,
    ],
    forward: ({ params: { p, colour, translation, cutout, flip }, inputs }) => ({
      out: `augment(${expressionAt(inputs, 'in')}, ${valueAt(p, 0)}, ${py(colour)}, ${translation}, ${cutout}, ${py(flip)}, self.training)`,
    }),
  },
});

interface Changes {
  readonly p: number;
  readonly colour: boolean;
  readonly translation: number;
  readonly cutout: number;
  readonly flip: boolean;
}

/** x [N, H, W, C], and DRAWS uniform numbers [N] of each image: what is done, then whether. */
function change(tf: Tf, x: Tensor, drawn: readonly Tensor[], changes: Changes): Tensor {
  const { p, colour, translation, cutout, flip } = changes;
  const [, height = 1, width = 1, channels = 1] = x.shape;
  const images = (of: Tensor) => tf.reshape(of, [-1, 1, 1, 1]);
  const may = drawn.slice(8).map((each) => images(tf.step(tf.sub(p, each))));
  const [brightness, saturation, contrast, up, left, cutUp, cutLeft, mirror] = drawn.map(images) as Tensor[];
  const is = may as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
  let y = x;
  const spread = (axes: number[], factor: Tensor) => {
    const mean = tf.mean(y, axes, true);
    y = tf.add(tf.mul(tf.sub(y, mean), tf.add(factor, 1)), mean);
  };
  if (colour) {
    y = tf.add(y, tf.mul(is[0], tf.sub(brightness as Tensor, 0.5)));
    spread([3], tf.mul(is[1], tf.sub(tf.mul(saturation as Tensor, 2), 1)));
    spread([1, 2, 3], tf.mul(is[2], tf.sub(contrast as Tensor, 0.5)));
  }
  /** [N, size, size]: 1 where a pixel of the result comes from one of the image. */
  const moved = (size: number, share: Tensor, turned: Tensor | undefined) => {
    const most = Math.floor(size * translation + 0.5);
    const shift = tf.mul(is[3], tf.sub(tf.floor(tf.mul(share, 2 * most + 1)), most));
    const at = tf.range(0, size); // [size]
    const to = turned
      ? tf.add(at, tf.mul(tf.reshape(turned, [-1, 1, 1]), tf.sub(size - 1, tf.mul(at, 2))))
      : at;
    const from = tf.add(tf.reshape(at, [size, 1]), tf.reshape(shift, [-1, 1, 1]));
    return tf.relu(tf.sub(1, tf.abs(tf.sub(to, from))));
  };
  if (translation > 0 || flip) {
    const turned = flip ? tf.mul(is[5], tf.step(tf.sub(0.5, mirror as Tensor))) : undefined;
    const rows = moved(height, up as Tensor, undefined);
    const columns = moved(width, left as Tensor, turned);
    const inRows = tf.matMul(rows, tf.reshape(y, [-1, height, width * channels]));
    const across = tf.transpose(tf.reshape(inRows, [-1, height, width, channels]), [0, 2, 1, 3]);
    const inColumns = tf.matMul(columns, tf.reshape(across, [-1, width, height * channels]));
    y = tf.transpose(tf.reshape(inColumns, [-1, width, height, channels]), [0, 2, 1, 3]);
  }
  /** [N, size]: 1 within the box. */
  const inside = (size: number, share: Tensor) => {
    const length = Math.floor(size * cutout + 0.5);
    const start = tf.sub(tf.floor(tf.mul(share, size + 1 - (length % 2))), Math.floor(length / 2));
    const along = tf.sub(tf.range(0, size), tf.reshape(start, [-1, 1])); // from the box's beginning
    return tf.mul(tf.step(tf.add(along, 0.5)), tf.step(tf.sub(length - 0.5, along)));
  };
  if (cutout > 0) {
    const box = tf.mul(
      tf.reshape(inside(height, cutUp as Tensor), [-1, height, 1, 1]),
      tf.reshape(inside(width, cutLeft as Tensor), [-1, 1, width, 1]),
    );
    y = tf.mul(y, tf.sub(1, tf.mul(is[4], box)));
  }
  return y;
}
