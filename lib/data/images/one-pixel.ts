import * as z from 'zod';
import { unread } from '../attributes';
import { imageSide } from '../fields';
import { pythonExpression, pythonSource } from '../python';
import { defineSource } from '../source';
import type { Reading } from '../truth';

/** Ink of the pixel that is lit, of the other side, and of all the rest together, from which a frame is sharp. */
const [LIT, UNLIT, REST] = [0.8, 0.2, 0.3];

const ink = (value: number): number => (value + 1) / 2;

/** Where the lit pixel of a frame goes: [left, right], round the edge. */
function neighbours(frame: Float32Array, size: number): readonly [number, number] {
  const lit = frame.reduce((best, value, i) => (value > (frame[best] as number) ? i : best), 0);
  const start = lit - (lit % size);
  const at = (column: number) => start + ((column + size) % size);
  return [at((lit % size) - 1), at((lit % size) + 1)];
}

function read(sample: Float32Array, given: Float32Array | undefined, size: number): Reading {
  const nowhere = unread(1);
  if (!given || !sample.every(Number.isFinite)) return nowhere;
  const [left, right] = neighbours(given, size).map((place) => ink(sample[place] as number)) as [
    number,
    number,
  ];
  const all = sample.reduce((sum, value) => sum + ink(value), 0);
  const [most, least] = [Math.max(left, right), Math.min(left, right)];
  const legal = most > LIT && least < UNLIT && all - left - right < REST;
  return {
    values: [legal ? (left > right ? 0 : 1) : -1],
    fit: all > 0 ? Math.max(0, Math.min(1, most / Math.max(1, all))) : 0,
    legal,
  };
}

/** A frame with one lit pixel, and the next frame: the pixel goes left or right with equal chance. */
export const onePixel = defineSource({
  id: 'one-pixel',
  title: 'One pixel',
  summary: 'A lit pixel, and the next frame, in which it has gone left or right.',
  family: 'Images',
  options: z.strictObject({ size: imageSide(8, 3, 64) }),
  ports: ({ size }) => ({ x: [size, size, 1], target: [size, size, 1] }),
  draw({ size }, rows, stream) {
    const x = new Float32Array(rows * size * size).fill(-1);
    const target = new Float32Array(rows * size * size).fill(-1);
    for (let row = 0; row < rows; row++) {
      const start = row * size * size + size * stream.integer(size);
      const column = stream.integer(size);
      const step = stream.integer(2) === 0 ? size - 1 : 1;
      x[start + column] = 1;
      target[start + ((column + step) % size)] = 1;
    }
    return { x, target };
  },
  truth: ({ size }) => ({
    attributes: [{ name: 'side', values: ['left', 'right'] }],
    readsGiven: true,
    read: (sample, given) => read(sample, given, size),
    python: { read: pythonExpression('read_pixel', readPixel) },
  }),
  python: ({ size }) =>
    pythonSource(`i = np.arange(rows)
line, column = rng.integers(${size}, size=rows), rng.integers(${size}, size=rows)
x, target = -np.ones((rows, ${size}, ${size}, 1)), -np.ones((rows, ${size}, ${size}, 1))
x[i, line, column] = 1
target[i, line, (column + 2 * rng.integers(2, size=rows) - 1) % ${size}] = 1
return {"x": x, "target": target}`),
});

const readPixel = `def read_pixel(sample, given):
    """To which side of the lit pixel of a frame the next one has gone, round the edge."""
    if given is None or not np.isfinite(sample).all():
        return [-1], 0, False
    line, column = divmod(int(given.argmax()), given.shape[1])
    ink = (sample[..., 0].astype(np.float64) + 1) / 2
    left, right = ink[line, column - 1], ink[line, (column + 1) % given.shape[1]]
    legal = max(left, right) > ${LIT} and min(left, right) < ${UNLIT} and ink.sum() - left - right < ${REST}
    fit = min(1, max(0, max(left, right) / max(1, ink.sum()))) if ink.sum() > 0 else 0
    return [int(left <= right) if legal else -1], fit, legal`;
