import { parseDocument } from '@/lib/check/parse';
import { isById, rewriteReferences } from '@/lib/check/rewrite-references';
import type { Diagnostic } from '@/lib/graph/diagnostic';
import { formatGraph, type ParseResult } from '@/lib/graph/parse';
import {
  emptyGraph,
  endsOf,
  type Graph,
  type GraphNode,
  joinEndpoint,
  limits,
  splitEndpoint,
  type Wire,
  withEnds,
} from '@/lib/graph/schema';
import {
  add,
  clampPoint,
  hasRoom,
  nodesIn,
  type Point,
  type Selection,
  shiftRoute,
  subtract,
  takeFreshId,
  takenIds,
  upperLeft,
} from './edited';
import { blocksOf, mergeBlocks } from './merge-blocks';
import { originOf } from './move';

/**
 * Copy and paste. What is copied is a document of its own: the selected networks whole, the selected nodes and
 * the wires between them. So a whole document can be pasted too, and the clipboard is parsed like any file.
 */
export function copySelection(graph: Graph, selection: Selection): Graph {
  const networks = new Set(selection.networks);
  const nodes = nodesIn(graph, selection);
  const inside = new Set([...nodes.map(({ id }) => id), ...networks]);
  return {
    ...emptyGraph(),
    title: graph.title,
    blocks: blocksOf(graph.blocks, nodes),
    networks: graph.networks.filter(({ id }) => networks.has(id)),
    // A layer without its frame has its place on the canvas.
    nodes: nodes.map((node) =>
      node.network === undefined || networks.has(node.network)
        ? node
        : { ...node, at: clampPoint(add(node.at, originOf(graph, node.network))) },
    ),
    wires: graph.wires.filter(
      ([from, to]) => inside.has(splitEndpoint(from).id) && inside.has(splitEndpoint(to).id),
    ),
  };
}

export const copyAsText = (graph: Graph, selection: Selection): string =>
  formatGraph(copySelection(graph, selection));

/** Clipboard text to something that can be pasted, or why not. */
export const parseClipboard = (text: string): ParseResult => parseDocument(text);

type Pasted =
  | { readonly ok: true; readonly graph: Graph; readonly selection: Selection }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Pastes under fresh ids, the upper left at `at` on the canvas. References among what is pasted follow it;
 * others are kept. Layers without their frame go into `network`, or the frame that they came from.
 */
export function paste(graph: Graph, clip: Graph, at: Point, network?: string): Pasted {
  if (!hasRoom(graph, { nodes: clip.nodes.length, networks: clip.networks.length, wires: clip.wires.length }))
    return {
      ok: false,
      diagnostics: [
        {
          code: 'document-full',
          severity: 'error',
          message: `With the ${clip.nodes.length} pasted nodes the document would pass its limits: ${limits.nodes} nodes, ${limits.networks} networks, ${limits.wires} wires.`,
        },
      ],
    };
  const { blocks, ...renamed } = mergeBlocks(graph.blocks, clip.blocks);
  const taken = takenIds(graph);
  const fresh = new Map<string, string>();
  for (const { id } of [...clip.networks, ...clip.nodes]) fresh.set(id, takeFreshId(taken, id));
  const follow = (id: string) => fresh.get(id) ?? id;
  const frames = new Set(clip.networks.map(({ id }) => id));
  const shift = subtract(at, upperLeft(placedIn(clip, frames)));

  const nodes = clip.nodes.map((node): GraphNode => {
    const rewritten = rewriteReferences(
      renamed.inNode(node),
      (reference, value) => (isById(reference) ? fresh.get(value) : undefined),
      blocks,
    );
    const { network: from, ...rest } = { ...rewritten, id: follow(node.id) };
    if (from === undefined) return { ...rest, at: clampPoint(add(node.at, shift)) };
    if (frames.has(from)) return { ...rest, network: follow(from) };
    const into = network ?? (graph.networks.some(({ id }) => id === from) ? from : undefined);
    const place = clampPoint(subtract(add(node.at, shift), originOf(graph, into)));
    return into === undefined ? { ...rest, at: place } : { ...rest, network: into, at: place };
  });
  const ends = (end: string) => {
    const { id, port } = splitEndpoint(end);
    return fresh.has(id) ? joinEndpoint(follow(id), port) : undefined;
  };
  const framed = new Set(clip.nodes.flatMap((node) => (frames.has(node.network ?? '') ? [node.id] : [])));
  const wires = clip.wires.flatMap((wire): Wire[] => {
    const [start, end] = endsOf(wire).map(ends);
    if (!start || !end) return [];
    return [withEnds(framed.has(splitEndpoint(wire[1]).id) ? wire : shiftRoute(wire, shift), start, end)];
  });
  const networks = clip.networks.map((item) => ({
    ...item,
    id: follow(item.id),
    at: clampPoint(add(item.at, shift)),
  }));
  return {
    ok: true,
    graph: {
      ...graph,
      blocks,
      networks: [...graph.networks, ...networks],
      nodes: [...graph.nodes, ...nodes],
      wires: [...graph.wires, ...wires],
    },
    selection: {
      networks: networks.map(({ id }) => id),
      nodes: clip.nodes.filter((node) => !frames.has(node.network ?? '')).map(({ id }) => follow(id)),
    },
  };
}

/** What has a place on the canvas itself. */
const placedIn = (clip: Graph, frames: ReadonlySet<string>) => [
  ...clip.networks,
  ...clip.nodes.filter(({ network }) => network === undefined || !frames.has(network)),
];

/**
 * A copy, wired within itself: so far from the original, or beside it; one with networks below all networks, to
 * hide none.
 */
export function duplicateSelection(graph: Graph, selection: Selection, shift?: Point): Pasted {
  const clip = copySelection(graph, selection);
  const corner = upperLeft(placedIn(clip, new Set(selection.networks)));
  return paste(graph, clip, add(corner, shift ?? freeShift(graph, clip)));
}

/** 40 either way; with networks, so far down that the highest of them clears the lowest there is. */
function freeShift(graph: Graph, clip: Graph): Point {
  if (clip.networks.length === 0) return [40, 40];
  const lowest = Math.max(...graph.networks.map(({ at, size }) => at[1] + size[1]));
  return [0, lowest - Math.min(...clip.networks.map(({ at }) => at[1])) + 30];
}
