import { expect, test } from 'vitest';
import { createRemovedWeights } from './removed-weights';

const array = (...values: number[]) => ({ shape: [values.length], values: Float32Array.from(values) });
const state = (
  arrays: { [name: string]: ReturnType<typeof array> },
  steps: { readonly [player: string]: number } = {},
) => ({ arrays: new Map(Object.entries(arrays)), steps });

test('what fits goes on, what does not is left out', () => {
  const old = state({ a: array(1, 2), b: array(3) }, { d: 7 });
  const fitted = createRemovedWeights().fit(
    old,
    state({ a: array(0, 0), b: array(0, 0), c: array(0) }, { d: 0 }),
  );
  expect(fitted).toEqual(state({ a: array(1, 2) }, { d: 7 }));
});

test('numbers that were removed come back with their shape, in both directions', () => {
  const removed = createRemovedWeights();
  const narrow = state({ a: array(1, 2) });
  const wide = state({ a: array(3, 4, 5) });
  expect(removed.fit(narrow, wide)).toEqual(state({}));
  expect(removed.fit(wide, narrow)).toEqual(narrow);
  expect(removed.fit(narrow, wide)).toEqual(wide);
});

test('a player that was removed comes back with its count of updates', () => {
  const removed = createRemovedWeights();
  removed.fit(state({}, { d: 7, g: 5 }), state({}, { g: 0 }));
  expect(removed.fit(state({}, { g: 9 }), state({}, { d: 0, g: 0 })).steps).toEqual({ d: 7, g: 9 });
});

test('beyond its size the numbers that were removed first are forgotten', () => {
  const removed = createRemovedWeights(8);
  removed.fit(state({ a: array(1) }), state({}));
  removed.fit(state({ b: array(2) }), state({}));
  removed.fit(state({ c: array(3) }), state({}));
  const all = state({ a: array(0), b: array(0), c: array(0) });
  expect(removed.fit(state({}), all)).toEqual(state({ b: array(2), c: array(3) }));
});
