import type { ZodObject } from 'zod';
import type { Graph, GraphNode, Network, Settings } from '@/lib/graph/schema';
import { limits } from '@/lib/graph/schema';
import { paramMeta } from '@/lib/nodes/params';
import { findDefinition } from '@/lib/nodes/registry';
import { networkSchema, nodeSchema, settingsSchema } from './edited';
import { followInputs, renamePort } from './ports-change';
import { networkPortOf, networkPorts, portKey } from './references';

/** Edits of fields. A value that the document's schema refuses changes nothing. */

/** The node replaced by what `change` makes of it, if the schema accepts that. */
export function changeNode(graph: Graph, id: string, change: (node: GraphNode) => GraphNode): Graph {
  const index = graph.nodes.findIndex((node) => node.id === id);
  const node = graph.nodes[index];
  if (!node) return graph;
  const changed = change(node);
  if (changed === node || !nodeSchema.safeParse(changed).success) return graph;
  return { ...graph, nodes: graph.nodes.with(index, changed) };
}

/**
 * Sets parameters; undefined puts one back to its default. A new name of a port is followed, and of options that
 * belong to another parameter, a data source's, those stay that the new one takes too.
 */
export function setParams(graph: Graph, id: string, params: Record<string, unknown>): Graph {
  const before = graph.nodes.find((node) => node.id === id);
  if (!before) return graph;
  const merged = { ...before.params, ...params } as GraphNode['params'];
  const kept = Object.fromEntries(
    Object.entries(merged)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, name in params ? value : fitted(before, name, value, merged)]),
  );
  const changed = changeNode(graph, id, (node) => ({ ...node, params: kept as GraphNode['params'] }));
  const after = changed.nodes.find((node) => node.id === id);
  const oldPort = networkPortOf(before);
  const newPort = after && networkPortOf(after);
  if (!oldPort || !newPort) return followInputs(graph, changed, id);
  if (oldPort.name === newPort.name) return changed;
  // A name that another port has, before or after, says no longer which of them a wire means.
  const isShared = networkPorts(changed).has(portKey(oldPort)) || networkPorts(graph).has(portKey(newPort));
  return isShared ? changed : renamePort(changed, oldPort, newPort.name);
}

/** What an object whose fields depend on other parameters keeps, where these bring other fields. */
function fitted({ kind, params }: GraphNode, name: string, value: unknown, merged: typeof params): unknown {
  const field = findDefinition(kind)?.params.shape[name];
  const fieldsFor = field && paramMeta(field).fields;
  const schema = fieldsFor?.(merged);
  if (!schema || schema === fieldsFor?.(params) || typeof value !== 'object' || value === null) return value;
  return acceptedOf(value, schema);
}

/** Those values that a schema has fields for and takes. */
export const acceptedOf = (values: object, { shape }: ZodObject): GraphNode['params'] =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => shape[name]?.safeParse(value).success));

/** An empty title is none. */
export const setTitle = (graph: Graph, id: string, title: string): Graph =>
  changeNode(graph, id, ({ title: _, ...node }) =>
    title.trim() ? { ...node, title: title.slice(0, limits.title) } : node,
  );

export const setState = (graph: Graph, ids: readonly string[], state: GraphNode['state']): Graph =>
  ids.reduce(
    (current, id) =>
      changeNode(current, id, ({ state: _, ...node }) => (state === undefined ? node : { ...node, state })),
    graph,
  );

type NetworkFields = Partial<Pick<Network, 'name' | 'color' | 'collapsed'>> & {
  /** Undefined keeps no average. */
  readonly ema?: Network['ema'] | undefined;
};

export function setNetwork(graph: Graph, id: string, fields: NetworkFields): Graph {
  const index = graph.networks.findIndex((network) => network.id === id);
  const network = graph.networks[index];
  if (!network) return graph;
  const { ema, ...changed } = { ...network, ...fields };
  const next: Network = ema === undefined ? changed : { ...changed, ema };
  return networkSchema.safeParse(next).success
    ? { ...graph, networks: graph.networks.with(index, next) }
    : graph;
}

export function setSettings(graph: Graph, fields: Partial<Settings>): Graph {
  const settings = { ...graph.settings, ...fields };
  return settingsSchema.safeParse(settings).success ? { ...graph, settings } : graph;
}

export const setAbout = (
  graph: Graph,
  fields: { readonly title?: string; readonly about?: string },
): Graph => ({
  ...graph,
  ...(fields.title !== undefined && { title: fields.title.slice(0, limits.title) }),
  ...(fields.about !== undefined && { about: fields.about.slice(0, limits.about) }),
});
