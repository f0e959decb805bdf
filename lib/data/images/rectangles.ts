import * as z from 'zod';
import { param } from '@/lib/graph/param';
import { unread } from '../attributes';
import { imageSide } from '../fields';
import { pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';

const [SHORTEST, LONGEST] = [2, 4];
/** How far the mean ink in the mask may be from a level. */
const NEAR = 0.1;

const level = (value: number, label: string) =>
  param(z.number().min(0.05).max(1).default(value), {
    label,
    help: 'Ink that fills a rectangle in half of the targets: 1 is white.',
    step: 0.05,
  });

const ink = (value: number): number => (value + 1) / 2;

function read(sample: Float32Array, mask: Float32Array | undefined, levels: readonly number[]): Reading {
  if (!mask || !sample.every(Number.isFinite)) return unread(1);
  const visible = Math.min(...levels) / 2;
  let [sum, inside, both, either] = [0, 0, 0, 0];
  sample.forEach((value, i) => {
    const isMask = (mask[i] as number) > 0;
    const isInk = ink(value) > visible;
    if (isMask) {
      sum += ink(value);
      inside++;
    }
    if (isMask && isInk) both++;
    if (isMask || isInk) either++;
  });
  const mean = sum / inside;
  const found = levels.findIndex((value) => Math.abs(mean - value) < NEAR);
  return { values: [found], fit: either > 0 ? both / either : 0, legal: found >= 0 };
}

/** A rectangle as a mask, and the same filled with one of two greys: two answers that a mean is neither of. */
export const rectangles = defineSource({
  id: 'rectangles',
  title: 'Rectangles',
  summary: 'The mask of a rectangle, and the rectangle filled with one of two greys.',
  family: 'Images',
  options: z.strictObject({
    size: imageSide(8, 4, 64),
    low: level(0.25, 'Low'),
    high: level(1, 'High'),
  }),
  ports: ({ size }) => ({ x: [size, size, 1], target: [size, size, 1] }),
  draw({ size, low, high }, rows, stream) {
    const x = new Float32Array(rows * size * size).fill(-1);
    const target = new Float32Array(rows * size * size).fill(-1);
    const corner = () => stream.integer(size - LONGEST + 1);
    const side = () => SHORTEST + stream.integer(LONGEST - SHORTEST + 1);
    for (let row = 0; row < rows; row++) {
      const [top, left, height, width] = [corner(), corner(), side(), side()];
      const grey = 2 * (stream.integer(2) === 0 ? low : high) - 1;
      for (let line = top; line < top + height; line++) {
        const start = (row * size + line) * size + left;
        x.fill(1, start, start + width);
        target.fill(grey, start, start + width);
      }
    }
    return { x, target };
  },
  truth: ({ low, high }) => ({
    attributes: [{ name: 'level', values: ['low', 'high'] }],
    readsGiven: true,
    read: (sample, given) => read(sample, given, [low, high]),
    python: {
      read: pythonExpression(
        `(lambda sample, given: read_rectangle(sample, given, [${low}, ${high}]))`,
        readRectangle,
      ),
    },
  }),
  python: ({ size, low, high }) =>
    pythonSource(`top, left = rng.integers(${size - LONGEST + 1}, size=(2, rows, 1, 1))
height, width = rng.integers(${SHORTEST}, ${LONGEST + 1}, size=(2, rows, 1, 1))
line, column = np.arange(${size})[:, None], np.arange(${size})
mask = (line >= top) & (line < top + height) & (column >= left) & (column < left + width)
grey = np.where(rng.integers(2, size=(rows, 1, 1)) == 0, ${low}, ${high})
x, target = np.where(mask, 1.0, -1.0), np.where(mask, 2 * grey - 1, -1.0)
return {"x": x[..., None], "target": target[..., None]}`),
});

const readRectangle = `def read_rectangle(sample, mask, levels):
    """Which level the mean ink in the mask is near, and how much of the mask is inked, and nothing else."""
    if mask is None or not np.isfinite(sample).all():
        return [-1], 0, False
    ink, inside = (sample.astype(np.float64) + 1) / 2, mask > 0
    inked, either = ink > min(levels) / 2, (inside | (ink > min(levels) / 2)).sum()
    mean = ink[inside].mean() if inside.any() else math.nan
    found = next((i for i, level in enumerate(levels) if abs(mean - level) < ${NEAR}), -1)
    return [found], (inside & inked).sum() / either if either else 0, found >= 0`;
