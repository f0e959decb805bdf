import { shape } from '@/lib/shapes/shape';
import { createStream } from '@/lib/util/random';
import type { LayerDefinition, OpDefinition, Tensor, Tensors, Tf } from '../define';
import { initialise } from '../initialise';
import { resolveParams } from '../params';

/** Applies a kind by itself, for tests: with its own initial weights, or those given. */
export function applyKind(
  tf: Tf,
  kind: unknown,
  inputs: { readonly [port: string]: Tensor },
  options: {
    readonly params?: Record<string, unknown>;
    readonly weights?: Tensors;
    readonly mode?: 'train' | 'eval';
    readonly seed?: number;
  } = {},
): Tensor {
  const definition = kind as LayerDefinition | OpDefinition;
  const params = definition.params.parse(options.params ?? {});
  const shapes = Object.fromEntries(
    Object.entries(inputs).map(([port, tensor]) => [port, shape(tensor.shape.slice(1))]),
  );
  const fill = (specs: ReturnType<LayerDefinition['weights']>): Tensors =>
    Object.fromEntries(
      specs.map(({ name, shape: dims, init }) => {
        const values = initialise(init, dims, options.seed ?? 1, definition.kind, name);
        return [name, tf.tensor(values, [...dims])];
      }),
    );
  const isLayer = definition.role === 'layer';
  return definition.apply(tf, {
    params: resolveParams(params, 0),
    inputs,
    weights: { ...(isLayer ? fill(definition.weights(params, shapes)) : {}), ...options.weights },
    buffers: isLayer && definition.buffers ? fill(definition.buffers(params, shapes)) : {},
    context: {
      mode: options.mode ?? 'train',
      seed: (purpose) => createStream(options.seed ?? 1, purpose).seed(),
    },
  }).outputs.out as Tensor;
}
