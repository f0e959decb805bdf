import { expect, test } from 'vitest';
import { pullsOf, summarise } from './summary';

const tensor = (data: readonly number[], dims: readonly number[]) => ({
  data: Float32Array.from(data),
  dims,
  label: '',
});

test('figures leave out what is not finite, and count it', () => {
  const summary = summarise(tensor([0, 3, -4, Number.NaN, 0, 1, Number.POSITIVE_INFINITY, 0], [8, 1]));
  expect(summary).toMatchObject({ mean: 0, min: -4, max: 3, zeros: 3 / 8, nonFinite: 2 / 8 });
  expect(summary.norm).toBeCloseTo(Math.sqrt(26), 6);
  expect(summary.picture.type).toBe('histogram');
});

test('the picture goes by the shape', () => {
  const typeOf = (dims: readonly number[]) => {
    const size = dims.reduce((product, dim) => product * dim, 1);
    return summarise(tensor(new Array(size).fill(0.5), dims)).picture;
  };
  expect(typeOf([4, 2]).type).toBe('points');
  expect(typeOf([4, 3]).type).toBe('histogram');
  expect(typeOf([]).type).toBe('histogram');
  expect(typeOf([40, 2, 2, 3])).toMatchObject({
    type: 'panels',
    panels: [{ images: { count: 36, channels: 3 } }],
  });
  expect(typeOf([4, 2, 2, 8])).toMatchObject({
    type: 'panels',
    panels: [{ images: { count: 8, channels: 1 } }],
  });
});

test('a feature map is one channel of the first example, scaled by the largest of all', () => {
  const { picture } = summarise(tensor([1, -8, 2, 4, 9, 9, 9, 9], [2, 1, 2, 2]));
  expect(picture).toMatchObject({ panels: [{ label: '2 of 2 maps, ±8' }] });
  expect(picture.type === 'panels' && [...(picture.panels[0]?.images.pixels ?? [])]).toEqual([
    0.125, 0.25, -1, 0.5,
  ]);
});

test('arrows go against the gradient, the longest a set share of the picture', () => {
  const picture = pullsOf(tensor([0, 0, 10, 0], [2, 2]), tensor([0.5, 0, 0, -1], [2, 2]));
  if (picture.type !== 'arrows') throw new Error(picture.type);
  const [[low, high] = [0, 0]] = picture.bounds;
  const reach = 0.15 * (high - low);
  expect([...picture.heads].map((value) => Number(value.toFixed(4)))).toEqual(
    [-reach / 2, 0, 10, reach].map((value) => Number(value.toFixed(4))),
  );
});
