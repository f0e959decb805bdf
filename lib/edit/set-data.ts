import type { CheckedNode } from '@/lib/check/checked';
import { type ImportOptions, imageDims } from '@/lib/data/files/import-options';
import type { Graph, Json, Params } from '@/lib/graph/schema';
import { registry } from '@/lib/nodes/registry';
import { addNode } from './add';
import type { Edited } from './edited';
import { setParams } from './set';

/** Nodes that can draw from a file of the user's own. */
export const takesData = ({ definition }: Pick<CheckedNode, 'definition'>): boolean =>
  definition?.role === 'source' && definition.needs !== undefined;

/** What images of a file become in the place of a node that gives images; undefined of one that gives none. */
export function imagesLike(node: CheckedNode | undefined): readonly number[] | undefined {
  const dims = node?.outputShapes.get('x')?.dims;
  return dims && dims.length === 3 ? imageDims(dims) : undefined;
}

/** How far left of the game a new node stands. */
const LEFT = 260;

/** A file in the place of a node's data, or of a new node's. What is held out stays out of a node that had no split. */
export function setData(
  graph: Graph,
  node: string | undefined,
  source: string,
  options: ImportOptions,
): Edited {
  const before = graph.nodes.find(({ id }) => id === node);
  const split = before?.params.split ?? (options.heldOut > 0 ? 'train' : 'all');
  const params: Params = { source, options: options as unknown as Json, split };
  if (before) return { graph: setParams(graph, before.id, params), ids: [before.id] };
  const kind = registry.find((definition) => takesData({ definition }))?.kind ?? '';
  const game = graph.nodes.filter(({ network }) => network === undefined).map(({ at }) => at);
  const at = [
    Math.min(LEFT, ...game.map(([x]) => x)) - LEFT,
    game.length > 0 ? Math.min(...game.map(([, y]) => y)) : 0,
  ] as const;
  return addNode(graph, kind, at, { params });
}
