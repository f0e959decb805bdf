import * as z from 'zod';
import type { Tensor, Tf } from '../define';
import { param } from '../params';
import { py } from '../torch';

/** Uniform numbers for each image: what is done to it, and whether it is. */
const DRAWS = 14;

/** What is done to images, each change with a probability of its own. */
export const changeParams = {
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
};

type Changes = z.output<z.ZodObject<typeof changeParams>>;

/** Pixels of a side by which it is moved at most, and that are cut out of it. */
const reachOf = (size: number, { translation, cutout }: Pick<Changes, 'translation' | 'cutout'>) => ({
  moved: Math.floor(size * translation + 0.5),
  cut: Math.floor(size * cutout + 0.5),
});

/** What may be done to an image of these dims that leaves nothing of it, as the rest of a sentence; undefined where something stays. */
export function leavesNothing(
  params: Readonly<Record<string, unknown>>,
  dims: readonly number[],
): string | undefined {
  const { translation, cutout } = params as Changes;
  const sides = dims.slice(0, 2).map((size) => ({ size, ...reachOf(size, { translation, cutout }) }));
  if (sides.length < 2 || sides.some(({ size, moved, cut }) => cut < size - moved)) return undefined;
  const over = (of: 'size' | 'moved' | 'cut') => sides.map((side) => side[of]).join(' × ');
  return `moves an image of ${over('size')} by up to ${over('moved')} and cuts out ${over('cut')}`;
}

/** `changed(x, p, …)` in PyTorch: the numbers that it draws are those of `changeImages`, in the same order. */
export const changedImages = `def changed(x, p, colour, translation, cutout, flip):
    """Each image changed at random, with probability p in each way: colours, a shift, a mirror image, a box cut out."""
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
`;

/** The arguments of `changed` after x and p. */
export const changeArguments = ({ colour, translation, cutout, flip }: Changes): string =>
  `${py(colour)}, ${translation}, ${cutout}, ${py(flip)}`;

/**
 * x [N, H, W, C], each change with probability p. Moving and mirroring are products with matrices of zeros and ones, one
 * of rows and one of columns for each image, so that every derivative is that of a product.
 */
export function changeImages(
  tf: Tf,
  x: Tensor,
  seed: number,
  p: number | Tensor,
  { colour, translation, cutout, flip }: Changes,
): Tensor {
  const [count = 1, height = 1, width = 1, channels = 1] = x.shape;
  // tfjs takes seed 0 for "no seed".
  const drawn = tf.unstack(tf.randomUniform([count, DRAWS], 0, 1, 'float32', seed + 1), 1);
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
    const { moved: most } = reachOf(size, { translation, cutout });
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
    const { cut: length } = reachOf(size, { translation, cutout });
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
