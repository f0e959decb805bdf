import { sizeOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type { InputShapes, NodeDefinition, Tensor, Tensors, Tf } from '../define';
import { appliesOf } from '../role-params';

/**
 * A small smooth network with fixed numbers, for kinds that apply one:
 * f(x₁, x₂, …) = Σⱼ outⱼ tanh(Σᵢ flat(xᵢ) Wᵢ)ⱼ. The same on every backend and in PyTorch.
 */
export interface StandIn {
  readonly network: string;
  /** Per input of the network, its rows of weights: numbers of one example × units. */
  readonly inputs: readonly { readonly name: string; readonly weights: readonly (readonly number[])[] }[];
  readonly out: readonly number[];
}

const UNITS = 4;

interface Applying {
  readonly id: string;
  readonly definition: NodeDefinition;
  readonly params: Record<string, unknown>;
  readonly shapes: { readonly inputs: InputShapes };
}

/** What the kind of a case applies, or takes the slope of; undefined where there is nothing of the kind. */
export function standInOf({ id, definition, params, shapes }: Applying): StandIn | undefined {
  const ports = Object.entries(shapes.inputs);
  const slope = definition.role === 'loss' ? definition.slope : undefined;
  const known = appliesOf({ definition, params });
  const applied = known ?? (slope && { network: 'F', input: slope.at });
  if (!applied) return undefined;
  const own = known?.ports;
  const sides = slope ? [slope.of, slope.at] : own ? Object.keys(own) : ['real', 'fake'];
  const looked = defined(
    ports.findLast(([port]) => (own ? own[port] === 'input' : sides.includes(port))),
    `${id}: ${sides.join(' or ')}`,
  );
  const inputs = [[applied.input, looked[1]] as const, ...ports.filter(([port]) => !sides.includes(port))];
  const row = (...key: (string | number)[]) => {
    const stream = createStream('stand-in', id, ...key);
    return Array.from({ length: UNITS }, () => Math.fround(0.7 * stream.normal()));
  };
  return {
    network: applied.network,
    inputs: inputs.map(([name, shape]) => {
      const { dims } = shape as { readonly dims: readonly number[] };
      return { name, weights: Array.from({ length: sizeOf(dims) }, (_, i) => row(name, i)) };
    }),
    out: row('out'),
  };
}

/** [rows, 1] */
export function applyStandIn(tf: Tf, { inputs, out }: StandIn, fed: Tensors): Tensor {
  const terms = inputs.map(({ name, weights }) => {
    const x = defined(fed[name], name);
    return tf.matMul(tf.reshape(x, [x.shape[0] ?? 1, -1]), tf.tensor2d(weights.map((row) => [...row])));
  });
  return tf.matMul(tf.tanh(tf.addN(terms)), tf.tensor2d([...out], [UNITS, 1]));
}
