import { formatDims, shape, sizeOf } from '@/lib/shapes/shape';
import { type Inference, type InputShapes, problem, type Tensor, type Tf } from '../define';
import { shapeAt } from '../ports';
import { imageProblem } from './image';

/** What pooling by windows that tile the image shares: [H, W, C] → [⌊H/s⌋, ⌊W/s⌋, C], the rest is left out. */
export function inferPooled(title: string, size: number, inputs: InputShapes): Inference {
  const input = shapeAt(inputs, 'in');
  const wrong = imageProblem(title, input);
  if (wrong) return wrong;
  const [height = 0, width = 0, channels = 0] = input.dims;
  if (height < size || width < size)
    return problem({
      code: 'kernel-too-large',
      port: 'in',
      message: `A window of ${size}×${size} does not fit into ${formatDims(input.dims)}.`,
      hint: 'Use a smaller size, or leave the pooling out.',
      ...(Math.min(height, width) > 1 && {
        fix: { label: `Set size to ${Math.min(height, width)}`, params: { size: Math.min(height, width) } },
      }),
    });
  return { out: shape([Math.floor(height / size), Math.floor(width / size), channels], input.batch) };
}

export const poolCost = (_: unknown, inputs: InputShapes): number => sizeOf(shapeAt(inputs, 'in').dims);

/** The part that whole windows cover. */
export function cutToWindows(tf: Tf, x: Tensor, size: number): Tensor {
  const [rows, height, width, channels] = x.shape as [number, number, number, number];
  const [down, across] = [height - (height % size), width - (width % size)];
  return down === height && across === width ? x : tf.slice(x, [0, 0, 0, 0], [rows, down, across, channels]);
}
