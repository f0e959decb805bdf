import { type Shape, sameShape } from './shape';

type Shapes<T> = { readonly [port: string]: T };

/**
 * Which input, the `index`-th wire on `port`, a bypassed node passes on to one of its outputs: of several outputs each
 * takes the input of its own name, a single one the first input of its shape. Undefined where none has its shape.
 */
export function passedInput(
  inputs: Shapes<readonly Shape[]>,
  outputs: Shapes<Shape>,
  output: string,
): { readonly port: string; readonly index: number } | undefined {
  const shape = outputs[output];
  if (!shape) return undefined;
  const isSingle = Object.keys(outputs).length === 1;
  for (const port of isSingle ? Object.keys(inputs) : [output]) {
    const index = (inputs[port] ?? []).findIndex((input) => sameShape(input, shape));
    if (index >= 0) return { port, index };
  }
  return undefined;
}
