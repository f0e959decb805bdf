import { expect, test } from 'vitest';
import { transferables } from './transferables';

test('every buffer is moved once, views of one buffer together', () => {
  const shared = new Float32Array(4);
  const message = {
    type: 'pictures',
    pictures: {
      a: { real: shared, bounds: [[0, 1]] },
      b: { fake: shared.subarray(2), list: [new Float64Array(2)] },
    },
  };
  expect(transferables(message)).toHaveLength(2);
  const moved = structuredClone(message, { transfer: transferables(message) });
  expect(moved.pictures.b.fake).toHaveLength(2);
  expect(shared.byteLength).toBe(0);
});

test('a message without arrays moves nothing', () => {
  expect(transferables({ type: 'status', iteration: 3, note: null })).toEqual([]);
});
