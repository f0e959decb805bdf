import * as z from 'zod';
import { imageSide } from '../fields';
import { pythonSource } from '../python';
import { defineSource } from '../source';

const kinds = ['stripes', 'checks', 'dots', 'waves'] as const;
/** Of 28 pixels: the shortest and longest period; how steep edges are. */
const [SHORTEST, LONGEST] = [6, 10];
const STEEP = 3;

/** Brightness at two phases, before it is clipped to [-1, 1]. */
function brightness(kind: number, u: number, v: number): number {
  switch (kinds[kind]) {
    case 'checks':
      return Math.sin(u) * Math.sin(v);
    case 'dots':
      return (Math.cos(u) + Math.cos(v) - 0.8) / 1.2;
    case 'waves':
      return Math.sin(u + 1.2 * Math.sin(v / 2));
    default:
      return Math.sin(u);
  }
}

/** Patterns that fill the image, of any direction, period and phase. */
export const textures = defineSource({
  id: 'textures',
  title: 'Textures',
  summary: 'Stripes, checks, dots and waves of any direction, period and phase, which fill the image.',
  family: 'Images',
  options: z.strictObject({ size: imageSide(28, 14, 64) }),
  ports: ({ size }) => ({ x: [size, size, 1], labels: [kinds.length] }),
  classes: () => kinds,
  draw({ size }, rows, stream) {
    const x = new Float32Array(rows * size * size);
    const labels = new Float32Array(rows * kinds.length);
    for (let row = 0; row < rows; row++) {
      const kind = stream.integer(kinds.length);
      labels[row * kinds.length + kind] = 1;
      const period = (size / 28) * (SHORTEST + (LONGEST - SHORTEST) * stream.uniform());
      const [angle, a, b] = [0, 1, 2].map(() => 2 * Math.PI * stream.uniform()) as [number, number, number];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)].map((part) => (2 * Math.PI * part) / period) as [
        number,
        number,
      ];
      for (let i = 0; i < size * size; i++) {
        const [column, line] = [i % size, Math.floor(i / size)];
        const value = brightness(kind, cos * column + sin * line + a, cos * line - sin * column + b);
        x[row * size * size + i] = Math.min(1, Math.max(-1, STEEP * value));
      }
    }
    return { x, labels };
  },
  python: ({ size }) =>
    pythonSource(`kind, one = rng.integers(4, size=rows), (rows, 1, 1)
period = ${size} / 28 * rng.uniform(${SHORTEST}, ${LONGEST}, size=one)
angle, a, b = rng.uniform(0, 2 * np.pi, size=(3, *one))
column, line = np.arange(${size}), np.arange(${size})[:, None]
cos, sin = 2 * np.pi / period * np.cos(angle), 2 * np.pi / period * np.sin(angle)
u, v = cos * column + sin * line + a, cos * line - sin * column + b
values = np.stack([np.sin(u), np.sin(u) * np.sin(v), (np.cos(u) + np.cos(v) - 0.8) / 1.2, np.sin(u + 1.2 * np.sin(v / 2))])
x = np.clip(${STEEP} * values[kind, np.arange(rows)], -1, 1)
return {"x": x[..., None], "labels": np.eye(4)[kind]}`),
});
