import type { PlanLayer, PlanNode, Ref } from '@/lib/compile/plan';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { InputShapes, OutputShapes } from '@/lib/nodes/define';
import { isRamp, type Ramp, type Scheduled } from '@/lib/nodes/params';
import type { TorchArgs, TorchLines } from '@/lib/nodes/torch';
import { sameShape } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';

/** Thrown while text is made, and given to the user as a diagnostic that names the node. */
export class Unexportable extends Error {
  constructor(
    readonly node: string,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

export const toDiagnostic = ({ node, message, hint }: Unexportable): Diagnostic => ({
  code: 'export-unsupported',
  severity: 'error',
  node,
  message,
  ...(hint && { hint }),
});

/** `ramp(0.001, 1e-05)`: a ramp as the expression of its value now. */
function rampExpression({ from, to, curve, start, end }: Ramp): string {
  const isPlain = start === 0 && end === 1;
  const rest = isPlain ? '' : `, start=${start}, end=${end}`;
  return `ramp(${from}, ${to}${curve === 'linear' ? '' : `, "${curve}"`}${rest})`;
}

export const scheduledExpression = (value: Scheduled): string =>
  isRamp(value) ? rampExpression(value) : String(value);

/**
 * Parameters of a node with a number in place of each ramp that nobody else prints, so that the ramp's
 * expression can be put where the kind prints the number. A kind that computes with it is found out.
 */
export function withoutRamps(node: Pick<PlanNode, 'id' | 'params'>): {
  readonly params: Readonly<Record<string, unknown>>;
  restore(text: string): string;
  /** Says no where a ramp has not found its place in any of the texts. */
  insist(texts: readonly string[]): void;
} {
  const ramps: { readonly name: string; readonly sentinel: string; readonly expression: string }[] = [];
  const replace = (name: string, value: unknown): unknown => {
    if (isRamp(value)) {
      const number = 0.4142135623 + (ramps.length + 1) * 1e-9;
      ramps.push({ name, sentinel: String(number), expression: rampExpression(value) });
      return number;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, replace(`${name}.${key}`, each)]),
    );
  };
  const params = Object.fromEntries(
    Object.entries(node.params).map(([name, value]) => [name, replace(name, value)]),
  );
  return {
    params,
    restore: (text) =>
      ramps.reduce((all, { sentinel, expression }) => all.replaceAll(sentinel, expression), text),
    insist(texts) {
      for (const { name, sentinel } of ramps)
        if (!texts.some((text) => text.includes(sentinel)))
          throw new Unexportable(
            node.id,
            `The ramp of ${name} cannot be written in PyTorch.`,
            'Make it a number, and export again.',
          );
    },
  };
}

export type Expressions = ReadonlyMap<string, string>;

/** The expression that each wired input reads; `None` for those that this evaluation leaves out. */
function inputExpressions(node: PlanNode, values: Expressions): TorchArgs<unknown>['inputs'] {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, refs]) => {
      const found = refs.map((ref) => values.get(refKey(ref)) ?? 'None');
      return [port, node.many.includes(port) ? found : defined(found[0], `${node.id}.${port}`)];
    }),
  );
}

export function shapesOf(node: PlanNode): { inputs: InputShapes; outputs: OutputShapes } {
  const inputs = Object.entries(node.inputShapes).map(([port, list]) => [
    port,
    node.many.includes(port) ? list : list[0],
  ]);
  return { inputs: Object.fromEntries(inputs), outputs: node.outputShapes };
}

/** What a bypassed node passes on: the first of its inputs that has its output's shape. */
export function passedOn(node: PlanNode): Ref {
  const [output] = Object.values(node.outputShapes);
  const found = Object.entries(node.inputs).flatMap(([port, refs]) =>
    refs.filter((_, i) => {
      const input = node.inputShapes[port]?.[i];
      return input && output && sameShape(input, output);
    }),
  );
  return defined(found[0], `an input that ${node.id} passes on`);
}

/** The PyTorch lines of a node that computes. */
export function torchOf(node: PlanNode): TorchLines<Record<string, unknown>> {
  const definition = definitionOf(node.kind);
  if (definition.role === 'layer' || definition.role === 'op' || definition.role === 'loss')
    return definition.torch as TorchLines<Record<string, unknown>>;
  throw new Unexportable(node.id, `The kind ${node.kind} has no lines of PyTorch.`);
}

interface NodeText {
  readonly outputs: { readonly [port: string]: string };
  readonly module?: string;
  /** The line that gives what several outputs read. */
  readonly shared?: string;
}

/** A node's constructor and an expression per output. */
export function writeNode(
  node: PlanNode | PlanLayer,
  self: string,
  values: Expressions,
  apply?: TorchArgs<unknown>['apply'],
  keep: (expression: string) => { readonly name: string; readonly line: string } = (expression) => ({
    name: expression,
    line: '',
  }),
): NodeText {
  const { params, restore, insist } = withoutRamps(node);
  const torch = torchOf(node);
  const refusal = torch.refuses?.(params);
  if (refusal !== undefined) throw new Unexportable(node.id, refusal);
  const shapes = shapesOf(node);
  const module = torch.module?.({ params, shapes });
  const inputs = inputExpressions(node, values);
  const args = { params, shapes, self, inputs, ...(apply && { apply }) };
  const expression = torch.shared?.(args);
  const shared = expression === undefined ? undefined : keep(expression);
  const outputs = torch.forward({ ...args, ...(shared && { shared: shared.name }) });
  // A constructor runs once, so a ramp in it would stand still.
  insist([...Object.values(outputs), ...(shared ? [shared.line] : [])]);
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([port, text]) => [port, restore(text)])),
    ...(module !== undefined && { module }),
    ...(shared && { shared: restore(shared.line) }),
  };
}

/** One layer of a flow from `x`: an expression of its output and log|det|. */
export function writeFlowStep(layer: PlanLayer, self: string, direction: 'forward' | 'inverse'): string {
  const { params, restore, insist } = withoutRamps(layer);
  const [port] = Object.keys(direction === 'forward' ? layer.inputShapes : layer.outputShapes);
  const args = { params, shapes: shapesOf(layer), self, inputs: { [defined(port, layer.id)]: 'x' } };
  const text = torchOf(layer).flow?.(args, direction);
  if (text === undefined)
    throw new Unexportable(layer.id, `The kind ${layer.kind} has no lines of PyTorch for a flow.`);
  insist([text]);
  return restore(text);
}
