import type { Graph } from '@/lib/graph/schema';

type Node = Graph['nodes'][number];

const penalties = ['r1', 'r2'];

const node = (id: string, kind: string, more: Partial<Node> = {}): Node => ({
  id,
  kind,
  at: [0, 0],
  params: {},
  ...more,
});

/**
 * The adversarial flow's game without transport and penalties, so many times, each map held against the next
 * one's: how far maps agree that nothing brings together.
 */
export function plainGames(graph: Graph, count: number): Graph {
  const games = Array.from({ length: count }, (_, i) => `game-${i}`);
  const next = [...games.slice(1), ...games.slice(0, 1)];
  return {
    ...graph,
    blocks: graph.blocks.map((block) => ({
      ...block,
      nodes: block.nodes.map((node) => (penalties.includes(node.id) ? { ...node, state: 'muted' } : node)),
    })),
    nodes: [
      ...graph.nodes.filter(({ id }) => ['z', 'data', 'agreement'].includes(id)),
      ...games.map((id) => node(id, 'block', { block: 'game', params: { terms: { gan: 1, transport: 0 } } })),
      node('maps', 'concat'),
      node('nexts', 'concat'),
    ],
    wires: [
      ...games.flatMap((id) => [['z.out', `${id}.z`] as const, ['data.x', `${id}.x`] as const]),
      ...games.map((id) => [`${id}.fake`, 'maps.in'] as const),
      ...next.map((id) => [`${id}.fake`, 'nexts.in'] as const),
      ['maps.out', 'agreement.a'] as const,
      ['nexts.out', 'agreement.b'] as const,
    ],
  };
}
