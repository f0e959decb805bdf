import { SEPARATOR } from '@/lib/check/blocks/plain-id';
import { resolveParams } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import type { PlanLayer, PlanNetwork, Ref } from './plan';

/**
 * A network as the topology of a tf.LayersModel (Keras functional JSON), where every node on it is a stock
 * layer. Plain JSON: the trainer builds a model from it and the export writes it to a file.
 */
export interface Topology {
  readonly class_name: 'Model';
  readonly config: {
    readonly name: string;
    readonly layers: readonly TopologyLayer[];
    readonly input_layers: readonly (readonly [string, number, number])[];
    readonly output_layers: readonly (readonly [string, number, number])[];
  };
}

interface TopologyLayer {
  readonly class_name: string;
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly inbound_nodes: readonly (readonly (readonly [string, number, number, Record<string, never>])[])[];
}

/** The class of a kind that an exported layers model registers itself: `GanvasPixelNorm`. */
export const customLayerName = (kind: string): string =>
  `Ganvas${kind.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

/** What a node is called in TensorFlow.js, whose names have no colon: `use/node` inside a block. */
export const layerName = (id: string): string => id.replaceAll(SEPARATOR, '/');

interface TopologyOptions {
  /** Kinds without a stock layer may be layers of our own, if they say so in a line. */
  readonly custom?: boolean;
}

/** The topology, with the kinds that are layers of our own, or the node that has no layer. */
export function layersTopology(
  network: PlanNetwork,
  { custom: allowed = false }: TopologyOptions = {},
): { topology: Topology; custom: readonly string[] } | { missing: string } {
  const custom = new Set<string>();
  const names = new Map<string, string>();
  const layers: TopologyLayer[] = [];
  const inbound = (refs: readonly Ref[]) => [
    refs.map(
      (ref) => [names.get(ref.node) ?? ref.node, 0, 0, {}] as [string, number, number, Record<string, never>],
    ),
  ];
  for (const { name, node, shape } of network.inputs) {
    const own = layerName(node);
    names.set(node, own);
    const config = { batch_input_shape: [null, ...shape.dims], dtype: 'float32', sparse: false, name: own };
    layers.push({
      class_name: 'InputLayer',
      name: own,
      config: { ...config, title: name },
      inbound_nodes: [],
    });
  }
  for (const layer of network.nodes) {
    const refs = Object.values(layer.inputs).flat();
    if (layer.state === 'bypassed') {
      names.set(layer.id, names.get(refs[0]?.node ?? '') ?? '');
      continue;
    }
    const own = allowed ? customOf(layer) : undefined;
    const stock = stockOf(layer) ?? own;
    if (!stock) return { missing: layer.id };
    if (stock === own) custom.add(layer.kind);
    const name = layerName(layer.id);
    names.set(layer.id, name);
    layers.push({
      class_name: stock.className,
      name,
      config: { ...stock.config, name, trainable: true },
      inbound_nodes: inbound(refs),
    });
  }
  const config = {
    name: network.name || network.id,
    layers,
    input_layers: network.inputs.map(({ node }) => [layerName(node), 0, 0] as const),
    output_layers: network.outputs.map(({ from }) => [names.get(from.node) ?? from.node, 0, 0] as const),
  };
  return { topology: { class_name: 'Model', config }, custom: [...custom] };
}

function stockOf(layer: PlanLayer) {
  const definition = findDefinition(layer.kind);
  if (definition?.role !== 'layer' && definition?.role !== 'op') return undefined;
  return definition.stock?.(layer.params, layer.outputShapes);
}

/** What a registered layer of our own needs: on which port each input is, and the shape that it gives. */
function customOf(layer: PlanLayer): ReturnType<typeof stockOf> {
  const definition = findDefinition(layer.kind);
  const { out } = layer.outputShapes;
  if (definition?.role !== 'op' || definition.layersLine === undefined || !out) return undefined;
  const ports = Object.entries(layer.inputs).flatMap(([port, refs]) => refs.map(() => port));
  return {
    className: customLayerName(layer.kind),
    config: { params: resolveParams(layer.params, 1), ports, dims: out.dims },
  };
}
