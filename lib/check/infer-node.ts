import type { Diagnostic } from '@/lib/graph/diagnostic';
import { type AppliedShapes, isProblem, type OutputShapes, type Problem, problem } from '@/lib/nodes/define';
import { passedInput } from '@/lib/shapes/passed-input';
import { formatDims, formatShape, type Shape, sizeOf } from '@/lib/shapes/shape';
import type { End } from './checked';
import type { Draft, DraftNode } from './draft';
import { mention } from './mention';

type ShapeOf = (end: End) => Shape | undefined;

export type Inferred =
  | { readonly type: 'known'; readonly inputs: WiredShapes; readonly shapes: ReadonlyMap<string, Shape> }
  /** An input's shape is not known (yet), or a required input is not wired. */
  | { readonly type: 'waiting' }
  | { readonly type: 'problem'; readonly problem: Problem['problem'] };

export type WiredShapes = { readonly [port: string]: Shape | readonly Shape[] };

/** More numbers than this in one example are a mistake, not a model. */
const MOST_NUMBERS = 2 ** 26;

/** The shapes on a node's wired inputs, or undefined while one of them is unknown. */
export function wiredShapes(node: DraftNode, shapeOf: ShapeOf): WiredShapes | undefined {
  const shapes: Record<string, Shape | readonly Shape[]> = {};
  for (const port of node.inputs) {
    const ends = node.wiredFrom.get(port.name);
    if (port.type === 'theta' || port.type === 'player') continue;
    if (!ends) {
      if (!port.optional) return undefined;
      continue;
    }
    const found: Shape[] = [];
    for (const end of ends) {
      const shape = shapeOf(end);
      if (!shape) return undefined;
      found.push(shape);
    }
    shapes[port.name] = port.many ? found : (found[0] as Shape);
  }
  return shapes;
}

/** The output shapes of a node that has an `infer`, from those on its wires. */
export function inferNode(node: DraftNode, shapeOf: ShapeOf, applied?: AppliedShapes): Inferred {
  const { definition } = node;
  if (!definition || !('infer' in definition)) return { type: 'waiting' };
  const inputs = wiredShapes(node, shapeOf);
  if (!inputs) return { type: 'waiting' };
  const meets = definition.role === 'layer' || definition.role === 'op' || definition.role === 'loss';
  const clash = meets ? findBatchClash(node, inputs) : undefined;
  if (clash) return { type: 'problem', problem: clash.problem };
  let outputs: OutputShapes;
  try {
    const inference = definition.infer(node.params as never, inputs, applied);
    if (isProblem(inference)) return { type: 'problem', problem: inference.problem };
    outputs = inference;
  } catch (error) {
    return { type: 'problem', problem: failure(node, error) };
  }
  const shapes = new Map<string, Shape>();
  for (const { name } of node.outputs) {
    const shape = outputs[name];
    if (!shape) continue;
    const tooLarge = findSizeProblem(node, name, shape);
    if (tooLarge) return { type: 'problem', problem: tooLarge.problem };
    shapes.set(name, shape);
  }
  if (node.node.state === 'bypassed' && (definition.role === 'layer' || definition.role === 'op')) {
    const refused = findBypassProblem(node, inputs, shapes);
    if (refused) return { type: 'problem', problem: refused.problem };
  }
  return { type: 'known', inputs, shapes };
}

export const failure = (node: DraftNode, error: unknown): Problem['problem'] => ({
  code: 'kind-failed',
  message: `${mention(node.node.id)} cannot work with these shapes: ${String(error).slice(0, 200)}`,
});

/** Tensors of different batch factors do not meet. */
export function findBatchClash(node: DraftNode, inputs: WiredShapes): Problem | undefined {
  let first: { name: string; shape: Shape } | undefined;
  for (const port of node.inputs) {
    if (port.type !== 'tensor') continue;
    const found = inputs[port.name];
    const shapes = found === undefined ? [] : Array.isArray(found) ? found : [found as Shape];
    for (const shape of shapes as readonly Shape[]) {
      if (!first) first = { name: port.name, shape };
      else if (first.shape.batch !== shape.batch)
        return problem({
          code: 'batch-mismatch',
          port: port.name,
          message: `${mention(node.node.id)} gets ${formatShape(first.shape)} on ${first.name} and ${formatShape(shape)} on ${port.name}: their batches differ.`,
          hint: 'Pass both through the same number of batch-changing nodes.',
        });
    }
  }
  return undefined;
}

function findSizeProblem(node: DraftNode, port: string, { dims }: Shape): Problem | undefined {
  const isWhole = dims.every((dim) => Number.isSafeInteger(dim) && dim > 0);
  if (isWhole && sizeOf(dims) <= MOST_NUMBERS) return undefined;
  const found = `${mention(node.node.id)} would give ${formatDims(dims)} on ${port}`;
  if (dims.some((dim) => !(dim >= 1)))
    return problem({
      code: 'shape-empty',
      message: `${found}: a size below 1.`,
      hint: 'Lower strides, kernel or pooling, or feed it larger tensors.',
    });
  return problem({
    code: 'shape-too-large',
    message: `${found}: ${sizeOf(dims).toExponential(1)} numbers per example, at most ${MOST_NUMBERS.toExponential(1)}.`,
    hint: 'Use fewer units, filters or strides.',
  });
}

function findBypassProblem(
  node: DraftNode,
  inputs: WiredShapes,
  shapes: ReadonlyMap<string, Shape>,
): Problem | undefined {
  const given = Object.fromEntries(
    Object.entries(inputs).map(([port, found]) => [port, [found].flat() as Shape[]]),
  );
  const outputs = Object.fromEntries(shapes);
  if (node.outputs.every(({ name }) => passedInput(given, outputs, name))) return undefined;
  const list = (found: Iterable<Shape>) => [...found].map(formatShape).join(' and ');
  return problem({
    code: 'bypass-shape',
    message: `${mention(node.node.id)} cannot be bypassed: it turns ${list(Object.values(given).flat())} into ${list(shapes.values())}, and a bypassed node passes its input on.`,
    hint: 'Remove the bypass, or give input and output the same shape.',
  });
}

/** A kind's complaint as a diagnostic. Where nobody needs the node, it is no error. */
export function reportProblem(draft: Draft, node: DraftNode, found: Problem['problem'], note = ''): void {
  const { code, port, message, hint, fix, severity = 'error' } = found;
  const isRead = node.wiredTo.length > 0;
  draft.diagnostics.push({
    code,
    severity: !draft.active.has(node.node.id) ? 'warning' : isRead ? 'error' : severity,
    node: node.node.id,
    ...(port !== undefined && { port }),
    ...wireInto(node, port),
    message: `${bySelf(node, message)}${note}`,
    ...(hint && { hint }),
    ...(fix && { fix: { type: 'set-params', node: node.node.id, ...fix } }),
  });
}

/** A kind speaks of itself by its title; the card may have another. */
function bySelf({ node, definition }: DraftNode, message: string): string {
  const title = definition?.title ?? '';
  return title && message.startsWith(`${title} `) ? mention(node.id) + message.slice(title.length) : message;
}

/** The one wire into a port, where it says more than the node. */
function wireInto(node: DraftNode, port: string | undefined): Pick<Diagnostic, 'wire'> {
  const tensorPorts = port === undefined ? [...node.wiredFrom.keys()] : [port];
  const ends = tensorPorts.length === 1 ? node.wiredFrom.get(tensorPorts[0] as string) : undefined;
  return ends?.length === 1 ? { wire: (ends[0] as End).wire } : {};
}
