import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { imageSide } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';

/** Of the side: where centres lie, and how long half axes are. */
const [NEAREST, FARTHEST] = [5 / 16, 11 / 16];
const [SHORTEST, LONGEST] = [2.5 / 16, 5 / 16];

const options = z
  .strictObject({
    size: imageSide(16, 8, 64),
    factor: param(z.int().min(2).max(8).default(4), {
      label: 'Factor',
      help: 'Pixels of the large image, along each side, that are one of the small.',
      step: 1,
    }),
  })
  .superRefine(({ size, factor }, context) => {
    if (size % factor === 0) return;
    const message = `A factor of ${factor} does not divide a size of ${size}: ${size / factor} pixels would be left`;
    context.addIssue({ code: 'custom', message, path: ['factor'] });
  });

/** The mean ink of each block of factor × factor pixels. */
function blockMeans(image: Float32Array, size: number, factor: number): Float32Array {
  const small = size / factor;
  const means = new Float32Array(small * small);
  image.forEach((value, i) => {
    const at = Math.floor(Math.floor(i / size) / factor) * small + Math.floor((i % size) / factor);
    means[at] = (means[at] as number) + value / factor ** 2;
  });
  return means;
}

/** A turned rectangle or ellipse with soft edges, and the means of its blocks: what super-resolution starts from. */
export const lowToHigh = defineSource({
  id: 'low-to-high',
  title: 'Low to high resolution',
  summary: 'A turned rectangle or ellipse: the small image of block means, and the large one.',
  family: 'Images',
  options,
  ports: ({ size, factor }) => ({ x: [size / factor, size / factor, 1], target: [size, size, 1] }),
  draw({ size, factor }, rows, stream) {
    const [pixels, small] = [size ** 2, (size / factor) ** 2];
    const x = new Float32Array(rows * small);
    const target = new Float32Array(rows * pixels);
    const between = (low: number, high: number) => size * (low + (high - low) * stream.uniform());
    for (let row = 0; row < rows; row++) {
      const [left, top] = [between(NEAREST, FARTHEST), between(NEAREST, FARTHEST)];
      const [a, b] = [between(SHORTEST, LONGEST), between(SHORTEST, LONGEST)];
      const angle = Math.PI * stream.uniform();
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const isRectangle = stream.integer(2) === 0;
      const image = target.subarray(row * pixels, (row + 1) * pixels);
      for (let i = 0; i < pixels; i++) {
        const [dx, dy] = [(i % size) + 0.5 - left, Math.floor(i / size) + 0.5 - top];
        const [u, v] = [(dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b];
        const outside = (isRectangle ? Math.max(Math.abs(u), Math.abs(v)) : Math.hypot(u, v)) - 1;
        image[i] = 2 * Math.min(1, Math.max(0, 0.5 - outside * Math.min(a, b))) - 1;
      }
      x.set(blockMeans(image, size, factor), row * small);
    }
    return { x, target };
  },
  python: ({ size, factor }) =>
    pythonSource(`size, one = ${size}, (rows, 1, 1)
left, top = size * rng.uniform(${NEAREST}, ${FARTHEST}, size=(2, *one))
a, b = size * rng.uniform(${SHORTEST}, ${LONGEST}, size=(2, *one))
angle = rng.uniform(0, np.pi, size=one)
dx, dy = np.arange(size) + 0.5 - left, np.arange(size)[:, None] + 0.5 - top
u, v = (dx * np.cos(angle) + dy * np.sin(angle)) / a, (dy * np.cos(angle) - dx * np.sin(angle)) / b
rectangle = rng.integers(2, size=one) == 0
outside = np.where(rectangle, np.maximum(np.abs(u), np.abs(v)), np.hypot(u, v)) - 1
target = 2 * np.clip(0.5 - outside * np.minimum(a, b), 0, 1) - 1
x = target.reshape(rows, ${size / factor}, ${factor}, ${size / factor}, ${factor}).mean((2, 4))
return {"x": x[..., None], "target": target[..., None]}`),
});
