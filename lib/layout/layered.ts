import type { ElkNode } from 'elkjs/lib/elk-api';
import type { Checked } from '@/lib/check/checked';
import { splitEndpoint } from '@/lib/graph/schema';
import type { Point } from './boxes';
import { formOfNode, sizeOfNode } from './card-size';
import { portPositions } from './geometry';

/** Some nodes and the wires between them in layers from left to right. ELK does it, and is loaded when first asked for. */
export type Layouter = (root: ElkNode) => Promise<ElkNode>;

export interface Placed {
  readonly positions: ReadonlyMap<string, Point>;
  readonly width: number;
  readonly height: number;
}

interface Spacing {
  readonly between: number;
  readonly within: number;
}

export async function loadElk(): Promise<Layouter> {
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const elk = new Elk();
  return (root) => elk.layout(root);
}

export async function inLayers(
  layouter: Layouter,
  checked: Checked,
  ids: readonly string[],
  { between, within }: Spacing,
): Promise<Placed> {
  if (ids.length === 0) return { positions: new Map(), width: 0, height: 0 };
  const inside = new Set(ids);
  const root = await layouter({
    id: '__root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.layered.spacing.nodeNodeBetweenLayers': String(between),
      'elk.spacing.nodeNode': String(within),
      'elk.spacing.componentComponent': String(within),
      'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
      'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
      'elk.padding': '[top=0,left=0,bottom=0,right=0]',
    },
    children: ids.flatMap((id) => {
      const found = checked.nodes.get(id);
      if (!found) return [];
      const size = sizeOfNode(found, checked);
      // Players stand in one column, at the end.
      const isLast = found.definition?.role === 'optimizer';
      return {
        id,
        ...size,
        layoutOptions: {
          'elk.portConstraints': 'FIXED_POS',
          ...(isLast && { 'elk.layered.layering.layerConstraint': 'LAST' }),
        },
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
      const output = checked.nodes.get(source.id)?.outputs.find(({ name }) => name === source.port);
      const input = checked.nodes.get(target.id)?.inputs.find(({ name }) => name === target.port);
      // A look-ahead leads back from a player.
      const isLaid = inside.has(source.id) && inside.has(target.id) && output && input;
      if (!isLaid || output.type === 'player') return [];
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
