import { expect, test } from 'vitest';
import { patience, type Silent } from './patience';

const small: Silent = { stage: 'steady', multiplyAdds: 1e6, longest: 1_000, losses: 0 };

test('a small game gets half a minute, its building two', () => {
  expect(patience({ ...small, stage: 'asked' })).toBe(30_000);
  expect(patience({ ...small, stage: 'building' })).toBe(120_000);
  expect(patience(small)).toBe(30_000);
});

test('what took long before may take ten times as long', () => {
  expect(patience({ ...small, longest: 20_000 })).toBe(200_000);
});

test('a large game gets fifty times what WASM would take; a worker that is only asked does not', () => {
  // 50 GFLOP, about what is asked about before it is played: 8 s on WASM.
  const large = { ...small, multiplyAdds: 25e9 };
  expect(patience(large)).toBeGreaterThan(400_000);
  expect(patience({ ...large, stage: 'building' })).toBe(patience(large));
  expect(patience({ ...large, stage: 'asked' })).toBe(30_000);
});

test('after each worker that was given up the next one gets twice the time', () => {
  expect(patience({ ...small, losses: 2 })).toBe(120_000);
});
