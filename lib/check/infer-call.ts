import { LOG_DET } from '@/lib/nodes/network/call';
import { readCall } from '@/lib/nodes/role-params';
import { formatDims, formatShape, type Shape, sameDims } from '@/lib/shapes/shape';
import type { Draft, DraftNetwork, DraftNode } from './draft';
import { reportProblem, type WiredShapes } from './infer-node';
import { mention } from './mention';

/** Calls that do more with a network than apply it. */

/** Why a network has no inverse: a node of it, or the number of its ports. */
export function findObstacle({ nodes, inputs, outputs }: DraftNetwork): DraftNode | 'ports' | undefined {
  if (inputs.size !== 1 || outputs.size !== 1) return 'ports';
  const layers = nodes.filter(({ definition }) => !portRoles.has(definition?.role));
  if (layers.length === 0) return 'ports';
  return layers.find(
    ({ definition }) => !((definition?.role === 'layer' || definition?.role === 'op') && definition.flow),
  );
}

const portRoles = new Set<string | undefined>(['network-input', 'network-output']);

/** The shapes that a call gives, with that of the log-determinant where it has one. */
export function withLogDet(call: DraftNode, shapes: ReadonlyMap<string, Shape>): ReadonlyMap<string, Shape> {
  const batch = shapes.values().next().value?.batch;
  const has = batch !== undefined && call.outputs.some(({ name }) => name === LOG_DET);
  return has ? new Map([...shapes, [LOG_DET, { dims: [1], batch }]]) : shapes;
}

/** A call that runs its network backwards: whether it can, and is fed what the network gives. */
export function checkInverted(
  draft: Draft,
  call: DraftNode,
  network: DraftNetwork,
  inputs: WiredShapes,
): Shape | undefined {
  const id = mention(network.network.id);
  const obstacle = findObstacle(network);
  if (obstacle)
    reportProblem(draft, call, {
      code: 'not-invertible',
      message:
        obstacle === 'ports'
          ? `${mention(call.node.id)} runs network ${id} backwards, but only a chain of layers from one input to one output has an inverse; ${id} has ${network.inputs.size} inputs and ${network.outputs.size} outputs.`
          : `${mention(call.node.id)} runs network ${id} backwards, but ${mention(obstacle.node.id)} has no inverse.`,
      hint: 'Coupling, reshape, flatten and scale can be inverted.',
    });
  const [[name, shape] = []] = Object.entries(inputs) as [string, Shape][];
  const expected = name === undefined ? undefined : network.outputShapes.get(name);
  if (name !== undefined && shape && expected && !sameDims(shape.dims, expected.dims))
    reportProblem(draft, call, {
      code: 'shape-mismatch',
      port: name,
      message: `${mention(call.node.id)} runs network ${id} backwards from ${formatShape(shape)}, but what comes out of ${id} is ${formatDims(expected.dims)}.`,
      hint: `Wire into ${name} a tensor of the shape that ${id} gives.`,
    });
  return shape;
}

/** A call that draws its network's variables one after another: there is one logit for each. */
export function checkSampled(draft: Draft, call: DraftNode, network: DraftNetwork): void {
  if (readCall(call.params).sample !== 'autoregressive') return;
  const id = mention(network.network.id);
  const [[input, given] = []] = network.inputShapes;
  const [[output, logits] = []] = network.outputShapes;
  const isSingle = network.inputs.size === 1 && network.outputs.size === 1;
  if (isSingle && given && logits && sameDims(given.dims, logits.dims)) return;
  reportProblem(draft, call, {
    code: 'sample-shape',
    message: isSingle
      ? `${mention(call.node.id)} draws the variables of ${id} one after another, so ${output} (${formatDims(logits?.dims ?? [])}) must have a logit for each number of ${input} (${formatDims(given?.dims ?? [])}).`
      : `${mention(call.node.id)} draws the variables of ${id} one after another, which takes one input and one output; ${id} has ${network.inputs.size} and ${network.outputs.size}.`,
    hint: 'Use masked dense layers, the last with as many units as there are variables; or set Sample to none.',
  });
}
