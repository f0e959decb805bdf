import type { WeightSpec } from '@/lib/nodes/define';
import { type Shape, sizeOf } from '@/lib/shapes/shape';
import type { Draft, DraftNode } from './draft';
import { failure, reportProblem, type WiredShapes } from './infer-node';
import { mention } from './mention';

/** Trainable numbers in one node; float32, so 1 GiB. */
const MOST_PARAMETERS = 2 ** 28;

const countNumbers = (specs: readonly WeightSpec[]): number =>
  specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0);

/** Fills in a node's parameters, buffers and multiply-adds per example. A bypassed node has none. */
export function measureNode(
  draft: Draft,
  node: DraftNode,
  inputs: WiredShapes,
  shapes: ReadonlyMap<string, Shape>,
): void {
  const { definition } = node;
  if (node.node.state === 'bypassed' || !definition) return;
  const params = node.params as never;
  try {
    if (definition.role === 'layer') node.parameters = countNumbers(definition.weights(params, inputs));
    const isApplied = definition.role === 'layer' || definition.role === 'op';
    if (isApplied || definition.role === 'loss')
      node.buffers = countNumbers(definition.buffers?.(params, inputs) ?? []);
    if (isApplied) node.multiplyAdds = definition.cost(params, inputs, Object.fromEntries(shapes));
  } catch (error) {
    reportProblem(draft, node, failure(node, error));
  }
  if (node.parameters + node.buffers <= MOST_PARAMETERS) return;
  reportProblem(draft, node, {
    code: 'weights-too-large',
    message: `${mention(node.node.id)} would keep ${(node.parameters + node.buffers).toExponential(1)} numbers, at most ${MOST_PARAMETERS.toExponential(1)}.`,
    hint: 'Make it smaller, or reduce its input first.',
  });
}
