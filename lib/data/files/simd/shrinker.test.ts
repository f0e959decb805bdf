import { beforeAll, expect, test } from 'vitest';
import { createStream } from '@/lib/util/random';
import { BLANK } from '../images';
import { type Fit, resizeInto } from '../resize';
import { type Planes, type Shrinker, startShrinker } from './shrinker';

let shrinker: Shrinker;
beforeAll(async () => {
  const started = await startShrinker();
  if (!started) throw new Error('no SIMD');
  shrinker = started;
});

const stream = createStream('shrinker', 1);
const noise = (length: number) => Uint8ClampedArray.from({ length }, () => stream.integer(256));
const fits: readonly Fit[] = ['crop', 'contain', 'stretch'];

/** By plain numbers, from RGBA. */
function plain(
  values: Uint8ClampedArray,
  [height, width]: readonly [number, number],
  shape: readonly [number, number, number],
  fit: Fit,
): Uint8Array {
  const out = new Uint8Array(shape[0] * shape[1] * shape[2]);
  const image = { values, height, width, channels: 3, stride: 4 };
  const target = { height: shape[0], width: shape[1], channels: shape[2] };
  resizeInto(out, 0, image, target, { fit, blank: BLANK, whole: true });
  return out;
}

const sizes: readonly (readonly [number, number])[] = [
  [64, 64],
  [100, 75],
  [75, 100],
  [333, 217],
  [20, 700],
];
const shapes: readonly (readonly [number, number, number])[] = [
  [16, 16, 3],
  [9, 20, 1],
  [20, 3, 3],
];

test.each(sizes)('pixels of %i × %i become what resizing makes of them', (height, width) => {
  const values = noise(height * width * 4);
  for (const shape of shapes)
    for (const fit of fits) {
      shrinker.room(values.length).set(values);
      const found = shrinker.shrinkPixels({ height, width }, { shape, fit });
      if (found) expect(found, `${shape} ${fit}`).toEqual(plain(values, [height, width], shape, fit));
      else expect(Math.min(height / shape[0], width / shape[1])).toBeLessThan(1);
    }
});

test('what grows is left to others', () => {
  shrinker.room(8 * 8 * 4);
  expect(shrinker.shrinkPixels({ height: 8, width: 8 }, { shape: [16, 16, 3], fit: 'crop' })).toBeUndefined();
});

/** What jdsample.c and jdcolor.c of libjpeg do, number by number. */
function pixelsOf({ width, height, format, layout }: Planes, bytes: Uint8Array): Uint8ClampedArray {
  const isWide = format === 'I444';
  const isHalf = format === 'I420';
  const [w, h] = [isWide ? width : (width + 1) >> 1, isHalf ? (height + 1) >> 1 : height];
  const at = (plane: number, x: number, y: number): number => {
    const { offset = 0, stride = 0 } = layout[plane] ?? {};
    return bytes[
      offset + Math.min(h - 1, Math.max(0, y)) * stride + Math.min(w - 1, Math.max(0, x))
    ] as number;
  };
  const colour = (plane: number, x: number, y: number): number => {
    if (isWide) return at(plane, x, y);
    const [i, j] = [x >> 1, isHalf ? y >> 1 : y];
    const beside = x & 1 ? i + 1 : i - 1;
    const [far, shift, round] = isHalf ? [y & 1 ? j + 1 : j - 1, 4, x & 1 ? 7 : 8] : [j, 2, x & 1 ? 2 : 1];
    const sum = (column: number) =>
      isHalf
        ? 3 * at(plane, Math.min(w - 1, Math.max(0, column)), j) + at(plane, column, far)
        : at(plane, column, j);
    return (3 * sum(i) + sum(beside) + round) >> shift;
  };
  const values = new Uint8ClampedArray(width * height * 4);
  const { offset = 0, stride = 0 } = layout[0] ?? {};
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = bytes[offset + y * stride + x] as number;
      const [blue, red] = [colour(1, x, y) - 128, colour(2, x, y) - 128];
      const to = (y * width + x) * 4;
      values[to] = light + ((91_881 * red + 32_768) >> 16);
      values[to + 1] = light + ((-22_554 * blue - 46_802 * red + 32_768) >> 16);
      values[to + 2] = light + ((116_130 * blue + 32_768) >> 16);
    }
  return values;
}

test.each(['I420', 'I422', 'I444'] as const)(
  'the planes of %s become the pixels that libjpeg makes of them',
  (format) => {
    for (const [height, width] of [...sizes, [65, 99] as const]) {
      const strides = [width + 3, (format === 'I444' ? width : (width + 1) >> 1) + 5];
      const [light = 0, colour = 0] = strides;
      const lines = format === 'I420' ? (height + 1) >> 1 : height;
      const layout = [
        { offset: 0, stride: light },
        { offset: light * height, stride: colour },
        { offset: light * height + colour * lines, stride: colour },
      ];
      const planes: Planes = { width, height, format, layout };
      const bytes = new Uint8Array(noise(light * height + 2 * colour * lines));
      const expected = pixelsOf(planes, bytes);
      for (const shape of [
        [1, 1, 3],
        [16, 16, 3],
        [height, width, 3],
      ] as const)
        for (const fit of fits) {
          shrinker.room(bytes.length).set(bytes);
          const found = shrinker.shrinkPlanes(planes, { shape, fit });
          if (found)
            expect(found, `${height} × ${width} ${shape} ${fit}`).toEqual(
              plain(expected, [height, width], shape, fit),
            );
          else expect(Math.min(height / shape[0], width / shape[1])).toBeLessThan(1);
        }
    }
  },
);
