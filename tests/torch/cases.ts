import type { NodeDefinition, OptimizerDefinition } from '@/lib/nodes/define';
import { resolveParams } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';
import { type Case, casesOf, computes, mixing } from '@/lib/nodes/testing/cases';
import { isVaried } from '@/lib/nodes/testing/gradient-check';
import { type StandIn, standInOf } from '@/lib/nodes/testing/stand-in';
import { rowsOf } from '@/lib/shapes/shape';
import { defined } from '@/lib/util/assert';
import { createStream } from '@/lib/util/random';

/**
 * What is compared with PyTorch: every example of every kind, as plain JSON with the kind's own PyTorch lines.
 * The numbers fed in are those of the registry's checks.
 */
export interface TorchCase {
  readonly id: string;
  readonly mode: 'train' | 'eval';
  /** The kind's constructor, where it has one. */
  readonly module: string | null;
  /** The kind's expression per output; `self.m` is the module, `inputs["in"]` an input. */
  readonly forward: { readonly [output: string]: string };
  readonly state: {
    readonly [weight: string]: { readonly name: string; readonly permute?: readonly number[] };
  };
  /** Without one, outputs alone are compared. */
  readonly hasGradient: boolean;
  /** The network that a loss applies: `self.D`. */
  readonly standIn: StandIn | null;
  readonly feeds: readonly {
    readonly role: string;
    readonly name: string;
    readonly index?: number;
    readonly dims: readonly number[];
    readonly values: readonly number[];
    readonly varied: boolean;
  }[];
  readonly outputs: readonly string[];
}

export interface TorchOptimizer {
  readonly id: string;
  /** The kind's constructor; `parameters` is the list of weights. */
  readonly optimizer: string;
  readonly start: readonly number[];
  /** One per step. */
  readonly gradients: readonly (readonly number[])[];
}

/** What draws random numbers cannot be compared number by number. */
const isComparable = ({ definition, params, mode }: Case) =>
  definition.role === 'loss' ? !definition.draws?.(params) : !definition.random || mode === 'eval';

export const comparedCases = (): Case[] =>
  registry.flatMap((definition: NodeDefinition) =>
    computes(definition) ? casesOf(definition).filter(isComparable) : [],
  );

export function toTorchCase(of: Case): TorchCase {
  const { definition, params, shapes } = of;
  const inputs: Record<string, string | string[]> = {};
  for (const { role, name, index } of of.feeds) {
    if (role !== 'input') continue;
    const before = inputs[name];
    if (index === undefined) inputs[name] = `inputs["${name}"]`;
    else inputs[name] = [...(Array.isArray(before) ? before : []), `inputs["${name}"][${index}]`];
  }
  // A loss that reads one input still prints the lines of both outputs.
  const named: Record<string, string | string[]> = {
    ...Object.fromEntries(Object.keys(shapes.inputs).map((port) => [port, 'None'])),
    ...inputs,
  };
  const standIn = standInOf(of);
  const apply = standIn && {
    apply: (fed: { readonly [name: string]: string }) =>
      `self.${standIn.network}(${standIn.inputs.map(({ name }) => defined(fed[name], name)).join(', ')})`,
  };
  const slope = definition.role === 'loss' ? definition.slope : undefined;
  if (slope && apply) named[slope.of] = apply.apply({ [slope.at]: String(named[slope.at]) });
  const args = { params, shapes, self: 'self.m', inputs: named, ...apply };
  const shared = definition.torch.shared?.(args);
  const forward = definition.torch.forward({ ...args, ...(shared !== undefined && { shared }) });
  return {
    id: of.id,
    mode: of.mode,
    module: definition.torch.module?.({ params, shapes }) ?? null,
    forward: Object.fromEntries(of.outputs.map((output) => [output, forward[output] as string])),
    state: definition.torch.state ?? {},
    standIn: standIn ?? null,
    hasGradient: definition.differentiable > 0,
    feeds: of.feeds.map((feed, i) => ({
      ...feed,
      values: Array.from(feed.values),
      varied: isVaried(of)[i] as boolean,
    })),
    outputs: of.outputs,
  };
}

const STEPS = 3;
const WEIGHTS = 5;

export interface OptimizerCase {
  readonly definition: OptimizerDefinition;
  readonly params: Record<string, unknown>;
  readonly torch: TorchOptimizer;
}

export const optimizerCases = (): OptimizerCase[] =>
  registry.flatMap((definition: NodeDefinition) => {
    if (definition.role !== 'optimizer') return [];
    return (definition.examples ?? []).map((example, index) => {
      const id = `${definition.kind} ${index + 1}`;
      const params = resolveParams(definition.params.parse(example.params ?? {}), 0);
      const stream = createStream('kinds', id);
      const draw = () => Array.from(Float32Array.from({ length: WEIGHTS }, () => stream.normal()));
      const start = draw();
      const gradients = Array.from({ length: STEPS }, draw);
      return { definition, params, torch: { id, optimizer: definition.torch(params), start, gradients } };
    });
  });

const classesOf = (definition: NodeDefinition): readonly string[] =>
  computes(definition) ? (definition.torch.classes ?? []) : [];

/** Everything that the Python side needs. `mixing` comes from here too, so that it is written once. */
export const torchInput = () => ({
  prelude: [...new Set(registry.flatMap(classesOf))].join('\n\n'),
  cases: comparedCases().map((of) => ({
    ...toTorchCase(of),
    head: Object.fromEntries(
      of.outputs.map((output) => [
        output,
        Array.from(mixing(sizeOfOutput(of, output), of.id, 'head', output)),
      ]),
    ),
    slope: of.feeds
      .filter((_, i) => isVaried(of)[i])
      .map(({ values }, i) => Array.from(mixing(values.length, of.id, 'slope', String(i)))),
  })),
  optimizers: optimizerCases().map(({ torch }) => torch),
});

function sizeOfOutput({ definition, shapes, feeds }: Case, output: string): number {
  if (definition.role === 'loss' && shapes.outputs[output]?.batch === 'one') return 1;
  const rows = feeds.find(({ role }) => role === 'input')?.dims[0] ?? 1;
  const { dims, batch } = defined(shapes.outputs[output], output);
  return dims.reduce((product, dim) => product * dim, rowsOf(batch, rows));
}
