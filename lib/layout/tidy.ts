import type { ElkNode } from 'elkjs/lib/elk-api';
import type { Checked } from '@/lib/check/checked';
import { moveNodes, resize } from '@/lib/edit/move';
import { type Graph, splitEndpoint } from '@/lib/graph/schema';
import type { Point } from './boxes';
import { formOfNode, sizeOfNode } from './card-size';
import { COLLAPSED, FRAME_HEADER, portPositions } from './geometry';

/**
 * Lays a graph out: the game from left to right, each network within its frame, the frames below the game.
 * ELK does the layering and is loaded when first asked for. Notes go above, where they hide nothing.
 */
const GAP = 40;
const FRAME_PADDING = 20;

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '60',
  'elk.spacing.nodeNode': '32',
  'elk.spacing.componentComponent': '40',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};
/** Layers stand close: their wires are short and carry their shapes below. */
const inFrame = { ...options, 'elk.layered.spacing.nodeNodeBetweenLayers': '24' };

interface Layout {
  readonly positions: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

type Layouter = (root: ElkNode) => Promise<ElkNode>;

async function loadElk(): Promise<Layouter> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const elk = new Elk();
  return (root) => elk.layout(root);
}

async function layOut(layouter: Layouter, checked: Checked, frame: string | undefined): Promise<Layout> {
  const nodes = checked.graph.nodes.filter(
    ({ id, network }) => network === frame && checked.nodes.get(id)?.definition?.role !== 'note',
  );
  const inside = new Set(nodes.map(({ id }) => id));
  const root = await layouter({
    id: '__root',
    layoutOptions: frame === undefined ? options : inFrame,
    children: nodes.flatMap(({ id }) => {
      const found = checked.nodes.get(id);
      if (!found) return [];
      const size = sizeOfNode(found, checked);
      return {
        id,
        ...size,
        layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
        ports: portPositions(formOfNode(found, checked)).map(({ name, end, side, y }) => ({
          id: portId(id, name, end),
          x: side === 'left' ? 0 : size.width,
          y,
          width: 0,
          height: 0,
        })),
      };
    }),
    edges: checked.graph.wires.flatMap(([from, to], index) => {
      const source = splitEndpoint(from);
      const target = splitEndpoint(to);
      const hasPorts =
        inside.has(source.id) &&
        inside.has(target.id) &&
        checked.nodes.get(source.id)?.outputs.some(({ name }) => name === source.port) &&
        checked.nodes.get(target.id)?.inputs.some(({ name }) => name === target.port);
      if (!hasPorts) return [];
      return {
        id: `__${index}`,
        sources: [portId(source.id, source.port, 'source')],
        targets: [portId(target.id, target.port, 'target')],
      };
    }),
  });
  return {
    positions: new Map((root.children ?? []).map(({ id, x = 0, y = 0 }) => [id, [x, y]])),
    width: root.width ?? 0,
    height: root.height ?? 0,
  };
}

const portId = (node: string, port: string, end: string) => `${node}.${port}.${end}`;

/** The edit that tidies this graph; applied to another it moves what both have. */
export async function tidy(checked: Checked, layouter?: Layouter): Promise<(graph: Graph) => Graph> {
  const elk = layouter ?? (await loadElk());
  const game = await layOut(elk, checked, undefined);
  const positions = new Map<string, Point>(game.positions);
  const sizes = new Map<string, Point>();
  const inner = new Map<string, Layout>();
  for (const { id } of checked.graph.networks) inner.set(id, await layOut(elk, checked, id));
  // All as wide as the widest, so that θ leaves them all at one side and crosses none.
  const width = Math.max(300, ...[...inner.values()].map((layout) => layout.width + 2 * FRAME_PADDING));
  let y = game.height + GAP;
  for (const { id, collapsed } of checked.graph.networks) {
    const layout = inner.get(id);
    for (const [node, [left, top]] of layout?.positions ?? [])
      positions.set(node, [left + FRAME_PADDING, top + FRAME_HEADER + FRAME_PADDING]);
    // A line's height more: the shapes under the wires.
    const height = Math.max(110, (layout?.height ?? 0) + FRAME_HEADER + 2 * FRAME_PADDING + 12);
    sizes.set(id, [width, height]);
    positions.set(id, [0, y]);
    y += (collapsed ? COLLAPSED.height : height) + GAP;
  }
  placeNotes(checked, positions);
  const rounded = new Map(
    [...positions].map(([id, at]): [string, Point] => [id, [Math.round(at[0]), Math.round(at[1])]]),
  );
  return (graph) =>
    [...sizes].reduce(
      (current, [id, size]) => resize(current, id, [Math.ceil(size[0]), Math.ceil(size[1])]),
      moveNodes(graph, rounded),
    );
}

/** Notes of the game in a row above it; those in frames keep their place. */
function placeNotes(checked: Checked, positions: Map<string, Point>): void {
  let x = 0;
  for (const found of checked.nodes.values()) {
    if (found.definition?.role !== 'note' || found.node.network !== undefined) continue;
    const { width, height } = sizeOfNode(found, checked);
    positions.set(found.node.id, [x, -height - GAP]);
    x += width + GAP;
  }
}
