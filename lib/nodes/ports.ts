import type { Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@/lib/shapes/shape';
import { assert } from '@/lib/util/assert';
import type { InputPort, InputShapes, OutputPort } from './define';

/** Most layers and ops: one tensor in, one out. */
export const tensorIn = (): readonly InputPort[] => [{ name: 'in', type: 'tensor' }];
export const tensorOut = (): readonly OutputPort[] => [{ name: 'out', type: 'tensor' }];

/** The shape on a plain port, which check has made sure is there. */
export function shapeAt(inputs: InputShapes, port: string): Shape {
  const found = inputs[port];
  assert(found !== undefined && !Array.isArray(found), `a shape on port ${port}`);
  return found as Shape;
}

/** The shapes on a (many) port. */
export function shapesAt(inputs: InputShapes, port: string): readonly Shape[] {
  const found = inputs[port];
  if (found === undefined) return [];
  return Array.isArray(found) ? found : [found as Shape];
}

/** The tensor on a plain port. */
export function tensorAt(
  inputs: { readonly [port: string]: Tensor | readonly Tensor[] },
  port: string,
): Tensor {
  const found = inputs[port];
  assert(found !== undefined && !Array.isArray(found), `a tensor on port ${port}`);
  return found as Tensor;
}

/** The tensors on a (many) port. */
export function tensorsAt(
  inputs: { readonly [port: string]: Tensor | readonly Tensor[] },
  port: string,
): readonly Tensor[] {
  const found = inputs[port];
  assert(Array.isArray(found), `tensors on port ${port}`);
  return found as readonly Tensor[];
}

/** The expressions on a (many) port. */
export function expressionsAt(
  inputs: { readonly [port: string]: string | readonly string[] },
  port: string,
): readonly string[] {
  const found = inputs[port];
  assert(Array.isArray(found), `expressions on port ${port}`);
  return found as readonly string[];
}

/** The expression on a plain port, for PyTorch lines. */
export function expressionAt(
  inputs: { readonly [port: string]: string | readonly string[] },
  port: string,
): string {
  const found = inputs[port];
  assert(typeof found === 'string', `an expression on port ${port}`);
  return found;
}
