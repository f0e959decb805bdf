import { expect, test } from 'vitest';
import { createFingers } from './fingers';

test('one finger moves, two spread about the one that rests, and none does nothing', () => {
  const fingers = createFingers();
  expect(fingers.move(1, [0, 0])).toBeUndefined();
  fingers.put(1, [10, 10]);
  expect(fingers.move(1, [13, 14])).toEqual({ moved: [3, 4], pinch: undefined });
  fingers.put(2, [13, 34]);
  expect(fingers.move(2, [13, 54])?.pinch).toEqual({ around: [13, 14], factor: 2 });
  expect(fingers.move(2, [13, 34])?.pinch?.factor).toBe(0.5);
  fingers.lift(1);
  expect(fingers.move(2, [13, 44])).toEqual({ moved: [0, 10], pinch: undefined });
});

test('fingers that meet do not zoom without end', () => {
  const fingers = createFingers();
  fingers.put(1, [0, 0]);
  fingers.put(2, [10, 0]);
  expect(fingers.move(2, [0, 0])?.pinch?.factor).toBe(0.1);
  expect(fingers.move(2, [10, 0])?.pinch?.factor).toBe(10);
});
