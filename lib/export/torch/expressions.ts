import type { PlanLayer, PlanNode } from '@/lib/compile/plan';
import { definitionOf, refKey } from '@/lib/compile/tf/tasks';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import type { InputShapes, OutputShapes } from '@/lib/nodes/define';
import { isRamp, paramMeta, type Ramp, type Scheduled } from '@/lib/nodes/params';
import type { TorchArgs, TorchLines } from '@/lib/nodes/torch';
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

/** The number that `--set NODE.PARAM=VALUE` may replace. */
const settingExpression = (name: string, expression: string): string => `setting("${name}", ${expression})`;

/** A live number of a node, under the name by which it is set. */
export const scheduledExpression = (name: string, value: Scheduled): string =>
  settingExpression(name, isRamp(value) ? rampExpression(value) : String(value));

interface Replaced {
  readonly params: Readonly<Record<string, unknown>>;
  restore(text: string): string;
  /** Says no where a ramp has not found its place in any of the texts. */
  insist(texts: readonly string[]): void;
}

type Configured = Pick<PlanNode, 'id' | 'kind' | 'params'>;

/**
 * Parameters of a node with a number in place of each ramp that nobody else prints, so that the ramp's
 * expression can be put where the kind prints the number. A kind that computes with it is found out. So it is with
 * plain numbers that are live, for `--set`; what does not print one of them in these texts keeps it as it is.
 */
export function withoutRamps(
  node: Configured,
  texts: (params: Readonly<Record<string, unknown>>) => readonly string[] = () => [],
): Replaced {
  const all = replaceNumbers(node, isLive(node.kind));
  const printed = texts(all.params).join(' ');
  const found = new Set(
    all.replaced.filter(({ sentinel }) => printed.includes(sentinel)).map(({ name }) => name),
  );
  const { params, replaced } = replaceNumbers(node, (name) => found.has(name));
  return {
    params,
    restore: (text) =>
      replaced.reduce((done, { sentinel, expression }) => done.replaceAll(sentinel, expression), text),
    insist(written) {
      for (const { name, sentinel } of replaced)
        if (!written.some((text) => text.includes(sentinel)))
          throw new Unexportable(
            node.id,
            `The ramp of ${name} cannot be written in PyTorch.`,
            'Make it a number, and export again.',
          );
    },
  };
}

/** All ramps, and those numbers that are to be replaced. */
function replaceNumbers({ id, params }: Configured, isReplaced: (name: string) => boolean) {
  const replaced: { readonly name: string; readonly sentinel: string; readonly expression: string }[] = [];
  const replace = (name: string, value: unknown): unknown => {
    if (isRamp(value) || (typeof value === 'number' && isReplaced(name))) {
      const number = 0.4142135623 + (replaced.length + 1) * 1e-9;
      const expression = scheduledExpression(`${id}.${name}`, value);
      replaced.push({ name, sentinel: String(number), expression });
      return number;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, replace(`${name}.${key}`, each)]),
    );
  };
  const given = Object.entries(params).map(([name, value]) => [name, replace(name, value)]);
  return { params: Object.fromEntries(given) as Readonly<Record<string, unknown>>, replaced };
}

/** Whether a parameter, or a number in it, acts at once. */
function isLive(kind: string): (name: string) => boolean {
  const fields: Readonly<Record<string, Parameters<typeof paramMeta>[0]>> = definitionOf(kind).params.shape;
  return (name) => {
    const field = fields[name.split('.')[0] ?? ''];
    return field !== undefined && paramMeta(field).live === true;
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
  const torch = torchOf(node);
  const shapes = shapesOf(node);
  const inputs = inputExpressions(node, values);
  const argsOf = (params: Readonly<Record<string, unknown>>) => ({
    params,
    shapes,
    self,
    inputs,
    ...(apply && { apply }),
  });
  const fixed = withoutRamps(node).params;
  const refusal = torch.refuses?.(fixed);
  if (refusal !== undefined) throw new Unexportable(node.id, refusal);
  // A constructor runs once, so a ramp in it would stand still.
  const module = torch.module?.({ params: fixed, shapes });
  const { params, restore, insist } = withoutRamps(node, (given) => {
    const args = argsOf(given);
    const common = torch.shared?.(args);
    const written = torch.forward({ ...args, ...(common !== undefined && { shared: 'shared' }) });
    return [...Object.values(written), ...(common === undefined ? [] : [common])];
  });
  const args = argsOf(params);
  const expression = torch.shared?.(args);
  const shared = expression === undefined ? undefined : keep(expression);
  const outputs = torch.forward({ ...args, ...(shared && { shared: shared.name }) });
  insist([...Object.values(outputs), ...(shared ? [shared.line] : [])]);
  return {
    outputs: Object.fromEntries(Object.entries(outputs).map(([port, text]) => [port, restore(text)])),
    ...(module !== undefined && { module }),
    ...(shared && { shared: restore(shared.line) }),
  };
}

/** The condition under which a node reads each of its inputs; those that it always reads are left out. */
export function readConditions(node: PlanNode): { readonly [port: string]: string } {
  const { reads } = torchOf(node);
  if (!reads || node.state === 'bypassed') return {};
  const { params, restore } = withoutRamps(node, (given) => Object.values(reads(given)));
  return Object.fromEntries(Object.entries(reads(params)).map(([port, text]) => [port, restore(text)]));
}

/** One layer of a flow from `x`: an expression of its output and log|det|. */
export function writeFlowStep(layer: PlanLayer, self: string, direction: 'forward' | 'inverse'): string {
  const [port] = Object.keys(direction === 'forward' ? layer.inputShapes : layer.outputShapes);
  const inputs = { [defined(port, layer.id)]: 'x' };
  const write = (params: Readonly<Record<string, unknown>>) =>
    torchOf(layer).flow?.({ params, shapes: shapesOf(layer), self, inputs }, direction);
  const { params, restore, insist } = withoutRamps(layer, (given) => [write(given) ?? '']);
  const text = write(params);
  if (text === undefined)
    throw new Unexportable(layer.id, `The kind ${layer.kind} has no lines of PyTorch for a flow.`);
  insist([text]);
  return restore(text);
}
