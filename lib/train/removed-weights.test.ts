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

test('an optimizer begins with a new layer, and goes on with one that a branch brought in late', () => {
  const moments = (...layers: string[]) =>
    Object.fromEntries(layers.map((layer) => [`moments/adam/m/${layer}.kernel`, array(1)]));
  const old = state(moments('first', 'late'), { adam: 9, 'adam/late.kernel': 4 });
  const { steps } = createRemovedWeights().fit(
    old,
    state(moments('first', 'use:late', 'added'), { adam: 0 }),
  );
  expect(steps).toEqual({ adam: 9, 'adam/use:late.kernel': 4, 'adam/added.kernel': 0 });
});

test('layers that a block takes in keep their numbers, and keep them when it is unpacked', () => {
  const removed = createRemovedWeights();
  const loose = state(
    {
      'weights/dense.kernel': array(1, 2),
      'moments/adam/m/dense.kernel': array(3, 4),
      'weights/rest.kernel': array(9),
    },
    { adam: 5 },
  );
  const inBlock = state(
    {
      'weights/use:dense.kernel': array(0, 0),
      'moments/adam/m/use:dense.kernel': array(0, 0),
      'weights/rest.kernel': array(0),
    },
    { adam: 0 },
  );
  const fitted = removed.fit(loose, inBlock);
  expect(fitted.arrays.get('weights/use:dense.kernel')).toEqual(array(1, 2));
  expect(fitted.arrays.get('moments/adam/m/use:dense.kernel')).toEqual(array(3, 4));
  expect(fitted.arrays.get('weights/rest.kernel')).toEqual(array(9));
  const trained = {
    ...fitted,
    arrays: new Map(fitted.arrays).set('weights/use:dense.kernel', array(7, 8)),
  };
  expect(removed.fit(trained, loose).arrays.get('weights/dense.kernel')).toEqual(array(7, 8));
});

test('a player that a block takes in keeps its moments and its count of updates', () => {
  const before = state({ 'moments/adam/m/dense.kernel': array(3) }, { adam: 5 });
  const after = state({ 'moments/use:adam/m/use:dense.kernel': array(0) }, { 'use:adam': 0 });
  expect(createRemovedWeights().fit(before, after)).toEqual(
    state({ 'moments/use:adam/m/use:dense.kernel': array(3) }, { 'use:adam': 5 }),
  );
});

test('uses that a block takes in are not mixed up; where any could be meant all start anew', () => {
  const removed = createRemovedWeights();
  const two = state({ 'weights/a:dense.kernel': array(1), 'weights/b:dense.kernel': array(2) });
  const within = state({ 'weights/c:a:dense.kernel': array(0), 'weights/c:b:dense.kernel': array(0) });
  expect(removed.fit(two, within).arrays.get('weights/c:b:dense.kernel')).toEqual(array(2));
  const other = state({ 'weights/dense.kernel': array(0) });
  expect(removed.fit(two, other)).toEqual(state({}));
});

test('beyond its size the numbers that were removed first are forgotten', () => {
  const removed = createRemovedWeights(8);
  removed.fit(state({ a: array(1) }), state({}));
  removed.fit(state({ b: array(2) }), state({}));
  removed.fit(state({ c: array(3) }), state({}));
  const all = state({ a: array(0), b: array(0), c: array(0) });
  expect(removed.fit(state({}), all)).toEqual(state({ b: array(2), c: array(3) }));
});
