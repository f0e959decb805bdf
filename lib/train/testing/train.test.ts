import { expect, test } from 'vitest';
import { loadExample, planOf, withParams } from './train';

test('withParams reaches nodes in blocks, and says so where there is no such node', () => {
  const graph = loadExample('cyclegan');
  const weights = (changed = graph) =>
    planOf(changed)
      .game.filter(({ id }) => id.endsWith(':loss'))
      .map(({ params }) => params.b);
  const uses = weights().length;
  expect(uses).toBeGreaterThan(1);
  expect(weights(withParams(graph, { 'domain-x:loss': { b: 0.9 } }))).toEqual(Array(uses).fill(0.9));
  const top = withParams(graph, { 'cost-g': { terms: { y: 1 } } });
  expect(top.nodes.find(({ id }) => id === 'cost-g')?.params.terms).toEqual({ y: 1 });
  for (const id of ['domain-x:nobody', 'nobody:loss', 'nobody'])
    expect(() => withParams(graph, { [id]: {} })).toThrow(`there is a node ${id}`);
});
