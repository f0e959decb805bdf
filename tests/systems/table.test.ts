import { expect, test } from 'vitest';
import { examples } from '@/lib/examples/catalogue';
import { systems } from './table';

test('every example is a system with a bar, and every system an example', () => {
  const held = systems.map(({ example }) => example);
  expect(held.toSorted()).toEqual(examples.map(({ id }) => id).toSorted());
});
