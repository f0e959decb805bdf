import type { Shape } from '@/lib/shapes/shape';
import { formatShape, sameDims } from '@/lib/shapes/shape';
import { type Inference, type InputPort, type InputShapes, problem } from '../define';
import { shapeAt } from '../ports';

/** What losses of one number per graph share: ports, and the shape of a scalar. */
export const scalar: Shape = { dims: [], batch: 'one' };
export const scalarOut = () => [{ name: 'out', type: 'scalar' as const }];

/** Two tensors that are compared number by number. */
export const twoInputs = (): readonly InputPort[] => [
  { name: 'a', type: 'tensor' },
  { name: 'b', type: 'tensor', help: 'What a is compared with; both get a gradient.' },
];

export function inferTwo(_: unknown, inputs: InputShapes): Inference {
  const [a, b] = [shapeAt(inputs, 'a'), shapeAt(inputs, 'b')];
  if (sameDims(a.dims, b.dims)) return { out: scalar };
  return problem({
    code: 'shape-mismatch',
    port: 'b',
    message: `a is ${formatShape(a)} and b ${formatShape(b)}; they are compared number by number, so they must be alike.`,
    hint: 'Compare tensors of one shape.',
  });
}
