import { shape, sizeOf } from '@/lib/shapes/shape';
import { type Inference, type InputPort, type InputShapes, isProblem } from '../define';
import { shapeAt } from '../ports';
import { inferAlike } from './alike';

/** What joins of two tensors into one number per example share: a and b alike in, [1] out. */
export const pairIn = (): readonly InputPort[] => [
  { name: 'a', type: 'tensor' },
  { name: 'b', type: 'tensor' },
];

export function inferNumber(title: string, inputs: InputShapes): Inference {
  const a = shapeAt(inputs, 'a');
  const alike = inferAlike(title, [
    ['a', a],
    ['b', shapeAt(inputs, 'b')],
  ]);
  return isProblem(alike) ? alike : { out: shape([1], a.batch) };
}

export const pairCost = (_: unknown, inputs: InputShapes): number => 2 * sizeOf(shapeAt(inputs, 'a').dims);
