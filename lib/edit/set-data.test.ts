import { expect, test } from 'vitest';
import { checkGraph } from '@/lib/check/check';
import { parseDocument } from '@/lib/check/parse';
import { importOptions } from '@/lib/data/files/import-options';
import { findExample } from '@/lib/examples/catalogue';
import { emptyGraph } from '@/lib/graph/schema';
import { setData } from './set-data';

const source = `import:${'a'.repeat(64)}`;
const options = importOptions.parse({ name: 'a.csv', rows: 20, shape: [2], x: ['a', 'b'] });
const parsed = parseDocument(JSON.stringify(findExample('gan-lab')?.document));
const graph = parsed.ok ? parsed.graph : emptyGraph();

test('a file takes the place of a node’s data, and what is held out stays out of it', () => {
  const { graph: changed, ids } = setData(graph, 'data', source, options);
  expect(ids).toEqual(['data']);
  const { params } = changed.nodes.find(({ id }) => id === 'data') ?? {};
  expect(params).toMatchObject({ source, options, split: 'train' });
  const before = setData(changed, 'data', source, { ...options, heldOut: 0.5 });
  const tested = {
    ...changed,
    nodes: changed.nodes.map((node) => ({ ...node, params: { ...node.params, split: 'test' } })),
  };
  const kept = setData(tested, 'data', source, options).graph.nodes.find(({ id }) => id === 'data');
  expect(kept?.params.split).toBe('test');
  expect(before.graph.wires).toEqual(graph.wires);
});

test('without a node there is a new one, left of the game', () => {
  for (const from of [graph, emptyGraph()]) {
    const { graph: changed, ids } = setData(from, undefined, source, options);
    const added = changed.nodes.find(({ id }) => id === ids[0]);
    expect(added?.params).toMatchObject({ source, split: 'train' });
    const others = from.nodes.filter(({ network }) => network === undefined).map(({ at }) => at[0]);
    for (const x of others) expect(added?.at[0]).toBeLessThan(x);
    expect(
      checkGraph(changed)
        .nodes.get(ids[0] ?? '')
        ?.outputShapes.get('x')?.dims,
    ).toEqual([2]);
  }
});
