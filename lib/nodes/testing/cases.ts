import { type Shape, shape, sizeOf } from '@/lib/shapes/shape';
import { assert, defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';
import type {
  Example,
  InputShapes,
  LayerDefinition,
  LossDefinition,
  NodeDefinition,
  OpDefinition,
  Tensor,
  Tensors,
  Tf,
} from '../define';
import { isProblem } from '../define';
import { resolveParams } from '../params';
import { applyStandIn, standInOf } from './stand-in';

/**
 * Every example of a kind that computes, with fixed numbers for its inputs and weights. The checks, the page's
 * tests and the comparison with PyTorch all feed the same numbers. Knows tfjs only as an argument.
 */
export type Computing = LayerDefinition | OpDefinition | LossDefinition;

/** A tensor fed in: an input's port, before it of the reference batch, or a weight's or buffer's name. */
export interface Feed {
  readonly role: 'input' | 'weight' | 'buffer' | 'reference';
  readonly name: string;
  /** On a (many) port: which of its wires. */
  readonly index?: number;
  /** With the rows first, for inputs. */
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

export interface Case {
  /** `conv2d 2 train`: kind, example, and the mode or the output of a loss. */
  readonly id: string;
  readonly definition: Computing;
  readonly params: Record<string, unknown>;
  readonly shapes: { readonly inputs: InputShapes; readonly outputs: { readonly [port: string]: Shape } };
  readonly mode: 'train' | 'eval';
  /** What is looked at: the only output of a loss that is evaluated, or all outputs. */
  readonly outputs: readonly string[];
  readonly feeds: readonly Feed[];
}

export const ROWS = 3;

/** Of a reference batch. */
const REFERENCE_ROWS = 4;

/** Numbers stay this far from 0, where rectifiers have their kink. */
const KINK = 0.1;

export const computes = (definition: NodeDefinition): definition is Computing =>
  definition.role === 'layer' || definition.role === 'op' || definition.role === 'loss';

export function casesOf(definition: Computing): Case[] {
  return (definition.examples ?? []).flatMap((example, index) => {
    const label = `${definition.kind} ${index + 1}`;
    if (definition.role === 'loss')
      return definition
        .outputs(definition.params.parse(example.params ?? {}), { network: () => undefined })
        .map((port) => caseOf(definition, example, `${label} ${port.name}`, 'train', port));
    const modes = definition.random || (definition.role === 'layer' && definition.advance);
    return (modes ? (['train', 'eval'] as const) : (['train'] as const)).map((mode) =>
      caseOf(definition, example, modes ? `${label} ${mode}` : label, mode),
    );
  });
}

function caseOf(
  definition: Computing,
  example: Example,
  id: string,
  mode: 'train' | 'eval',
  output?: { readonly name: string; readonly needs?: readonly string[] },
): Case {
  const params = definition.params.parse(example.params ?? {});
  const inputs = shapesOf(example);
  const ports = definition.inputs(params, { network: () => undefined });
  const isScalar = (name: string) => ports.find((port) => port.name === name)?.type === 'scalar';
  const outputs = definition.infer(params, inputs);
  assert(!isProblem(outputs), `${id} fits its example`);
  const feeds: Feed[] = [];
  for (const [name, dims] of Object.entries(example.inputs)) {
    if (output?.needs && !output.needs.includes(name)) continue;
    const rows = isScalar(name) ? [] : [ROWS];
    if (!isMany(dims)) feeds.push(feed('input', name, [...rows, ...dims], id, example.within));
    else
      dims.forEach((each, index) => {
        const key = `${id} ${index}`;
        feeds.push({ ...feed('input', name, [...rows, ...each], key, example.within), index });
      });
  }
  if (definition.role === 'layer') {
    for (const { name, shape: dims } of definition.weights(params, inputs))
      feeds.push(feed('weight', name, dims, id));
    if (definition.reference)
      for (const [name, dims] of Object.entries(example.inputs as { [port: string]: readonly number[] }))
        feeds.push(feed('reference', name, [REFERENCE_ROWS, ...dims], id));
  }
  for (const { name, shape: dims } of definition.buffers?.(params, inputs) ?? [])
    feeds.push(feed('buffer', name, dims, id, [0.5, 1.5]));
  const looked = output ? [output.name] : Object.keys(outputs);
  return { id, definition, params, shapes: { inputs, outputs }, mode, outputs: looked, feeds };
}

const isMany = (dims: Example['inputs'][string]): dims is readonly (readonly number[])[] =>
  Array.isArray(dims[0]);

export const shapesOf = (example: Example): InputShapes =>
  Object.fromEntries(
    Object.entries(example.inputs).map(([port, dims]) => [
      port,
      isMany(dims) ? dims.map((each) => shape(each)) : shape(dims),
    ]),
  );

function feed(
  role: Feed['role'],
  name: string,
  dims: readonly number[],
  id: string,
  within?: readonly [number, number],
): Feed {
  const stream = createStream('kinds', id, role, name);
  const values = Float32Array.from({ length: sizeOf(dims) }, () => {
    if (within) return within[0] + (within[1] - within[0]) * (0.1 + 0.8 * stream.uniform());
    const value = role === 'weight' ? 0.6 * stream.normal() : stream.normal();
    return value + (value < 0 ? -KINK : KINK);
  });
  return { role, name, dims, values };
}

/** Fixed weights of a sum, so that no error cancels. */
export const mixing = (size: number, ...key: readonly string[]): Float32Array => {
  const stream = createStream('mixing', ...key);
  return Float32Array.from({ length: size }, () => stream.normal());
};

/** Tensors of the feeds, in order. */
export const tensorsOf = (tf: Tf, { feeds }: Case): Tensor[] =>
  feeds.map(({ values, dims }) => tf.tensor(values, [...dims]));

/** ∂ Σ f / ∂ x of a stand-in, which a further gradient can be taken of. */
const standInSlope = (tf: Tf, f: (fed: Tensors) => Tensor, port: string, x: Tensor): Tensor | undefined =>
  tf.engine().gradients(() => tf.sum(f({ [port]: x })), [x], undefined, true).grads[0];

/** Applies the kind of a case: one tensor per output that is looked at. */
export function evaluate(tf: Tf, of: Case, tensors: readonly Tensor[]): Tensor[] {
  const { definition, mode } = of;
  const pick = (role: Feed['role']): Tensors =>
    Object.fromEntries(
      of.feeds.flatMap((each, i) =>
        each.role === role ? [[each.name, defined(tensors[i], each.name)]] : [],
      ),
    );
  const params = resolveParams(of.params, 0);
  const inputs: Record<string, Tensor | Tensor[]> = {};
  of.feeds.forEach(({ role, name, index }, i) => {
    if (role !== 'input') return;
    const tensor = defined(tensors[i], name);
    const before = inputs[name];
    inputs[name] = index === undefined ? tensor : [...(Array.isArray(before) ? before : []), tensor];
  });
  const seed = (purpose: string) => createStream(of.id, purpose).seed();
  const standIn = standInOf(of);
  const apply = standIn && ((fed: Tensors) => applyStandIn(tf, standIn, fed));
  if (definition.role === 'loss') {
    const { at } = definition.slope ?? {};
    const slope = at !== undefined && apply && (() => standInSlope(tf, apply, at, inputs[at] as Tensor));
    const buffers = pick('buffer');
    const args = { params, inputs, seed, buffers, ...(apply && { apply }), ...(slope && { slope }) };
    return of.outputs.map((output) => definition.evaluate(tf, output, args));
  }
  const applyTo = (given: typeof inputs | Tensors, reference?: Tensors) =>
    definition.apply(tf, {
      params,
      inputs: given,
      weights: pick('weight'),
      buffers: pick('buffer'),
      context: { mode, seed, ...(reference && { reference }) },
      ...(apply && { applied: { f: apply, dims: [] } }),
    });
  const isReferred = of.feeds.some(({ role }) => role === 'reference');
  const { outputs } = applyTo(inputs, isReferred ? applyTo(pick('reference')).observed : undefined);
  return of.outputs.map((output) => defined(outputs[output], output));
}
