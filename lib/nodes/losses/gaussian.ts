import { formatShape, type Shape, sameDims } from '@/lib/shapes/shape';
import { type Inference, type InputShapes, problem } from '../define';
import { shapeAt } from '../ports';
import { scalar } from './two';

/** ln 2π */
export const LOG_TWO_PI = Math.log(2 * Math.PI);

/** Tensors that describe the same numbers are of one shape. */
export function inferAlike(
  ports: readonly [string, ...string[]],
): (_: unknown, inputs: InputShapes) => Inference {
  return (_, inputs) => {
    const [name, ...others] = ports;
    const first: Shape = shapeAt(inputs, name);
    for (const other of others) {
      const shape = shapeAt(inputs, other);
      if (!sameDims(first.dims, shape.dims))
        return problem({
          code: 'shape-mismatch',
          port: other,
          message: `${name} is ${formatShape(first)} and ${other} ${formatShape(shape)}; they must have the same shape.`,
        });
    }
    return { out: scalar };
  };
}
