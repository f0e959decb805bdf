import { expect, test } from 'vitest';
import { checkedOf } from '@/lib/edit/checked-of';
import { emptyGraph } from '@/lib/graph/schema';
import { insertNode } from './insert';
import { snap } from './snap';

const graph = {
  ...emptyGraph(),
  nodes: [
    { id: 'z', kind: 'latent', at: [0, 100] as const, params: {} },
    { id: 'data', kind: 'dataset', at: [300, 300] as const, params: {} },
  ],
};
const checked = checkedOf(graph);

test.each([
  ['into a row', [200, 118], [200, 100]],
  ['into a column', [322, 200], [300, 200]],
  ['into both', [310, 85], [300, 100]],
  ['nowhere near', [600, 200], [600, 200]],
  ['not onto a card', [20, 110], [20, 110]],
] as const)('a card is put %s', (_, at, expected) => {
  expect(snap(checked, undefined, at)).toEqual(expected);
});

test('what is inserted at the end of a wire stands in the row of what it follows', () => {
  const from = { id: 'z', port: 'out', side: 'output' } as const;
  const { graph: after } = insertNode(graph, { kind: 'view-samples', at: [200, 112], from });
  expect(after.nodes.at(-1)?.at).toEqual([200, 100]);
});
