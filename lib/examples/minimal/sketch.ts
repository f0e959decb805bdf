import { FORMAT_VERSION, type Graph, graphSchema, type Wire } from '@/lib/graph/schema';
import type { InputPort, NodeDefinition } from '@/lib/nodes/define';

/** A graph in the making: as the document has it, defaults left out. */
export interface Sketch {
  readonly networks: readonly SketchNetwork[];
  readonly nodes: readonly SketchNode[];
  readonly wires: readonly Wire[];
}

interface SketchNetwork {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly at: readonly [number, number];
  readonly size: readonly [number, number];
}

export interface SketchNode {
  readonly id: string;
  readonly kind: string;
  readonly at: readonly [number, number];
  readonly network?: string;
  readonly title?: string;
  readonly size?: readonly [number, number];
  readonly params?: Readonly<Record<string, unknown>>;
}

export const toGraph = (title: string, about: string, sketch: Sketch, settings: object = {}): Graph =>
  graphSchema.parse({
    format: 'ganvas',
    version: FORMAT_VERSION,
    title,
    about,
    settings: { batchSize: 64, iterations: 2_000, ...settings },
    ...sketch,
  }) as Graph;

/** What a kind's example says of it: the parameters, and each input's shape, one for every wire. */
export interface Demand {
  readonly params: Readonly<Record<string, unknown>>;
  readonly shapes: readonly { readonly port: InputPort; readonly dims: readonly number[] }[];
  readonly within: readonly [number, number] | undefined;
}

/** The first example with the kind's defaults, or else the first. */
export function demandOf(definition: NodeDefinition): Demand {
  const { examples = [] } = definition;
  const example = examples.find(({ params }) => !params) ?? examples[0];
  const params = example?.params ?? {};
  const scope = { network: () => undefined };
  const ports = definition.inputs(definition.params.parse(params) as never, scope);
  const shapes = ports.flatMap((port) => {
    const given = example?.inputs[port.name];
    if (!given) return [];
    const each = (port.many ? given : [given]) as readonly (readonly number[])[];
    return each.map((dims) => ({ port, dims }));
  });
  return { params, shapes, within: example?.within };
}
