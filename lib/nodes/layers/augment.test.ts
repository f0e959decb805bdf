import { beforeAll, expect, test } from 'vitest';
import { startBackend } from '@/lib/engine/backend';
import type { Tensor, Tf } from '../define';
import { applyKind } from '../testing/apply-kind';
import { augment } from './augment';

let tf: Tf;
beforeAll(async () => {
  tf = (await startBackend('cpu')).tf;
});

const ROWS = 200;
const off = { colour: false, translation: 0, cutout: 0, flip: false };

/** As many images alike, every pixel another number. */
const alike = (height: number, width: number, channels: number): Tensor => {
  const image = tf.reshape(tf.range(1, height * width * channels + 1), [1, height, width, channels]);
  return tf.tile(image, [ROWS, 1, 1, 1]);
};
const changed = (x: Tensor, params: Record<string, unknown>): number[][] =>
  tf
    .reshape(applyKind(tf, augment, { in: x }, { params: { ...off, ...params } }), [ROWS, -1])
    .arraySync() as number[][];
/** How many times each result came. */
const kinds = (images: readonly number[][]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const image of images) counts.set(image.join(' '), (counts.get(image.join(' ')) ?? 0) + 1);
  return counts;
};

test('moves by whole pixels within its share, each shift as often as another; 0 comes in', () => {
  const found = kinds(changed(alike(4, 1, 1), { translation: 0.25 }));
  expect([...found.keys()].sort()).toEqual(['0 1 2 3', '1 2 3 4', '2 3 4 0']);
  for (const count of found.values()) expect(Math.abs(count - ROWS / 3)).toBeLessThan(25);
  // Rows and columns move apart from each other.
  expect(kinds(changed(alike(4, 4, 2), { translation: 0.25 })).size).toBe(9);
});

test('mirrors half of the images, exactly', () => {
  const found = kinds(changed(alike(1, 3, 1), { flip: true }));
  expect([...found.keys()].sort()).toEqual(['1 2 3', '3 2 1']);
  for (const count of found.values()) expect(Math.abs(count - ROWS / 2)).toBeLessThan(25);
});

test('cuts a box out that lies partly outside as often as in the authors’ code', () => {
  const holes = changed(alike(4, 4, 1), { cutout: 0.5 }).map(
    (image) => image.filter((value) => value === 0).length,
  );
  // 2 pixels from offsets 0 to 4 less 1: half of it is outside at both ends.
  expect([...new Set(holes)].sort()).toEqual([1, 2, 4]);
  expect(holes.reduce((sum, count) => sum + count) / ROWS).toBeCloseTo((8 / 5) ** 2, 0);
});

test('colours: brightness is added, saturation and contrast keep their means', () => {
  const x = alike(3, 3, 3);
  const y = applyKind(tf, augment, { in: x }, { params: { ...off, colour: true } });
  const shift = tf.mean(tf.sub(y, x), [1, 2, 3]).dataSync();
  expect(Math.min(...shift)).toBeGreaterThan(-0.501);
  expect(Math.max(...shift)).toBeLessThan(0.501);
  expect(Math.max(...shift) - Math.min(...shift)).toBeGreaterThan(0.9);
  const spread = tf.div(tf.sub(tf.max(y, [1, 2, 3]), tf.min(y, [1, 2, 3])), 26).dataSync();
  expect(Math.min(...spread)).toBeGreaterThan(0.4);
  expect(Math.max(...spread)).toBeLessThan(1.65);
});

test('p is the share of images that a change meets; with 0, and in eval mode, nothing changes', () => {
  const x = alike(1, 3, 1);
  const cut = { ...off, cutout: 1 };
  const met = changed(x, { ...cut, p: 0.3 }).filter((image) => image.includes(0)).length;
  expect(Math.abs(met - 0.3 * ROWS)).toBeLessThan(25);
  const same = applyKind(tf, augment, { in: x }, { params: { p: 0, flip: true } });
  expect(tf.max(tf.abs(tf.sub(same, x))).dataSync()[0]).toBeLessThan(1e-6);
  expect(applyKind(tf, augment, { in: x }, { mode: 'eval' })).toBe(x);
});
