import { describe, expect, test } from 'vitest';
import { biasInitialiser, initialise, initNames, kernelInitialiser } from './initialise';

const draw = (name: (typeof initNames)[number], scale = 1) =>
  initialise(kernelInitialiser(name, 100, 50, scale), [100, 50], 1, 'dense-1', 'kernel');

const sdOf = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('kernels start with the published deviation', () => {
  test.each([
    ['he-normal', Math.sqrt(2 / 100)],
    ['he-uniform', Math.sqrt(2 / 100)],
    ['glorot-normal', Math.sqrt(2 / 150)],
    ['glorot-uniform', Math.sqrt(2 / 150)],
    ['torch', Math.sqrt(1 / 300)],
    ['normal', 1],
    ['orthogonal', Math.sqrt(1 / 100)],
    ['zeros', 0],
  ] as const)('%s', (name, sd) => {
    expect(sdOf(draw(name))).toBeCloseTo(sd, sd > 0.5 ? 1 : 2);
    if (name !== 'zeros') expect(sdOf(draw(name, 0.5))).toBeCloseTo(sd / 2, sd > 0.5 ? 1 : 2);
  });

  test('uniform ones within their limit', () => {
    expect(Math.max(...draw('he-uniform').map(Math.abs))).toBeLessThanOrEqual(
      Math.fround(Math.sqrt(6 / 100)),
    );
  });
});

test.each([
  [5, 3],
  [3, 5],
])('orthogonal kernels of %i × %i have orthonormal columns or rows', (rows, columns) => {
  const w = initialise({ type: 'orthogonal', gain: 2 }, [rows, columns], 1, 'a', 'kernel');
  const at = (i: number, k: number) => w[rows >= columns ? k * columns + i : i * columns + k] as number;
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      let dot = 0;
      for (let k = 0; k < length; k++) dot += at(i, k) * at(j, k);
      expect(dot).toBeCloseTo(i === j ? 4 : 0, 5);
    }
});

test('a weight depends on seed, node and name, and on nothing else', () => {
  const one = { type: 'normal', sd: 1 } as const;
  const first = initialise(one, [4], 1, 'a', 'kernel');
  expect(initialise(one, [4], 1, 'a', 'kernel')).toEqual(first);
  for (const [seed, node, name] of [
    [2, 'a', 'kernel'],
    [1, 'b', 'kernel'],
    [1, 'a', 'bias'],
  ] as const)
    expect(initialise(one, [4], seed, node, name)).not.toEqual(first);
});

test('biases start at zero, except PyTorch’s', () => {
  expect(initNames.map((name) => biasInitialiser(name, 100, 1).type)).toEqual(
    initNames.map((name) => (name === 'torch' ? 'uniform' : 'constant')),
  );
});
