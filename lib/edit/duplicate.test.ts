import { expect, test } from 'vitest';
import { ring } from '@/lib/check/testing/graphs';
import { duplicateSelection } from './clipboard';

test('a copy stands as far from the original as it was dragged, in its frame', () => {
  const copied = duplicateSelection(ring, { nodes: ['g-act-1'], networks: [] }, [10, 130]);
  if (!copied.ok) throw new Error('not copied');
  const [id = ''] = copied.selection.nodes;
  const find = (graph: typeof ring, name: string) => graph.nodes.find((node) => node.id === name);
  const before = find(ring, 'g-act-1');
  expect(find(copied.graph, 'g-act-1')).toEqual(before);
  expect(find(copied.graph, id)).toMatchObject({
    network: 'G',
    at: [(before?.at[0] ?? 0) + 10, (before?.at[1] ?? 0) + 130],
  });
});
