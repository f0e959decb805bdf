import * as z from 'zod';
import { checkGraph } from '@/lib/check/check';
import { compilePlan } from '@/lib/compile/compile';
import type { Plan } from '@/lib/compile/plan';
import { minimalGraph } from '@/lib/examples/minimal/minimal';
import { hasErrors } from '@/lib/graph/diagnostic';
import type { Graph } from '@/lib/graph/schema';
import type { NodeDefinition } from '@/lib/nodes/define';
import { type ParamMeta, paramMeta, type Ramp } from '@/lib/nodes/params';
import { registry } from '@/lib/nodes/registry';

/** A small game per live parameter of the registry, with a ramp on it. */
export interface RampedGame {
  /** `dropout.rate down` */
  readonly name: string;
  readonly kind: string;
  readonly plan: Plan;
}

/** Metrics measure what the game does, and stay in the editor. */
const isExported = ({ role }: NodeDefinition): boolean => role !== 'metric' && role !== 'view';

export const liveParams = (): { readonly definition: NodeDefinition; readonly param: string }[] =>
  registry.flatMap((definition: NodeDefinition) =>
    Object.entries(definition.params.shape as Record<string, Parameters<typeof paramMeta>[0]>)
      .filter(([, field]) => (paramMeta(field) as ParamMeta).live && isExported(definition))
      .map(([param]) => ({ definition, param })),
  );

export const rampedGames = (): RampedGame[] =>
  liveParams().flatMap(({ definition, param }) => {
    const { least, whole, usual } = limitsOf(definition, param);
    const [some, more] = whole ? [1, 3] : [Math.max(least, 0.3 * usual), 0.9 * usual];
    const lowest = whole ? 1 : param === 'beta2' ? usual / 2 : Math.max(least, 0);
    const ramps: Record<string, Ramp> = {
      up: { from: some, to: more, curve: 'linear', start: 0, end: 1 },
      // Down to the least that is allowed, halfway through the run. At a β2 of 0, Adam divides a gradient by its own
      // size, so that what is compared where one is near 0 is how it was rounded.
      down: { from: more, to: lowest, curve: 'cosine', start: 0.1, end: 0.5 },
    };
    return Object.entries(ramps).map(([way, ramp]) => ({
      name: `${definition.kind}.${param} ${way}`,
      kind: definition.kind,
      plan: planOf(definition, param, ramp),
    }));
  });

interface JsonSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema;
}

/** The least that a parameter's numbers may be, whether they are whole, and a size that does no harm. */
function limitsOf({ params }: NodeDefinition, param: string) {
  const field = (params.shape as Record<string, z.ZodType>)[param] as z.ZodType;
  const numberIn = (schema: JsonSchema): JsonSchema | undefined =>
    schema.type === 'number' || schema.type === 'integer'
      ? schema
      : [...(schema.anyOf ?? []), schema.additionalProperties]
          .filter((each) => typeof each === 'object')
          .map(numberIn)
          .find((found) => found !== undefined);
  const schema = z.toJSONSchema(field, { io: 'input' }) as JsonSchema;
  const found = numberIn(schema);
  if (!found) throw new Error(`${param} holds no number`);
  const { minimum, exclusiveMinimum, type } = found;
  const usual = typeof schema.default === 'number' && schema.default > 0 ? schema.default : 1;
  return { least: minimum ?? (exclusiveMinimum ?? 0) + 0.01, whole: type === 'integer', usual };
}

function planOf(definition: NodeDefinition, param: string, ramp: Ramp): Plan {
  const graph = minimalGraph(definition);
  const before = (definition.params as z.ZodObject).parse({}) as Record<string, unknown>;
  const nodes = graph.nodes.map((node): Graph['nodes'][number] => {
    if (node.kind !== definition.kind) return node;
    const value = node.params?.[param] ?? before[param];
    // A parameter with several numbers by name has a ramp for each.
    const isNamed = typeof value === 'object' && value !== null && !('from' in value);
    const ramped = isNamed ? Object.fromEntries(Object.keys(value).map((name) => [name, ramp])) : ramp;
    return { ...node, params: { ...node.params, [param]: ramped } as Graph['nodes'][number]['params'] };
  });
  const settings = { ...graph.settings, batchSize: 8, iterations: 5 };
  const checked = checkGraph({ ...graph, nodes, settings });
  if (hasErrors(checked.diagnostics)) throw new Error(JSON.stringify(checked.diagnostics));
  return compilePlan(checked);
}
